/**
 * One DICOM file in, one Instance out, or an ImagingFault that names what is wrong with it. Runs in Node and in browser workers alike.
 * It never trusts a number of the header before the bytes bear it out, and never quotes text of the file.
 * The result still carries identity: pass it through @consilium/deidentify/profile before anything is kept.
 */
import { ImagingFault } from '../fault.ts'
import { describe, identityOf, wordsOf } from './describe.ts'
import { placesOf } from './geometry.ts'
import type { Instance } from './instance.ts'
import { DEFAULT_LIMITS, type Limits } from './limits.ts'
import { parseHeader } from './parse.ts'
import { readPixels } from './pixels.ts'

export type * from './instance.ts'

/** @throws ImagingFault where the file is not one that can be shown; no other error leaves */
export async function readInstance(file: Uint8Array, limits: Partial<Limits> = {}): Promise<Instance> {
  const bounds = { ...DEFAULT_LIMITS, ...limits }
  try {
    // A Node Buffer's slice() shares memory where Uint8Array's copies; from here on it is a plain Uint8Array.
    const bytes = new Uint8Array(file.buffer, file.byteOffset, file.byteLength)
    const header = await parseHeader(bytes, bounds)
    const { technical, layout } = describe(header, bounds)
    const places = placesOf(header.data, layout.frames)
    const pixels = await readPixels(header, technical, layout)
    return {
      technical,
      words: wordsOf(header.data),
      identity: identityOf(header.data),
      present: header.present,
      frames: places.map((place, k) => ({
        ...place,
        pixels: pixels[k] as Instance['frames'][number]['pixels'],
      })),
    }
  } catch (cause) {
    if (cause instanceof ImagingFault) throw cause
    // dicom-parser's readers throw strings; a header so broken that a value cannot be fetched is the file's fault.
    throw new ImagingFault('damaged', 'it cannot be read', cause)
  }
}
