/**
 * Where each part of an entry that one can see was written: in which of the rows it was made of. Yjs names everything that is written by a
 * clientID and a clock, and a projection knows what each row wrote.
 */
import * as Y from 'yjs'
import { Projection } from './project.ts'
import type { EntryName } from './questions.ts'

/** Rows are counted from 0, as they were applied. */
export interface Marks {
  readonly fields: readonly Mark[]
  /** By vertex key. */
  readonly vertices: readonly Mark[]
  /** Runs of characters (UTF-16 code units) in reading order, by field. */
  readonly texts: readonly (readonly [field: string, runs: readonly MarkedRun[]])[]
}
export type Mark = readonly [name: string, row: number]
export type MarkedRun = readonly [row: number, length: number]

/** Of an entry made of all rows that touch it; null where there is no such entry. */
export function marksIn(rows: Iterable<Uint8Array>, { root, id }: EntryName): Marks | null {
  const projection = new Projection()
  projection.applyAll(rows)
  const entry = projection.ydoc.getMap(root).get(id)
  if (!(entry instanceof Y.Map)) return null
  /** Of several values written at once the last one counts. */
  const markOf = (name: string, { lastId }: Y.Item): Mark => [
    name,
    projection.rowsOf(lastId.client, lastId.clock, 1)[0]?.[0] ?? -1,
  ]
  const fields: Mark[] = []
  const vertices: Mark[] = []
  const texts: Marks['texts'][number][] = []
  for (const [field, item] of standing(entry)) {
    const value: unknown = entry.get(field)
    if (value instanceof Y.Text) texts.push([field, runsOf(projection, value)])
    else if (value instanceof Y.Map)
      for (const [key, vertex] of standing(value)) vertices.push(markOf(key, vertex))
    else fields.push(markOf(field, item))
  }
  return { fields, vertices, texts }
}

const standing = (map: Y.Map<unknown>): [string, Y.Item][] =>
  [...map._map].filter(([, item]) => !item.deleted)

/** Neighbours of one row are one run. */
function runsOf(projection: Projection, text: Y.Text): MarkedRun[] {
  const runs: [row: number, length: number][] = []
  for (let item = text._start; item; item = item.right) {
    if (item.deleted || !item.countable) continue
    for (const [row, length] of projection.rowsOf(item.id.client, item.id.clock, item.length)) {
      const last = runs.at(-1)
      if (last?.[0] === row) last[1] += length
      else runs.push([row, length])
    }
  }
  return runs
}
