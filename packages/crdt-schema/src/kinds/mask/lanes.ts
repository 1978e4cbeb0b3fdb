/**
 * Where acts of painting lie in a document. Each clientID writes lanes of its own and nobody else's: the root `masks` holds them under
 * `<clientID>/<0, 1, 2 …>`, each a Y.Array to which its writer appends acts as plain bytes (bytes/). Within a clientID acts lie in the
 * order of their clocks, lane by lane; so they are read along the clocks, and the clock says in which revision an act was written.
 *
 * Nothing is removed from a lane but by the server, which moves what is old into an archive: same log, other place (archive.ts).
 *
 * Elements are plain Uint8Arrays: bytes inside an array or object would stay views of the buffer in which they arrived.
 */
import * as Y from 'yjs'
import { MASKS } from '../../documents.ts'

export type Lane = Y.Array<Uint8Array>

export interface LaneName {
  readonly client: number
  readonly number: number
}

const KEY = /^(\d{1,10})\/(0|[1-9]\d{0,5})$/

export const laneKey = ({ client, number }: LaneName): string => `${client}/${number}`

/** Null for anything that is not exactly a lane's key. */
export function parseLaneKey(key: string): LaneName | null {
  const match = KEY.exec(key)
  return match && { client: Number(match[1]), number: Number(match[2]) }
}

export const lanesOf = (doc: Y.Doc): Y.Map<Lane> => doc.getMap<Lane>(MASKS)

/** One element of a lane, where it lies. */
export interface Laid {
  readonly lane: LaneName
  /** Of its item, in the lane's clientID. */
  readonly clock: number
  readonly bytes: Uint8Array
}

/** What the client has laid into its lanes from this clock on and is not archived, in order. */
export function* laidSince(doc: Y.Doc, client: number, clock: number): Generator<Laid> {
  const structs = doc.store.clients.get(client)
  if (!structs || clock >= Y.getState(doc.store, client)) return
  const masks = lanesOf(doc)
  // Where nobody ever painted, hundreds of shapes that come at once are not gone through.
  if (masks._map.size === 0) return
  let parent: unknown = null
  let lane: LaneName | null = null
  for (let n = Y.findIndexSS(structs, clock); n < structs.length; n++) {
    const item = structs[n]
    if (!(item instanceof Y.Item) || !(item.content instanceof Y.ContentBinary) || item.deleted) continue
    if (item.parent !== parent) {
      parent = item.parent
      lane = laneIn(masks, parent as Y.AbstractType<unknown>)
    }
    if (lane) yield { lane, clock: item.id.clock, bytes: item.content.content }
  }
}

function laneIn(masks: Y.Map<Lane>, array: Y.AbstractType<unknown>): LaneName | null {
  const item = array._item
  return item && item.parent === masks && item.parentSub !== null ? parseLaneKey(item.parentSub) : null
}
