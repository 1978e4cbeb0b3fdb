/**
 * A slice: one frame on its way into a series, with everything but its pixels, so that thousands can be held and sorted at once.
 * Made from de-identified instances only; the next step is series.ts.
 */
import type { CleanInstance, Frame, Lut, Technical } from './dicom/instance.ts'
import type { Suv } from './dicom/suv.ts'
import { extremes } from './extremes.ts'
import { keptOf } from './kept.ts'
import { bytesOf, kindOf, type SampleKind } from './samples.ts'

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
  /** Of PET: the factor to standardised uptake, or why there is none. */
  readonly suv?: Suv
  /** Tables from rescaled value to grey, with the first frame of a file; values of 16 bits, little endian, base64. */
  readonly voiLuts?: readonly { readonly first: number; readonly bits: number; readonly values: string }[]
  /** SHA-256 over all frames of a file that has several and no identifier: what they are known by together. */
  readonly whole?: string
  /** SHA-256 of the stored values, little endian, lower hex. */
  readonly sha256: string
  /** Smallest and largest stored value. */
  readonly stored: { readonly min: number; readonly max: number }
}

/** Bytes -> their SHA-256 in lower hex. */
type Digest = (bytes: Uint8Array<ArrayBuffer>) => string | Promise<string>

/** One slice per frame, in the file's order. `digest`: the fastest that there is where this runs. */
export async function slicesOf(clean: CleanInstance, digest: Digest = sha256): Promise<Slice[]> {
  const instance = keptOf(clean)
  const { technical, modality, bodyPart, unit, windowNames, uids, frames, suv } = instance
  const hashes = await Promise.all(frames.map(({ pixels }) => digest(bytesOf(pixels))))
  const said = () => JSON.stringify([hashes, frames.map(({ position, rescale }) => [position, rescale])])
  const whole = uids.instance === null && frames.length > 1 ? await digest(ascii(said())) : null
  const voiLuts = tablesOf(instance.voiLuts ?? [])
  return frames.map(({ pixels, ...place }, frame) => ({
    uids,
    modality,
    bodyPart,
    unit,
    windowNames,
    technical,
    samples: kindOf(pixels),
    frame,
    ...place,
    ...(suv && { suv }),
    ...(frame === 0 && voiLuts.length > 0 && { voiLuts }),
    ...(whole && { whole }),
    sha256: hashes[frame] as string,
    stored: extremes(pixels),
  }))
}

/** Values of all tables that travel with one slice: a row of the database must not grow by what a file likes to say. */
const TABLE_VALUES = 65_536

function tablesOf(luts: readonly Lut[]): NonNullable<Slice['voiLuts']> {
  let room = TABLE_VALUES
  return luts.flatMap(({ first, bits, values }) => {
    room -= values.length
    return room < 0 ? [] : [{ first, bits, values: base64(bytesOf(values)) }]
  })
}

function base64(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}

const ascii = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)

/** Lower hex. WebCrypto, so the same in Node and in a browser's secure context. */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
