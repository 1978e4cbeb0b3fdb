/**
 * The picture under a mask, as far as operations look at it: one number per voxel of the grid. What is asked of it (a range, a tolerance) is
 * in the picture's own unit, HU for instance, never in what is displayed.
 */
import type { Grid, VoxelBox } from '../raster/grid.ts'
import { boxSize } from './box.ts'
import { blank, type Region } from './region.ts'
import type { Work } from './work.ts'

export type Values =
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array

export interface Picture {
  readonly size: Grid['size']
  /** As stored, x fastest, then y, then z: one moment, no colour. */
  readonly values: Values
  /** What is meant by them, slice by slice: slope * stored + intercept. */
  readonly rescale: (z: number) => { readonly slope: number; readonly intercept: number }
}

/** Both ends are in it. What is no number is in none. */
export interface Range {
  readonly min: number
  readonly max: number
}

export function valueAt({ size: [width, height], values, rescale }: Picture, at: Voxel): number {
  const { slope, intercept } = rescale(at.z)
  return slope * (values[(at.z * height + at.y) * width + at.x] as number) + intercept
}

export interface Voxel {
  readonly x: number
  readonly y: number
  readonly z: number
}

/** The voxels of the box whose values lie in the range. */
export function* threshold(picture: Picture, range: Range, box: VoxelBox): Work<Region> {
  const region = blank(box)
  const [width, height, depth] = boxSize(box)
  const [columns, rows] = picture.size
  for (let z = 0; z < depth; z++) {
    yield z / depth
    const chosen = chooser(picture, range, box.z0 + z)
    for (let y = 0; y < height; y++) {
      const from = ((box.z0 + z) * rows + box.y0 + y) * columns + box.x0
      const to = (z * height + y) * width
      for (let x = 0; x < width; x++) if (chosen(from + x)) region.bits[to + x] = 1
    }
  }
  return region
}

/**
 * A threshold brush: of the voxels that a stroke covers those whose values lie in the range, as lengths in turn kept and skipped, in order
 * of z, y, x; what is left at the end is skipped.
 */
export function keptOf(covered: Region, picture: Picture, range: Range): Int32Array {
  const { box, bits } = covered
  const [width, height, depth] = boxSize(box)
  const [columns, rows] = picture.size
  const lengths: number[] = []
  let [keeps, length] = [true, 0]
  for (let z = 0, i = 0; z < depth; z++) {
    const chosen = chooser(picture, range, box.z0 + z)
    for (let y = 0; y < height; y++) {
      const from = ((box.z0 + z) * rows + box.y0 + y) * columns + box.x0
      for (let x = 0; x < width; x++, i++) {
        if (bits[i] === 0) continue
        if (chosen(from + x) !== keeps) {
          lengths.push(length)
          keeps = !keeps
          length = 0
        }
        length++
      }
    }
  }
  if (keeps && length > 0) lengths.push(length)
  return Int32Array.from(lengths)
}

/** Says of the place of a voxel in the values of slice z whether its value lies in the range. */
export function chooser(
  { values, rescale }: Picture,
  { min, max }: Range,
  z: number,
): (at: number) => boolean {
  const { slope, intercept } = rescale(z)
  return (at) => {
    const value = slope * (values[at] as number) + intercept
    return value >= min && value <= max
  }
}
