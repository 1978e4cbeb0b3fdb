/**
 * One DICOM file in, one Instance out, or an ImagingFault that names what is wrong with it. Runs in Node and in browser workers alike.
 * It never trusts a number of the header before the bytes bear it out, and never quotes text of the file.
 * The result still carries identity: pass it through @consilium/deidentify/profile before anything is kept.
 */
import { ImagingFault } from '../fault.ts'
import { assertReadable, identityOf, technicalOf, wordsOf } from './describe.ts'
import { placesOf } from './geometry.ts'
import type { Instance, Pixels } from './instance.ts'
import { layoutOf } from './layout.ts'
import { DEFAULT_LIMITS, type Limits } from './limits.ts'
import { modalityLutOf, voiLutsOf } from './luts.ts'
import type { FrameMemory } from './native.ts'
import { overlaysOf } from './overlays.ts'
import { type Header, parseHeader } from './parse.ts'
import { readPixels } from './pixels.ts'
import { suvIn } from './suv.ts'

export type * from './instance.ts'

/** @throws ImagingFault where the file is not one that can be shown; no other error leaves */
export function readInstance(
  file: Uint8Array,
  limits: Partial<Limits> = {},
  memory: FrameMemory = 'copies',
): Promise<Instance> {
  const bounds = { ...DEFAULT_LIMITS, ...limits }
  return faulted(async () => {
    const header = await parseHeader(plain(file), bounds)
    assertReadable(header)
    const layout = layoutOf(header.data, bounds)
    const places = placesOf(header.data, layout.frames)
    const tables = tablesOf(header, layout.signed)
    const suv = suvIn(header.data)
    const pixels = await readPixels(header, layout, memory)
    return {
      technical: technicalOf(header, layout),
      words: wordsOf(header.data),
      identity: identityOf(header.data),
      present: header.present,
      frames: places.map((place, k) => ({ ...place, pixels: pixels[k] as Pixels })),
      ...tables,
      ...(suv && { suv }),
    }
  })
}

function tablesOf({ data, syntax }: Header, signed: boolean) {
  const bigEndian = syntax.bigEndian === true
  const modalityLut = modalityLutOf(data, signed, bigEndian)
  const voiLuts = voiLutsOf(data, modalityLut === null && signed, bigEndian)
  const overlays = overlaysOf(data)
  return {
    ...(modalityLut && { modalityLut }),
    ...(voiLuts.length > 0 && { voiLuts }),
    ...(overlays.length > 0 && { overlays }),
  }
}

/** A Node Buffer's slice() shares memory where Uint8Array's copies; from here on it is a plain Uint8Array. */
export const plain = (file: Uint8Array): Uint8Array =>
  new Uint8Array(file.buffer, file.byteOffset, file.byteLength)

/** dicom-parser's readers throw strings; a header so broken that a value cannot be fetched is the file's fault. */
export async function faulted<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (cause) {
    if (cause instanceof ImagingFault) throw cause
    throw new ImagingFault('damaged', 'it cannot be read', cause)
  }
}
