/** Writes what is new in an update as an update of its own (Yjs format 1): the bytes that are journalled, applied and passed on. */
import * as encoding from 'lib0/encoding'
import { HAS_ORIGIN, HAS_RIGHT, HOLDS, type Id, type Named, type Struct } from './decode.ts'
import type { FreshUpdate, Range, Run } from './fresh.ts'

export const isNothing = (update: FreshUpdate): boolean =>
  update.runs.length === 0 && update.deletes.length === 0

export function encodeFresh(update: FreshUpdate): Uint8Array {
  if (update.asItCame) return update.asItCame
  const out = new Out()
  // Yjs writes higher clientIDs first; so do we, for one form per meaning.
  const runs = update.runs.toSorted((a, b) => b.client - a.client)
  out.uint(runs.length)
  for (const run of runs) writeRun(out, run)
  const deletes = byClient(update.deletes)
  out.uint(deletes.length)
  for (const { client, ranges } of deletes) {
    out.uint(client)
    out.uint(ranges.length / 2)
    for (const n of ranges) out.uint(n)
  }
  return out.taken()
}

function writeRun(out: Out, { client, clock, structs }: Run): void {
  out.uint(structs.length)
  out.uint(client)
  out.uint(clock)
  for (const struct of structs) {
    if (struct.offset > 0) writePart(out, struct)
    // A struct's bytes say the same wherever they stand.
    else out.copy(struct.bytes, struct.from, struct.to)
  }
}

/** The new part of a struct hangs on its known part, from which it takes its place. */
function writePart(out: Out, struct: Struct): void {
  const { holds, content, right, left, offset } = struct
  if (holds === HOLDS.void) {
    out.uint(HOLDS.void)
    return out.uint(struct.end - struct.start)
  }
  out.byte(struct.info | HAS_ORIGIN)
  out.id(left as Id)
  if (right !== null && struct.info & HAS_RIGHT) out.id(right)
  const rest = encoding.encode((encoder) => {
    if (typeof content === 'string') return encoding.writeVarString(encoder, content.slice(offset))
    encoding.writeVarUint(encoder, struct.end - struct.start)
    if (Array.isArray(content)) for (const value of content.slice(offset)) encoding.writeAny(encoder, value)
  })
  out.copy(rest, 0, rest.length)
}

/** Those of one clientID come together and in order: neighbours are one. */
function byClient(deletes: readonly Range[]): Named[] {
  const groups: Named[] = []
  let group: Named | undefined
  let end = -1
  for (const { client, clock, len } of deletes) {
    if (group?.client !== client) groups.push((group = { client, ranges: [] }))
    else if (clock === end) {
      end += len
      group.ranges[group.ranges.length - 1] = end - (group.ranges.at(-2) as number)
      continue
    }
    group.ranges.push(clock, len)
    end = clock + len
  }
  return groups.sort((a, b) => b.client - a.client)
}

const SCRATCH_BYTES = 64 * 1024
/** Most rows fit; what does not gets room of its own. */
const scratch = new Uint8Array(SCRATCH_BYTES)

/** Bytes in the making. One at a time: what it holds is copied out before anybody else has a turn. */
class Out {
  #bytes = scratch
  #length = 0

  byte(n: number): void {
    this.#grow(1)
    this.#bytes[this.#length++] = n
  }

  uint(n: number): void {
    this.#grow(8)
    let rest = n
    while (rest > 0x7f) {
      this.#bytes[this.#length++] = 0x80 | (rest % 0x80)
      rest = Math.floor(rest / 0x80)
    }
    this.#bytes[this.#length++] = rest
  }

  id({ client, clock }: Id): void {
    this.uint(client)
    this.uint(clock)
  }

  copy(source: Uint8Array, from: number, to: number): void {
    this.#grow(to - from)
    for (let at = from; at < to; at++) this.#bytes[this.#length++] = source[at] as number
  }

  taken(): Uint8Array {
    return this.#bytes.slice(0, this.#length)
  }

  #grow(more: number): void {
    if (this.#length + more <= this.#bytes.length) return
    const larger = new Uint8Array(2 * (this.#length + more))
    larger.set(this.#bytes)
    this.#bytes = larger
  }
}
