/** Where each part of an entry that one can see was written, by the names (clientID, clock) that Yjs gives to everything that is written. */
import type { RootName } from '@consilium/crdt-schema/documents'
import * as Y from 'yjs'

export interface Marks {
  readonly fields: readonly Mark[]
  /** By vertex key. */
  readonly vertices: readonly Mark[]
  /** Runs of characters (UTF-16 code units) in reading order, by field. */
  readonly texts: readonly (readonly [field: string, runs: readonly MarkedRun[]])[]
}
export type Mark = readonly [name: string, client: number, clock: number]
export type MarkedRun = readonly [client: number, clock: number, length: number]

/** Null where there is no such entry. */
export function marksOf(ydoc: Y.Doc, root: RootName, id: string): Marks | null {
  const entry = ydoc.getMap(root).get(id)
  if (!(entry instanceof Y.Map)) return null
  const fields: Mark[] = []
  const vertices: Mark[] = []
  const texts: Marks['texts'][number][] = []
  for (const [field, item] of standing(entry)) {
    const value: unknown = entry.get(field)
    if (value instanceof Y.Text) texts.push([field, runsOf(value)])
    else if (value instanceof Y.Map)
      for (const [key, vertex] of standing(value)) vertices.push(markOf(key, vertex))
    else fields.push(markOf(field, item))
  }
  return { fields, vertices, texts }
}

const standing = (map: Y.Map<unknown>): [string, Y.Item][] =>
  [...map._map].filter(([, item]) => !item.deleted)

/** Of several values written at once the last one counts. */
const markOf = (name: string, { lastId: { client, clock } }: Y.Item): Mark => [name, client, clock]

function runsOf(text: Y.Text): MarkedRun[] {
  const runs: MarkedRun[] = []
  for (let item = text._start; item; item = item.right)
    if (!item.deleted && item.countable) runs.push([item.id.client, item.id.clock, item.length])
  return runs
}
