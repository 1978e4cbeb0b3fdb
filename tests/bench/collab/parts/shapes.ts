/** The work all clients do in every part: ordinary annotations of an ordinary document, moved one vertex at a time. */
import { annotate, moveVertices } from '@consilium/crdt-schema/acts'
import * as Y from 'yjs'

const SOURCE = { series: 'benchmarkseries1', frame: 0, normal: [0, 0, 1] as const }
/** Places on the way of a vertex, so that the number of the edit can be read from where it lies; all within 10 m. */
const STEPS = 5_000

/** One client's own annotations: key points, each a single vertex. `move` makes edit `n` (from 1), of the next one in turn or of `which`. */
export interface Own {
  readonly ids: readonly string[]
  move(n: number, which?: number): void
}

export function ownShapes(doc: Y.Doc, count: number): Own {
  const ids = doc.transact(() =>
    Array.from({ length: count }, () =>
      annotate(doc, { kind: 'keypoint', label: '', source: SOURCE, points: [[0, 0, 1]] }),
    ),
  )
  const keys = ids.map((id) => [...verticesOf(doc, id).keys()][0] as string)
  return {
    ids,
    move(n, which = n % count) {
      const at = [n % STEPS, Math.floor(n / STEPS), 0] as const
      moveVertices(doc, ids[which] as string, [{ key: keys[which] as string, at: [...at] }])
    },
  }
}

export const verticesOf = (doc: Y.Doc, id: string): Y.Map<[number, number, number]> =>
  (doc.getMap('annotations').get(id) as Y.Map<unknown>).get('vertices') as Y.Map<[number, number, number]>

/** Calls `seen(annotation, n)` whenever edit `n` of somebody else arrives in this document. */
export function whenMoved(doc: Y.Doc, seen: (annotation: string, n: number) => void): void {
  doc.getMap('annotations').observeDeep((events, transaction) => {
    if (transaction.local) return
    for (const event of events) {
      if (event.path.length !== 2) continue
      for (const [key] of event.changes.keys) {
        const at = (event.target as Y.Map<[number, number, number]>).get(key)
        if (at?.[2] === 0) seen(String(event.path[0]), at[1] * STEPS + at[0])
      }
    }
  })
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** True where it became so within the limit. */
export async function until(done: () => boolean, limitMs: number): Promise<boolean> {
  for (const end = performance.now() + limitMs; !done(); ) {
    if (performance.now() > end) return false
    await pause(5)
  }
  return true
}
