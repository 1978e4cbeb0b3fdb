/** Writes what is new in an update as an update of its own (Yjs format 1): the bytes that are journalled, applied and passed on. */
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import type { FreshUpdate, Range } from './decode.ts'

export const isNothing = (update: FreshUpdate): boolean =>
  update.structs.size === 0 && update.deletes.length === 0

export function encodeFresh(update: FreshUpdate): Uint8Array {
  const encoder = new Y.UpdateEncoderV1()
  const out = encoder.restEncoder
  // Yjs writes higher clientIDs first; so do we, for one form per meaning.
  const clients = [...update.structs].sort(([a], [b]) => b - a)
  encoding.writeVarUint(out, clients.length)
  for (const [client, list] of clients) {
    encoding.writeVarUint(out, list.length)
    encoder.writeClient(client)
    encoding.writeVarUint(out, list[0]?.clock ?? 0)
    for (const { struct, offset } of list) struct.write(encoder, offset)
  }
  const deletes = byClient(update.deletes)
  encoding.writeVarUint(out, deletes.length)
  for (const [client, ranges] of deletes) {
    encoder.resetDsCurVal()
    encoding.writeVarUint(out, client)
    encoding.writeVarUint(out, ranges.length)
    for (const { clock, len } of ranges) {
      encoder.writeDsClock(clock)
      encoder.writeDsLen(len)
    }
  }
  return encoder.toUint8Array()
}

function byClient(ranges: readonly Range[]): [number, { clock: number; len: number }[]][] {
  const groups = new Map<number, { clock: number; len: number }[]>()
  for (const { client, clock, len } of ranges) {
    const group = groups.get(client) ?? []
    groups.set(client, group)
    const last = group.at(-1)
    // They come in order: neighbours are one.
    if (last && last.clock + last.len === clock) last.len += len
    else group.push({ clock, len })
  }
  return [...groups].sort(([a], [b]) => b - a)
}
