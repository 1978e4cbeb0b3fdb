/**
 * Raw deflate through a counting stream: it stops as soon as more comes out than the limits allow, so a bomb costs what the cap costs.
 * DecompressionStream is the same in Node and in browsers; nothing else is needed.
 */
import { concatenated } from '../concatenated.ts'
import { grouped, ImagingFault } from '../fault.ts'
import type { Limits } from './limits.ts'

type InflateLimits = Pick<Limits, 'inflatedBytes' | 'inflateRatio' | 'inflateFloor'>

/** PS3.5 A.5: raw deflate, padded to even length with a zero byte. */
export async function inflateRaw(bytes: Uint8Array, limits: InflateLimits): Promise<Uint8Array> {
  const cap = Math.min(
    limits.inflatedBytes,
    Math.max(limits.inflateFloor, bytes.length * limits.inflateRatio),
  )
  const [likely, other] = readings(bytes)
  try {
    return await pump(likely, cap)
  } catch (cause) {
    if (other === null || cause instanceof ImagingFault) return refuse(cause)
    return await pump(other, cap).catch(refuse)
  }
}

/**
 * A zero at the end is a pad or the stream's own, and only inflating tells: DecompressionStream takes neither a byte too many nor one too
 * few. At an even length it is a pad in 19 of 20 files, at an odd one it cannot be, unless the writer knew no better.
 */
function readings(bytes: Uint8Array): readonly [likely: Uint8Array, other: Uint8Array | null] {
  if (bytes.at(-1) !== 0) return [bytes, null]
  const unpadded = bytes.subarray(0, -1)
  return bytes.length % 2 === 0 ? [unpadded, bytes] : [bytes, unpadded]
}

function refuse(cause: unknown): never {
  if (cause instanceof ImagingFault) throw cause
  throw new ImagingFault('damaged', 'the compressed part of the file cannot be unpacked', cause)
}

async function pump(bytes: Uint8Array, cap: number): Promise<Uint8Array> {
  const source = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream()
  const reader = source.pipeThrough(new DecompressionStream('deflate-raw')).getReader()
  const chunks: Uint8Array[] = []
  let total = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    total += value.length
    if (total > cap) {
      const fault = new ImagingFault('too-large', `the file unpacks to more than ${grouped(cap)} bytes`)
      await reader.cancel(fault).catch(() => {}) // the stream is given up either way
      throw fault
    }
    chunks.push(value)
  }
  return concatenated(chunks)
}
