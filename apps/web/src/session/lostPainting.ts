/** Painting that the record has not: as a change of the segments that it is in, under the name that the journal has for it. */
import { paintingNotTaken, segmentOf } from '@consilium/crdt-schema/acts'
import { MASKS } from '@consilium/crdt-schema/documents'
import type * as Y from 'yjs'
import type { LostChange } from './lost.ts'

/** Acts by segment. Parameters as of `describeLost`. */
export function lostPainting(
  refused: Y.Doc,
  kept: Y.Doc | null,
  touched: readonly string[] | null,
  painters: readonly number[] | null,
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  const lanes = touched === null ? null : clientsIn(touched)
  if (lanes?.size === 0) return counts
  for (const act of paintingNotTaken(kept, refused)) {
    const { client } = act.id
    if (lanes?.has(client) === false || painters?.includes(client) === false) continue
    const segment = segmentOf(refused, act)
    if (segment !== null) counts.set(segment, (counts.get(segment) ?? 0) + 1)
  }
  return counts
}

/** Of the lanes among these paths: "masks/12/0", of the lane 0 of client 12. */
const clientsIn = (touched: readonly string[]): ReadonlySet<number> =>
  new Set(
    touched.flatMap((path) => {
      const [root, client] = path.split('/')
      return root === MASKS ? [Number(client)] : []
    }),
  )

export function withPainting(
  changes: readonly LostChange[],
  refused: Y.Doc,
  painted: ReadonlyMap<string, number>,
): LostChange[] {
  const fieldsOf = (entry: string) => {
    const acts = painted.get(entry)
    return acts === undefined ? [] : [{ field: 'voxels', mine: acts }]
  }
  const told = changes.map((change) =>
    change.root === 'annotations'
      ? { ...change, fields: [...change.fields, ...fieldsOf(change.entry)] }
      : change,
  )
  const entries = new Set(told.map(({ entry }) => entry))
  const segments: Readonly<Record<string, LostChange['whole']>> = refused.getMap('annotations').toJSON()
  const others = [...painted.keys()].flatMap((entry): LostChange[] => {
    const whole = segments[entry]
    if (!whole || entries.has(entry)) return []
    return [{ root: 'annotations', entry, made: false, fields: fieldsOf(entry), whole }]
  })
  // Segments stand with the other annotations, before what was said about them.
  return [...told, ...others].sort(
    (a, b) => Number(b.root === 'annotations') - Number(a.root === 'annotations'),
  )
}
