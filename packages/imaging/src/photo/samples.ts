/**
 * Samples as a file stores them -> a picture. Colour becomes eight bits by its upper eight, as in DICOM files here; grey stays what it is.
 * What is transparent turns black in the measure of its transparency: under it can lie what nobody who looked at the picture ever saw.
 */
import type { Picture } from './picture.ts'

export interface Raster {
  readonly columns: number
  readonly rows: number
  /** Sample beside sample. */
  readonly values: Uint8Array | Uint16Array
  readonly samples: 1 | 2 | 3 | 4
  readonly bits: number
  /** The colours are multiplied with their opacity already (TIFF's associated alpha). */
  readonly premultiplied?: boolean
}

export function pictureOf(raster: Raster): Picture {
  const { columns, rows, values, samples, bits } = raster
  const opaque = samples === 2 || samples === 4 ? withoutAlpha(raster) : values
  if (samples <= 2) return { columns, rows, values: new Uint16Array(opaque) }
  if (bits === 8) return { columns, rows, values: opaque as Uint8Array }
  return { columns, rows, values: Uint8Array.from(opaque, (value) => value >> (bits - 8)) }
}

function withoutAlpha({ values, samples, bits, premultiplied }: Raster): Uint8Array | Uint16Array {
  const kept = samples - 1
  const pixels = values.length / samples
  const out = values instanceof Uint8Array ? new Uint8Array(pixels * kept) : new Uint16Array(pixels * kept)
  const full = 2 ** bits - 1
  for (let pixel = 0, at = 0, to = 0; pixel < pixels; pixel++, at += samples) {
    const alpha = premultiplied ? full : (values[at + kept] as number)
    for (let k = 0; k < kept; k++) out[to++] = Math.round(((values[at + k] as number) * alpha) / full)
  }
  return out
}
