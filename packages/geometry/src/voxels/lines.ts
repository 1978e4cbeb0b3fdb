/**
 * The lines of a block of numbers along one axis, one after the other: what can be computed axis by axis (distances, a Gaussian) needs no
 * more. Lines lie far apart in memory, so they are fetched sixteen neighbours at a time.
 */
import type { Axis } from '../raster/shape.ts'
import type { Work } from './work.ts'

export type Field = Float64Array | Float32Array | Uint32Array
export type Shape = readonly [number, number, number]

const TOGETHER = 16

/** @param change works on a line where it stands; false where it left it as it was */
export function* alongLines(
  field: Field,
  shape: Shape,
  axis: Axis,
  change: (line: Float64Array) => boolean,
): Work<void> {
  const strides: Shape = [1, shape[0], shape[0] * shape[1]]
  const [near, far] = axis === 0 ? [1, 2] : axis === 1 ? [0, 2] : [0, 1]
  const [length, stride] = [shape[axis], strides[axis]]
  const [nearCount, nearStride] = [shape[near] as number, strides[near] as number]
  const [farCount, farStride] = [shape[far] as number, strides[far] as number]
  const fetched = new Float64Array(TOGETHER * length)
  const lines = Array.from({ length: TOGETHER }, (_, k) => fetched.subarray(k * length, (k + 1) * length))
  for (let f = 0; f < farCount; f++) {
    yield f / farCount
    for (let n = 0; n < nearCount; n += TOGETHER) {
      const first = f * farStride + n * nearStride
      const count = Math.min(TOGETHER, nearCount - n)
      for (let i = 0, at = first; i < length; i++, at += stride)
        for (let k = 0, to = i; k < count; k++, to += length)
          fetched[to] = field[at + k * nearStride] as number
      for (let k = 0; k < count; k++) {
        const line = lines[k] as Float64Array
        if (!change(line)) continue
        for (let i = 0, at = first + k * nearStride; i < length; i++, at += stride)
          field[at] = line[i] as number
      }
    }
  }
}
