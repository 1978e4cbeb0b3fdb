/** The first bytes of what a gzip file holds, so that its reader can be chosen. No more is unpacked than is asked for. */
import { ImagingFault } from './fault.ts'

/** A gzip header may carry a name, a comment and a field of 64 KiB before its content (RFC 1952 2.3). */
const HEADER_MOST = 256 * 1024

/** @param most what is asked for; fewer bytes where there are no more */
export async function peek(gzip: Uint8Array, most: number): Promise<Uint8Array> {
  const source = new Blob([gzip.subarray(0, HEADER_MOST) as Uint8Array<ArrayBuffer>]).stream()
  const reader = source.pipeThrough(new DecompressionStream('gzip')).getReader()
  const head = new Uint8Array(most)
  let held = 0
  try {
    while (held < most) {
      const { done, value } = await reader.read()
      if (done) break
      const part = value.subarray(0, most - held)
      head.set(part, held)
      held += part.length
    }
  } catch (cause) {
    // A stream that breaks after its first bytes still shows what it was.
    if (held === 0) throw new ImagingFault('damaged', 'its gzip stream ends early or is broken', cause)
  } finally {
    await reader.cancel().catch(() => {}) // the rest is given up either way
  }
  return head.subarray(0, held)
}
