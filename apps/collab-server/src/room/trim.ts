/** Writes what is new in an update as an update of its own (Yjs format 1): the bytes that are journalled, applied and passed on. */
import * as encoding from 'lib0/encoding'
import { HAS_ORIGIN, HAS_RIGHT, HOLDS, type Id, type Struct } from './decode.ts'
import type { FreshUpdate, Range, Run } from './fresh.ts'

export const isNothing = (update: FreshUpdate): boolean =>
  update.runs.size === 0 && update.deletes.length === 0

/** Written to again and again: what it holds is copied out before anybody else has a turn. */
const out = encoding.createEncoder()

export function encodeFresh(update: FreshUpdate): Uint8Array {
  out.cpos = 0
  out.bufs = []
  // Yjs writes higher clientIDs first; so do we, for one form per meaning.
  const runs = [...update.runs.values()].sort((a, b) => b.client - a.client)
  encoding.writeVarUint(out, runs.length)
  for (const run of runs) writeRun(run)
  const deletes = byClient(update.deletes)
  encoding.writeVarUint(out, deletes.length)
  for (const [client, ranges] of deletes) {
    encoding.writeVarUint(out, client)
    encoding.writeVarUint(out, ranges.length)
    for (const { clock, len } of ranges) {
      encoding.writeVarUint(out, clock)
      encoding.writeVarUint(out, len)
    }
  }
  return encoding.toUint8Array(out)
}

function writeRun({ client, clock, structs }: Run): void {
  encoding.writeVarUint(out, structs.length)
  encoding.writeVarUint(out, client)
  encoding.writeVarUint(out, clock)
  for (let n = 0; n < structs.length; ) {
    const first = structs[n++] as Struct
    if (first.offset > 0) {
      writePart(first)
      continue
    }
    // A struct's bytes say the same wherever they stand; those that stood side by side are copied at once.
    let { to } = first
    for (let next = structs[n]; next && adjoins(next, first, to); next = structs[++n]) to = next.to
    encoding.writeUint8Array(out, first.bytes.subarray(first.from, to))
  }
}

const adjoins = (next: Struct, first: Struct, to: number): boolean =>
  next.offset === 0 && next.bytes === first.bytes && next.from === to

/** The new part of a struct hangs on its known part, from which it takes its place. */
function writePart(struct: Struct): void {
  const { holds, content, right, left, offset } = struct
  if (holds === HOLDS.void) {
    encoding.writeUint8(out, HOLDS.void)
    return encoding.writeVarUint(out, struct.end - struct.start)
  }
  encoding.writeUint8(out, struct.info | HAS_ORIGIN)
  writeId(left as Id)
  if (right !== null && struct.info & HAS_RIGHT) writeId(right)
  if (typeof content === 'string') return encoding.writeVarString(out, content.slice(offset))
  encoding.writeVarUint(out, struct.end - struct.start)
  if (Array.isArray(content)) for (const value of content.slice(offset)) encoding.writeAny(out, value)
}

function writeId({ client, clock }: Id): void {
  encoding.writeVarUint(out, client)
  encoding.writeVarUint(out, clock)
}

function byClient(ranges: readonly Range[]): [number, { clock: number; len: number }[]][] {
  const groups = new Map<number, { clock: number; len: number }[]>()
  for (const { client, clock, len } of ranges) {
    let group = groups.get(client)
    if (!group) groups.set(client, (group = []))
    const last = group.at(-1)
    // They come in order: neighbours are one.
    if (last && last.clock + last.len === clock) last.len += len
    else group.push({ clock, len })
  }
  return [...groups].sort(([a], [b]) => b - a)
}
