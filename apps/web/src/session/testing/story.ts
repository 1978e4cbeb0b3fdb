/** For tests: a document that several people wrote at once through the real acts, and all that the server would hand out about it. */
import type { Timeline, Writer } from '@consilium/contract/history'
import {
  ActFault,
  annotate,
  moveVertices,
  openThread,
  reinstate,
  retire,
  setCertainty,
  setConfidence,
  setLabel,
  setReasoning,
} from '@consilium/crdt-schema/acts'
import { type Records, readAnnotation, readRoots, watch } from '@consilium/crdt-schema/changes'
import * as Y from 'yjs'
import type { Touch } from '../film/chronicle.ts'

export const SOURCE = { series: 'serie1', frame: 4, normal: [0, 0, 1] } as const

export const writer = (id: string, role: Writer['role'] = 'reader'): Writer => ({
  author: { id, name: `Dr ${id}`, initials: id.slice(0, 2).toUpperCase() },
  role,
  credential: '',
})

/** mulberry32 */
export function seeded(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * below)
  }
}

export class Story {
  readonly updates: Uint8Array[] = []
  readonly touched: (readonly Touch[])[] = []
  /** The record after each row, from a replay that knows nothing of films; index 0 is the empty document. */
  readonly moments: Records[] = []

  /** `rows` of random acts by three people; each sees the others' work only now and then. */
  constructor(seed: number, rows: number) {
    const below = seeded(seed)
    const people = [1, 2, 3].map((clientID) => {
      const doc = new Y.Doc()
      doc.clientID = clientID
      return doc
    })
    const server = new Y.Doc()
    let touches: Touch[] = []
    watch(server, ({ root, added, changed }) => {
      touches.push(...[...added, ...changed].map((entry) => ({ root, entry })))
    })
    this.moments.push(readRoots(server))
    for (const doc of people) {
      doc.on('update', (update: Uint8Array, origin: unknown) => {
        if (origin === 'others') return
        touches = []
        Y.applyUpdate(server, update)
        // Who loses against somebody else touches the entry all the same; here only what changed is listed.
        this.updates.push(update)
        this.touched.push(touches)
        this.moments.push(readRoots(server))
      })
    }
    while (this.updates.length < rows) {
      const doc = people[below(people.length)] ?? new Y.Doc()
      if (below(4) === 0) Y.applyUpdate(doc, Y.encodeStateAsUpdate(server), 'others')
      actSomehow(doc, below)
    }
  }

  get head(): number {
    return this.updates.length
  }

  /** As `/at/{seq}` gives it: what a replay of the rows makes. */
  state(seq: number): Uint8Array {
    const doc = new Y.Doc()
    for (const update of this.updates.slice(0, seq)) Y.applyUpdate(doc, update)
    return Y.encodeStateAsUpdate(doc)
  }

  segment(from: number, most = 1_000): Uint8Array {
    const parts = this.updates.slice(from, from + most).map((update) => {
      const part = new Uint8Array(4 + update.length)
      new DataView(part.buffer).setInt32(0, update.length)
      part.set(update, 4)
      return part
    })
    const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
    let at = 0
    for (const part of parts) {
      whole.set(part, at)
      at += part.length
    }
    return whole
  }
}

function actSomehow(doc: Y.Doc, below: (limit: number) => number): void {
  const entries = [...doc.getMap('annotations').entries()]
  const [id, entry] = entries[below(Math.max(1, entries.length))] ?? []
  const annotation = id === undefined ? null : readAnnotation(id, entry)
  const far = (): [number, number, number] => [below(1000) / 10, below(1000) / 10, 0]
  try {
    if (!annotation || entries.length < 3 || below(entries.length * 40) === 0) {
      const points = [far(), far(), far(), far()]
      annotate(doc, { kind: 'polygon', label: 'a', source: SOURCE, points })
      return
    }
    const vertex = annotation.vertices[below(annotation.vertices.length)]
    if (below(60) === 0) {
      const anchor = { series: 'serie1', frame: 4, point: far(), annotation: annotation.id }
      openThread(doc, { about: 'comment', anchor, reason: '', text: 'Is it?' })
      return
    }
    const choices = [
      () => vertex && moveVertices(doc, annotation.id, [{ key: vertex.key, at: far() }]),
      () => setCertainty(doc, annotation.id, below(2) === 0 ? 'absent' : 'uncertain'),
      () => setConfidence(doc, annotation.id, below(101)),
      () => setLabel(doc, annotation.id, below(2) === 0 ? 'a' : 'b'),
      () => setReasoning(doc, annotation.id, `${annotation.reasoning}${below(10)}`.slice(-12)),
      () => (annotation.retired ? reinstate(doc, annotation.id) : retire(doc, annotation.id, 'twice')),
    ]
    choices[below(choices.length)]?.()
  } catch (error) {
    // A shape that crosses itself is refused; then somebody does something else.
    if (!(error instanceof ActFault)) throw error
  }
}

/** A page of the timeline with these rows, the first being `from` + 1. */
export function timelineOf(
  from: number,
  head: number,
  rows: readonly { at: number; by: Writer; act?: number; touched?: readonly Touch[] }[],
): Timeline {
  const writers = [...new Set(rows.map(({ by }) => by))]
  const entries = [...new Set(rows.flatMap(({ touched = [] }) => touched))]
  return {
    head,
    from,
    at: rows.map(({ at }, n) => at - (n === 0 ? 0 : (rows[n - 1]?.at ?? 0))),
    by: rows.map(({ by }) => writers.indexOf(by)),
    act: rows.map(({ act = 1 }) => act),
    touched: rows.flatMap(({ touched = [] }, n) =>
      touched.map((touch): [number, number, number, number] => [n, entries.indexOf(touch), 2, 1]),
    ),
    writers,
    entries: entries.map(({ root, entry }) => ({ root, id: entry })),
    next: from + rows.length < head ? from + rows.length : null,
  }
}
