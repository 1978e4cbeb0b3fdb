/**
 * What lies between painted slices (Raya & Udupa 1990): in each of them every pixel's signed distance to the edge (inside to the nearest
 * centre outside, outside to the nearest centre inside, negative), between them a straight line from one to the other; what is above 0 is
 * inside. Painted slices stay what they are, and what lies beyond the first and the last stays bare.
 */
import type { Grid } from '../raster/grid.ts'
import type { Axis } from '../raster/shape.ts'
import { boxSize, boxVoxels } from './box.ts'
import { squaredDistances } from './distance.ts'
import { assertField } from './limit.ts'
import { blank, type Region, trimmed } from './region.ts'
import { type Bitmap, putSlice, sliceOf } from './slices.ts'
import { finish, type Work } from './work.ts'

export interface Between {
  readonly axis: Axis
  /** Where each slice lies along the axis, in any unit; slices are evenly spaced where it is not given. */
  readonly positions?: ArrayLike<number>
}

/** Only what is new: the slices between painted ones, without these. */
export function* filledBetween(region: Region, { axis, positions }: Between, grid: Grid): Work<Region> {
  assertField(boxVoxels(region.box))
  const source = trimmed(region)
  const out = blank(source.box)
  const { x0, y0, z0 } = source.box
  const first = [x0, y0, z0][axis] as number
  const count = boxSize(source.box)[axis]
  const spacing = grid.spacingUm.filter((_, other) => other !== axis) as [number, number]
  const at = (slice: number): number => positions?.[first + slice] ?? slice
  // The last painted slice, and its distances once something has to be filled behind it.
  let before = 0
  let beforeEdge: Float64Array | null = null
  for (let slice = 1; slice < count; slice++) {
    yield slice / count
    const bitmap = sliceOf(source, axis, first + slice)
    if (!bitmap.bits.includes(1)) continue
    if (slice - before > 1) {
      beforeEdge ??= edgeDistances(sliceOf(source, axis, first + before), spacing)
      const edge = edgeDistances(bitmap, spacing)
      for (let k = before + 1; k < slice; k++) {
        const share = (at(k) - at(before)) / (at(slice) - at(before))
        putSlice(out, axis, first + k, blended(beforeEdge, edge, share))
      }
      beforeEdge = edge
    } else beforeEdge = null
    before = slice
  }
  return trimmed(out)
}

/** Below this, µm, a distance is 0 but for rounding. */
const NO_DISTANCE = 1e-6

function blended(a: Float64Array, b: Float64Array, share: number): Uint8Array {
  const bits = new Uint8Array(a.length)
  for (let k = 0; k < bits.length; k++) {
    const edge = (1 - share) * (a[k] as number) + share * (b[k] as number)
    if (edge > NO_DISTANCE) bits[k] = 1
  }
  return bits
}

/** Signed, µm. What lies around the bitmap counts as outside. */
function edgeDistances({ width, height, bits }: Bitmap, spacing: readonly [number, number]): Float64Array {
  const shape = [width + 2, height + 2, 1] as const
  const padded = new Uint8Array(shape[0] * shape[1])
  for (let v = 0; v < height; v++)
    padded.set(bits.subarray(v * width, (v + 1) * width), (v + 1) * shape[0] + 1)
  const squared = (mark: 0 | 1): Float64Array => {
    const field = new Float64Array(padded.length)
    finish(squaredDistances(padded, mark, shape, [...spacing, 1], field, Number.MAX_SAFE_INTEGER))
    return field
  }
  const [toInside, toOutside] = [squared(1), squared(0)]
  const signed = new Float64Array(bits.length)
  for (let k = 0; k < bits.length; k++) {
    const at = (Math.floor(k / width) + 1) * shape[0] + (k % width) + 1
    signed[k] = bits[k] === 1 ? Math.sqrt(toOutside[at] as number) : -Math.sqrt(toInside[at] as number)
  }
  return signed
}
