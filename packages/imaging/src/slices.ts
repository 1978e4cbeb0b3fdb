/**
 * A slice: one frame on its way into a series, with everything but its pixels, so that thousands can be held and sorted at once.
 * Made from de-identified instances only; the next step is series.ts.
 */
import type { CleanInstance, Frame, Technical } from './dicom/instance.ts'
import { bytesOf, kindOf, type SampleKind, type Samples } from './samples.ts'

export interface Slice {
  /** Mapped UIDs; only compared, never shown. */
  readonly uids: CleanInstance['uids']
  readonly modality: string
  readonly bodyPart: string
  readonly unit: string
  readonly windowNames: readonly string[]
  readonly technical: Technical
  readonly samples: SampleKind
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
  /** Tables from rescaled value to grey; values of 16 bits, little endian, base64. */
  readonly voiLuts?: readonly { readonly first: number; readonly bits: number; readonly values: string }[]
  /** SHA-256 of the stored values, little endian, lower hex. */
  readonly sha256: string
  /** Smallest and largest stored value. */
  readonly stored: { readonly min: number; readonly max: number }
}

/** What of an instance is kept: values in the type that they have in series and packs. */
export type KeptInstance = CleanInstance

/** Brings an instance into the form in which pictures are kept. */
export function keptOf(instance: CleanInstance): KeptInstance {
  return instance
}

/** One slice per frame, in the file's order. */
export async function slicesOf(clean: CleanInstance): Promise<Slice[]> {
  const instance = keptOf(clean)
  const { technical, modality, bodyPart, unit, windowNames, uids } = instance
  return Promise.all(
    instance.frames.map(async ({ pixels, ...place }, frame) => ({
      uids,
      modality,
      bodyPart,
      unit,
      windowNames,
      technical,
      samples: kindOf(pixels),
      frame,
      ...place,
      sha256: await sha256(bytesOf(pixels)),
      stored: extremes(pixels),
    })),
  )
}

/** Lower hex. WebCrypto, so the same in Node and in a browser's secure context. */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

function extremes(pixels: Samples): { min: number; max: number } {
  let min = pixels[0] as number
  let max = min
  for (let i = 1; i < pixels.length; i++) {
    const value = pixels[i] as number
    if (value < min) min = value
    else if (value > max) max = value
  }
  return { min, max }
}
