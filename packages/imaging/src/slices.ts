/**
 * A slice: one frame on its way into a series, with everything but its pixels, so that thousands can be held and sorted at once.
 * Made from de-identified instances only; the next step is series.ts.
 */
import type { CleanInstance, Frame, StoredPixels, Technical } from './dicom/instance.ts'

export interface Slice {
  /** Mapped UIDs; only compared, never shown. */
  readonly uids: CleanInstance['uids']
  readonly modality: string
  readonly bodyPart: string
  readonly unit: string
  readonly windowNames: readonly string[]
  readonly technical: Technical
  /** Index of the frame in its file, from 0. */
  readonly frame: number
  readonly position: Frame['position']
  readonly orientation: Frame['orientation']
  readonly spacing: Frame['spacing']
  readonly rescale: Frame['rescale']
  readonly windows: Frame['windows']
  /** SHA-256 of the stored values, 16 bit little endian, lower hex. */
  readonly sha256: string
  /** Smallest and largest stored value. */
  readonly stored: { readonly min: number; readonly max: number }
}

/** One slice per frame, in the file's order. */
export async function slicesOf(instance: CleanInstance): Promise<Slice[]> {
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
