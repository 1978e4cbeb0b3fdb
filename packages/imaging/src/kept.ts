/**
 * The form in which pictures are kept: stored values with slope and intercept, in one of seven types, whatever the file did to say them.
 * A Modality LUT is looked up here, once, because no slope can stand for it. VOI LUTs go on as data; overlays do not get this far.
 */
import type { CleanInstance, Frame, Lut, Pixels, Technical } from './dicom/instance.ts'
import { looked } from './dicom/luts.ts'

/** What of an instance is kept: values in the type that they have in series and packs, and no table before them. */
export type KeptInstance = Omit<CleanInstance, 'modalityLut'>

/** Doing it again changes nothing. */
export function keptOf({ modalityLut, ...instance }: CleanInstance): KeptInstance {
  const { technical, frames } = instance
  const table = modalityLut && technical.photometric !== 'RGB' && frames.every(isWhole) ? modalityLut : null
  if (table) {
    return {
      ...instance,
      technical: mappedBy(table, technical),
      frames: frames.map((frame) => ({
        ...frame,
        pixels: lookedUp(frame.pixels, table),
        rescale: { slope: 1, intercept: 0 },
      })),
    }
  }
  if (technical.photometric === 'RGB' || !frames.some(isBytes)) return instance
  return { ...instance, frames: frames.map((frame) => ({ ...frame, pixels: widened(frame.pixels) })) }
}

/** A table is for whole numbers only (PS3.3 C.7.6.24: none with floating-point pixels). */
const isWhole = ({ pixels }: Frame): boolean =>
  !(pixels instanceof Float32Array || pixels instanceof Float64Array)

const isBytes = ({ pixels }: Frame): boolean => pixels instanceof Uint8Array

/** Bytes are colour everywhere from here on: grey of 8 bits has 16. */
const widened = (pixels: Pixels): Pixels => (pixels instanceof Uint8Array ? Uint16Array.from(pixels) : pixels)

const lookedUp = (pixels: Pixels, table: Lut): Uint16Array =>
  Uint16Array.from(pixels as Iterable<number>, (value) => looked(value, table))

/** Padding is lost: several stored values may become the one that it would have (C.7.5.1.1.2 leaves it out of the table). */
const mappedBy = ({ bits }: Lut, technical: Technical): Technical => ({
  ...technical,
  bits: { allocated: 16, stored: bits, signed: false },
  padding: null,
  mapped: 'applied',
})
