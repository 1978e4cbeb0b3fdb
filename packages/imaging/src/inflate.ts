/**
 * Compressed bytes -> as many bytes as a header promises, and no more. Memory is taken only after that number is held against what deflate
 * can make of the bytes present; a stream that gives less, or more, is a fault, so the checksum at its end always counts.
 */
import { grouped, ImagingFault } from './fault.ts'

/** No stream of deflate gives more for a byte: 258 for two bits and a few of end (RFC 1951 3.2.5). */
const MOST_PER_BYTE = 1032

/** @param wrapped how the stream is wrapped: zlib's header and checksum ('deflate', RFC 1950), or gzip's */
export async function inflateTo(
  size: number,
  parts: readonly Uint8Array[],
  wrapped: 'deflate' | 'gzip',
): Promise<Uint8Array> {
  const present = parts.reduce((sum, part) => sum + part.length, 0)
  if (size > present * MOST_PER_BYTE)
    throw new ImagingFault(
      'truncated',
      `the header promises ${grouped(size)} bytes, and ${grouped(present)} compressed bytes cannot hold them`,
    )
  const source = new Blob(parts as Uint8Array<ArrayBuffer>[]).stream()
  const reader = source.pipeThrough(new DecompressionStream(wrapped)).getReader()
  const out = new Uint8Array(size)
  let held = 0
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      if (held + value.length > size)
        throw new ImagingFault('damaged', 'its compressed part holds more than its header promises')
      out.set(value, held)
      held += value.length
    }
  } catch (cause) {
    if (cause instanceof ImagingFault) throw cause
    throw new ImagingFault('damaged', 'its compressed part ends early or is broken', cause)
  } finally {
    await reader.cancel().catch(() => {}) // the rest is given up either way
  }
  if (held < size)
    throw new ImagingFault(
      'truncated',
      `the header promises ${grouped(size)} bytes, its compressed part holds ${grouped(held)}`,
    )
  return out
}
