/**
 * A slice: one frame on its way into a series, with everything but its pixels, so that thousands can be held and sorted at once.
 * Made from de-identified instances only; the next step is series.ts.
 */
import type { CleanInstance, Frame, Photometric, StoredPixels, Technical } from './dicom/instance.ts'
import { ImagingFault } from './fault.ts'

export interface Slice {
  /** Mapped UIDs; only compared, never shown. */
  readonly uids: CleanInstance['uids']
  readonly modality: string
  readonly bodyPart: string
  readonly unit: string
  readonly windowNames: readonly string[]
  readonly technical: GreyTechnical
  /** Index of the frame in its file, from 0. */
  readonly frame: number
  readonly position: Frame['position']
  readonly orientation: Frame['orientation']
  readonly spacing: Frame['spacing']
  readonly rescale: Frame['rescale']
  readonly windows: Frame['windows']
  readonly voiFunction?: Frame['voiFunction']
  readonly temporal?: Frame['temporal']
  readonly timeMs?: Frame['timeMs']
  /** SHA-256 of the stored values, 16 bit little endian, lower hex. */
  readonly sha256: string
  /** Smallest and largest stored value. */
  readonly stored: { readonly min: number; readonly max: number }
}

type GreyTechnical = Technical & { readonly photometric: Photometric }

/** Grey values of up to 16 bits: what slices and packs hold. */
export type GreyInstance = Omit<CleanInstance, 'technical' | 'frames'> & {
  readonly technical: GreyTechnical
  readonly frames: readonly (Frame & { readonly pixels: StoredPixels })[]
}

/** @throws ImagingFault where the picture is read, but not of the kind that is kept as slices */
export function greyOf(instance: CleanInstance): GreyInstance {
  const kept = 'and pictures of this kind are not kept yet'
  const { technical, frames } = instance
  if (technical.photometric === 'RGB')
    throw new ImagingFault('unsupported', `the picture is in colour, ${kept}`)
  const pixels = frames[0]?.pixels
  if (pixels instanceof Float32Array || pixels instanceof Float64Array)
    throw new ImagingFault('unsupported', `its values are floating-point numbers, ${kept}`)
  if (pixels && pixels.BYTES_PER_ELEMENT > 2)
    throw new ImagingFault('unsupported', `its values have ${technical.bits.stored} bits, ${kept}`)
  return instance as GreyInstance
}

/** One slice per frame, in the file's order. */
export async function slicesOf(clean: CleanInstance): Promise<Slice[]> {
  const instance = greyOf(clean)
  const { technical, modality, bodyPart, unit, windowNames, uids } = instance
  return Promise.all(
    instance.frames.map(async ({ pixels, ...place }, frame) => ({
      uids,
      modality,
      bodyPart,
      unit,
      windowNames,
      technical,
      frame,
      ...place,
      sha256: await sha256(bytesOf(pixels)),
      stored: extremes(pixels),
    })),
  )
}

/** The stored values as they are hashed and served: 16 bit little endian (every host this runs on is). Shares memory. */
export const bytesOf = (pixels: StoredPixels): Uint8Array<ArrayBuffer> =>
  new Uint8Array(pixels.buffer as ArrayBuffer, pixels.byteOffset, pixels.byteLength)

/** Lower hex. WebCrypto, so the same in Node and in a browser's secure context. */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

function extremes(pixels: StoredPixels): { min: number; max: number } {
  let min = pixels[0] as number
  let max = min
  for (let i = 1; i < pixels.length; i++) {
    const value = pixels[i] as number
    if (value < min) min = value
    else if (value > max) max = value
  }
  return { min, max }
}
