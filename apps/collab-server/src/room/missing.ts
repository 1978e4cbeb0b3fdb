/**
 * What a page lacks, as one Yjs update: the structs beyond its state vector. The same bytes as Y.encodeStateAsUpdate(doc, stateVector),
 * but in time proportional to what is missing: Yjs goes through the whole document for its set of deleted ranges each time, here that set
 * is kept ready (deletions.ts).
 */
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import type { Deletions } from './deletions.ts'

/** Next clock of each clientID. */
export type StateVector = ReadonlyMap<number, number>

/** From which clock on each clientID's structs are missing; highest clientID first, which helps whoever integrates them. */
function missingSince({ store }: Y.Doc, has: StateVector): [client: number, clock: number][] {
  const missing: [number, number][] = []
  for (const client of store.clients.keys()) {
    const clock = has.get(client) ?? 0
    if (Y.getState(store, client) > clock) missing.push([client, clock])
  }
  return missing.sort(([a], [b]) => b - a)
}

/** How many structs are missing: tells what writing them costs. */
export function countMissing(ydoc: Y.Doc, has: StateVector): number {
  let count = 0
  for (const [client, clock] of missingSince(ydoc, has)) {
    const structs = ydoc.store.clients.get(client) ?? []
    count += structs.length - Y.findIndexSS(structs, clock)
  }
  return count
}

/** An update; `deletions` null leaves out what was deleted, for updates that another one will follow. */
export function writeMissing(ydoc: Y.Doc, has: StateVector, deletions: Deletions | null): Uint8Array {
  const encoder = new Y.UpdateEncoderV1()
  const missing = missingSince(ydoc, has)
  encoding.writeVarUint(encoder.restEncoder, missing.length)
  for (const [client, clock] of missing)
    writeFrom(encoder, ydoc.store.clients.get(client) ?? [], client, clock)
  if (deletions) deletions.write(encoder.restEncoder)
  else encoding.writeVarUint(encoder.restEncoder, 0)
  return encoder.toUint8Array()
}

function writeFrom(
  encoder: Y.UpdateEncoderV1,
  structs: readonly (Y.Item | Y.GC)[],
  client: number,
  clock: number,
): void {
  const first = Y.findIndexSS(structs as (Y.Item | Y.GC)[], clock)
  encoding.writeVarUint(encoder.restEncoder, structs.length - first)
  encoder.writeClient(client)
  encoding.writeVarUint(encoder.restEncoder, clock)
  for (let i = first; i < structs.length; i++) {
    const struct = structs[i] as Y.Item | Y.GC
    struct.write(encoder, i === first ? clock - struct.id.clock : 0)
  }
}
