/**
 * A gzipped NIfTI file -> its bytes. The header comes out first; how much may follow is known from it, held against the limits and against
 * what deflate can make of the bytes present, and only then is memory taken. What comes beyond that is not read; where nothing does, the stream's checksum
 * is held against the bytes by its end.
 */
import { grouped, ImagingFault } from '../fault.ts'

/** No stream of deflate gives more for a byte: 258 for two bits and a few of end (RFC 1951 3.2.5). */
const MOST_PER_BYTE = 1032

export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b

/** @param sizeOf the whole size by the first `headBytes` (fewer where there are no more); throws where it is too large */
export async function unpack(
  bytes: Uint8Array,
  headBytes: number,
  sizeOf: (head: Uint8Array) => number,
): Promise<Uint8Array> {
  const source = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream()
  const reader = source.pipeThrough(new DecompressionStream('gzip')).getReader()
  let head = new Uint8Array(0)
  let out: Uint8Array | null = null
  let held = 0
  const open = (): Uint8Array => {
    const size = sizeOf(head)
    if (size > bytes.length * MOST_PER_BYTE) {
      throw new ImagingFault(
        'truncated',
        `the header promises ${grouped(size)} bytes, and ${grouped(bytes.length)} compressed bytes cannot hold them`,
      )
    }
    const whole = new Uint8Array(size)
    whole.set(head.subarray(0, size))
    held = Math.min(head.length, size)
    return whole
  }
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      if (out === null) {
        head = joined(head, value)
        if (head.length >= headBytes) out = open()
      } else if (held < out.length) {
        const room = out.length - held
        out.set(value.subarray(0, room), held)
        held += Math.min(value.length, room)
      } else break
    }
    out ??= open()
  } catch (cause) {
    if (cause instanceof ImagingFault) throw cause
    throw new ImagingFault('damaged', 'its gzip stream ends early or is broken', cause)
  } finally {
    await reader.cancel().catch(() => {}) // the rest is given up either way
  }
  return out.subarray(0, held)
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(a.length + b.length)
  out.set(a)
  out.set(b, a.length)
  return out
}
