/**
 * Which entries and fields each row touches, found anew from the bytes of all rows: in the document they make, everything a row writes or
 * deletes is walked up to its root, and acts of painting are read for the segments that they touch. The gate found the same before the row was written, in its own way (room/places.ts).
 */
import { ROOTS, type RootName } from '@consilium/crdt-schema/documents'
import * as Y from 'yjs'
import { PaintLog } from '../room/paintLog.ts'

/** `field` null: the entry as a whole. */
export type Place = readonly [root: RootName, entry: string, field: string | null]

/** For each row, in order. */
export function* touchesIn(rows: Iterable<Uint8Array>): Generator<Place[]> {
  const ydoc = new Y.Doc({ gc: false })
  const roots = new Map(ROOTS.map((root) => [ydoc.getMap(root) as unknown, root]))
  const painting = new PaintLog(ydoc)
  for (const row of rows) {
    Y.applyUpdate(ydoc, row)
    const places = new Map<string, Place>()
    const add = (place: Place): void => void places.set(JSON.stringify(place), place)
    for (const item of itemsOf(ydoc, row)) {
      const place = placeOf(item, roots)
      if (place) add(place)
    }
    // All of them first: one page of a person may turn what another painted.
    const acts = [...painting.news()]
    for (const act of acts)
      for (const segment of painting.segmentsOf(act)) add(['annotations', segment, 'voxels'])
    yield [...places.values()]
  }
}

/** What it writes, and what it deletes. */
function* itemsOf(ydoc: Y.Doc, row: Uint8Array): Generator<Y.Item> {
  const { structs, ds } = Y.decodeUpdate(row)
  for (const { id, length } of structs) yield* between(ydoc, id.client, id.clock, id.clock + length)
  for (const [client, ranges] of ds.clients)
    for (const { clock, len } of ranges) yield* between(ydoc, client, clock, clock + len)
}

/** Garbage has no place. */
function* between({ store }: Y.Doc, client: number, from: number, to: number): Generator<Y.Item> {
  const structs = store.clients.get(client) ?? []
  for (let n = Y.findIndexSS(structs, from); n < structs.length; n++) {
    const struct = structs[n] as Y.Item | Y.GC
    if (struct.id.clock >= to) return
    if (struct instanceof Y.Item) yield struct
  }
}

function placeOf(item: Y.Item, roots: ReadonlyMap<unknown, RootName>): Place | null {
  let field: string | null = null
  for (let at = item; ; ) {
    const parent = at.parent as Y.AbstractType<unknown>
    if (!parent._item) {
      const root = roots.get(parent)
      return root && at.parentSub !== null ? [root, at.parentSub, field] : null
    }
    field = at.parentSub
    at = parent._item
  }
}
