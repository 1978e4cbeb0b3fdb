/** The values of a frame in memory: one typed array per kind, little endian as every host this runs on is. */

export type SampleKind = 'int16' | 'uint16' | 'int32' | 'uint32' | 'float32' | 'float64' | 'uint8x3'

/** rows x columns values, row by row; of `uint8x3` three beside one another for each pixel (red, green, blue). */
export type Samples =
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array
  | Uint8Array

const ARRAYS = {
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  float32: Float32Array,
  float64: Float64Array,
  uint8x3: Uint8Array,
} as const satisfies Record<SampleKind, unknown>

export const bytesPerPixel = (kind: SampleKind): number =>
  kind === 'uint8x3' ? 3 : ARRAYS[kind].BYTES_PER_ELEMENT

/** A view of the right type on `length` values of a buffer, or on all of it. */
export const samplesOver = (
  kind: SampleKind,
  buffer: ArrayBufferLike,
  byteOffset = 0,
  length?: number,
): Samples => new ARRAYS[kind](buffer as ArrayBuffer, byteOffset, length)

export function kindOf(samples: Samples): SampleKind {
  const found = (Object.keys(ARRAYS) as SampleKind[]).find((kind) => samples instanceof ARRAYS[kind])
  if (!found) throw new Error('kindOf: not an array of samples')
  return found
}

/** The same memory as bytes. */
export const bytesOf = (samples: Samples): Uint8Array<ArrayBuffer> =>
  new Uint8Array(samples.buffer as ArrayBuffer, samples.byteOffset, samples.byteLength)
