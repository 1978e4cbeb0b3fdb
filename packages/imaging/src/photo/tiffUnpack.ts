/** The codings of a TIFF file's strips and tiles: each gives exactly as many bytes as were asked for, or a fault. */
import { grouped, ImagingFault } from '../fault.ts'
import { inflateTo } from '../inflate.ts'

export type Compression = 'none' | 'lzw' | 'deflate' | 'packbits'

/** No byte of these codings can stand for more. LZW: a code of 9 to 12 bits for a string of at most 4096 bytes. */
const MOST_PER_BYTE = { none: 1, packbits: 64, lzw: 4096, deflate: 1032 } as const

export async function unpackTo(size: number, packed: Uint8Array, how: Compression): Promise<Uint8Array> {
  if (size > packed.length * MOST_PER_BYTE[how])
    throw new ImagingFault(
      'truncated',
      `the header promises ${grouped(size)} bytes, and ${grouped(packed.length)} stored bytes cannot hold them`,
    )
  if (how === 'none') return packed.subarray(0, size)
  if (how === 'deflate') return inflateTo(size, [packed], 'deflate')
  return how === 'lzw' ? lzw(size, packed) : packBits(size, packed)
}

const short = (): never => {
  throw new ImagingFault('truncated', 'its compressed picture ends early')
}

/** Section 9. */
function packBits(size: number, packed: Uint8Array): Uint8Array {
  const out = new Uint8Array(size)
  let at = 0
  for (let to = 0; to < size; ) {
    if (at >= packed.length) short()
    const count = ((packed[at++] as number) << 24) >> 24
    if (count === -128) continue
    if (count >= 0) {
      if (at + count + 1 > packed.length) short()
      out.set(packed.subarray(at, at + Math.min(count + 1, size - to)), to)
      at += count + 1
      to += count + 1
    } else {
      if (at >= packed.length) short()
      out.fill(packed[at++] as number, to, to + 1 - count)
      to += 1 - count
    }
  }
  return out
}

const CLEAR = 256
const END = 257
const CODES = 4096

/** Section 13. Strings are kept as where they stand in what was written already, so no chain is followed. */
function lzw(size: number, packed: Uint8Array): Uint8Array {
  const out = new Uint8Array(size)
  const starts = new Int32Array(CODES)
  const lengths = new Int32Array(CODES)
  let [next, width, bits, held, at, to] = [END + 1, 9, 0, 0, 0, 0]
  let before = -1
  while (to < size) {
    while (held < width) {
      if (at >= packed.length) short()
      bits = ((bits << 8) | (packed[at++] as number)) & 0xffffff
      held += 8
    }
    const code = (bits >> (held - width)) & (2 ** width - 1)
    held -= width
    if (code === END) short()
    if (code === CLEAR) {
      ;[next, width, before] = [END + 1, 9, -1]
      continue
    }
    if (code > next || (code === next && before < 0))
      throw new ImagingFault('damaged', 'its compressed picture cannot be decoded')
    const start = to
    to = written(code)
    // The string before and the first byte of this one follow each other in what was written: that is the new string.
    if (before >= 0 && next < CODES) {
      starts[next] = before
      lengths[next] = start - before + 1
      next += 1
    }
    before = start
    // A decoder is one string behind the encoder, which widens its codes one early.
    if (next + 1 >= 2 ** width && width < 12) width += 1
  }
  return out

  function written(code: number): number {
    if (code < CLEAR) {
      out[to] = code
      return to + 1
    }
    // The string that is just being made: the one before and its first byte again.
    const from = code === next ? before : (starts[code] as number)
    const length = code === next ? to - before + 1 : (lengths[code] as number)
    const end = Math.min(size, to + length)
    for (let k = to, source = from; k < end; k++, source++) out[k] = out[source] as number
    return end
  }
}
