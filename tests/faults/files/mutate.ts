/**
 * A good file -> one that nobody meant to write: bytes changed, cut, doubled, moved, taken from another file; lengths and numbers replaced by
 * those that overflow. A file of gzip is unpacked, changed and packed again as often as it is changed as it is.
 */
import { gunzipSync, gzipSync } from 'node:zlib'
import type { Random } from '../fault.ts'
import type { Base } from './base.ts'

const SHORTS = [0, 1, 7, 33, 0x7fff, 0x8000, 0xfffe, 0xffff]
const LONGS = [0, 1, 3, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff, 0x10000, 2 ** 24]
const FLOATS = [Number.NaN, Number.POSITIVE_INFINITY, -0, 1e38, 1e-45, -1]
const MOST_CHANGES = 6
/** Of the beginning, where nearly all numbers stand. */
const HEAD = 1_500

type Change = (bytes: Buffer, at: number, random: Random, other: Uint8Array) => Buffer

const CHANGES: readonly Change[] = [
  (bytes, at, random) => {
    bytes[at] = random.whole(0, 255)
    return bytes
  },
  (bytes, at, random) => {
    bytes[at] = (bytes[at] as number) ^ (1 << random.whole(0, 7))
    return bytes
  },
  (bytes, at, random) => within(bytes, at, 2, (to) => bytes.writeUInt16LE(random.pick(SHORTS), to)),
  (bytes, at, random) => within(bytes, at, 4, (to) => bytes.writeUInt32LE(random.pick(LONGS), to)),
  (bytes, at, random) => within(bytes, at, 4, (to) => bytes.writeUInt32BE(random.pick(LONGS), to)),
  (bytes, at, random) => within(bytes, at, 4, (to) => bytes.writeFloatLE(random.pick(FLOATS), to)),
  (bytes, at, random) => Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + random.whole(1, 64))]),
  (bytes, at, random) => {
    const piece = bytes.subarray(at, at + random.whole(1, 64))
    return Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at)])
  },
  (bytes, at) => bytes.subarray(0, at),
  (bytes, at, random, other) => {
    const from = random.whole(0, other.length - 1)
    const piece = other.subarray(from, from + random.whole(1, 256))
    return Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at + piece.length)])
  },
  (bytes, at, random) => {
    bytes.subarray(at, at + random.whole(2, 64)).fill(random.pick([0, 0xff]))
    return bytes
  },
]

function within(bytes: Buffer, at: number, size: number, write: (to: number) => void): Buffer {
  if (bytes.length >= size) write(Math.min(at, bytes.length - size))
  return bytes
}

export function mutated(bases: readonly Base[], random: Random): Uint8Array {
  const { bytes } = random.pick(bases)
  const other = random.pick(bases).bytes
  const packed = bytes[0] === 0x1f && bytes[1] === 0x8b && random.next() < 0.7
  if (!packed) return changed(bytes, other, random)
  try {
    return gzipSync(changed(gunzipSync(bytes), other, random), { level: 1 })
  } catch {
    return changed(bytes, other, random) // a base that is broken itself
  }
}

function changed(bytes: Uint8Array, other: Uint8Array, random: Random): Uint8Array {
  let out: Buffer = Buffer.from(bytes)
  for (let left = random.whole(1, MOST_CHANGES); left > 0 && out.length > 0; left--) {
    const last = out.length - 1
    // The preamble of a DICOM file means nothing.
    const at = random.whole(
      random.next() < 0.95 ? Math.min(132, last) : 0,
      random.next() < 0.7 ? Math.min(HEAD, last) : last,
    )
    out = random.pick(CHANGES)(out, at, random, other)
  }
  return new Uint8Array(out)
}
