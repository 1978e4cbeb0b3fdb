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

/** Clocks of one clientID, one after the other. */
export interface Written {
  readonly client: number
  readonly clock: number
  readonly length: number
}

/** Where what one sees was written; of which rows that is, whoever has the rows knows. */
export interface Places {
  readonly fields: readonly (readonly [name: string, at: Written])[]
  readonly vertices: readonly (readonly [key: string, at: Written])[]
  readonly texts: readonly (readonly [field: string, runs: readonly Written[]])[]
}

/** Pieces of what was written, each with the row that wrote it, in order. */
export type RowsOf = (at: Written) => readonly MarkedRun[]

/** Of an entry made of all rows that touch it; null where there is no such entry. */
export function marksIn(rows: Iterable<Uint8Array>, { root, id }: EntryName): Marks | null {
  const projection = new Projection()
  projection.applyAll(rows)
  const places = placesIn(projection.ydoc, { root, id })
  return places && marksAt(places, ({ client, clock, length }) => projection.rowsOf(client, clock, length))
}

/** Null where there is no such entry. */
export function placesIn(ydoc: Y.Doc, { root, id }: EntryName): Places | null {
  const entry = ydoc.getMap(root).get(id)
  if (!(entry instanceof Y.Map)) return null
  const fields: Places['fields'][number][] = []
  const vertices: Places['vertices'][number][] = []
  const texts: Places['texts'][number][] = []
  for (const [field, item] of standing(entry)) {
    const value: unknown = entry.get(field)
    if (value instanceof Y.Text) texts.push([field, runsOf(value)])
    else if (value instanceof Y.Map)
      for (const [key, vertex] of standing(value)) vertices.push([key, last(vertex)])
    else fields.push([field, last(item)])
  }
  return { fields, vertices, texts }
}

export function marksAt({ fields, vertices, texts }: Places, rowsOf: RowsOf): Marks {
  const markOf = ([name, at]: readonly [string, Written]): Mark => [name, rowsOf(at)[0]?.[0] ?? -1]
  return {
    fields: fields.map(markOf),
    vertices: vertices.map(markOf),
    texts: texts.map(([field, runs]) => [field, joined(runs.flatMap(rowsOf))]),
  }
}

const standing = (map: Y.Map<unknown>): [string, Y.Item][] =>
  [...map._map].filter(([, item]) => !item.deleted)

/** Of several values written at once the last one counts. */
const last = ({ lastId }: Y.Item): Written => ({ client: lastId.client, clock: lastId.clock, length: 1 })

function runsOf(text: Y.Text): Written[] {
  const runs: Written[] = []
  for (let item = text._start; item; item = item.right)
    if (!item.deleted && item.countable)
      runs.push({ client: item.id.client, clock: item.id.clock, length: item.length })
  return runs
}

/** Neighbours of one row are one run. */
function joined(pieces: readonly MarkedRun[]): MarkedRun[] {
  const runs: [row: number, length: number][] = []
  for (const [row, length] of pieces) {
    const last = runs.at(-1)
    if (last?.[0] === row) last[1] += length
    else runs.push([row, length])
  }
  return runs
}
