/**
 * Growing from one voxel to all that can be reached from it over faces, within a box: over a picture as long as its values lie in a range,
 * or over a region as long as it stays painted, or bare (a paint bucket). A box of one slice makes it flat.
 * By scan lines (Smith 1979): a row is filled at once, and each stretch of its four neighbouring rows is remembered by one voxel.
 */
import type { VoxelBox } from '../raster/grid.ts'
import { boxSize, clipped, joined, NO_BOX } from './box.ts'
import { grouped, VOXEL_LIMITS, VoxelLimit } from './limit.ts'
import { type Picture, type Range, type Voxel, valueAt } from './picture.ts'
import { blank, holds, NOTHING, type Region, within } from './region.ts'
import type { Work } from './work.ts'

/** As far from the value at the seed as `tolerance` says, in the picture's unit. */
export function rangeAround(picture: Picture, seed: Voxel, tolerance: number): Range {
  const value = valueAt(picture, seed)
  return { min: value - tolerance, max: value + tolerance }
}

export interface Growth {
  readonly range: Range
  readonly box: VoxelBox
  /** Voxels; to reach more is refused. */
  readonly most?: number
}

export function growIn(picture: Picture, seed: Voxel, { range, box, most }: Growth): Work<Region> {
  const { values } = picture
  const [columns, rows, slices] = picture.size
  const { min, max } = range
  const scales = Array.from({ length: slices }, (_, z) => picture.rescale(z))
  const slopes = Float64Array.from(scales, ({ slope }) => slope)
  const intercepts = Float64Array.from(scales, ({ intercept }) => intercept)
  const inside = clipped(box, { x0: 0, x1: columns, y0: 0, y1: rows, z0: 0, z1: slices })
  return flood(inside, seed, most, (x, y, z) => {
    const stored = values[(z * rows + y) * columns + x] as number
    const value = (slopes[z] as number) * stored + (intercepts[z] as number)
    return value >= min && value <= max
  })
}

/** What hangs together with the seed and is as it is: painted, or bare up to the ends of the box. */
export function growOver(region: Region, seed: Voxel, box: VoxelBox, most?: number): Work<Region> {
  const painted = holds(region, seed.x, seed.y, seed.z)
  return flood(box, seed, most, (x, y, z) => holds(region, x, y, z) === painted)
}

/** Pieces of work between two looks up, rows. */
const ROWS_AT_ONCE = 2048

function* flood(
  box: VoxelBox,
  seed: Voxel,
  most: number = VOXEL_LIMITS.grown,
  open: (x: number, y: number, z: number) => boolean,
): Work<Region> {
  const [width, height, depth] = boxSize(box)
  const [sx, sy, sz] = [seed.x - box.x0, seed.y - box.y0, seed.z - box.z0]
  if (sx < 0 || sx >= width || sy < 0 || sy >= height || sz < 0 || sz >= depth) return NOTHING
  if (!open(seed.x, seed.y, seed.z)) return NOTHING
  const region = blank(box)
  const { bits } = region
  const isNew = (x: number, y: number, z: number): boolean =>
    bits[(z * height + y) * width + x] === 0 && open(box.x0 + x, box.y0 + y, box.z0 + z)
  const stack = [(sz * height + sy) * width + sx]
  let [reached, voxels, pieces] = [NO_BOX, 0, 0]

  /** Remembers the start of each stretch of a neighbouring row. */
  const look = (x0: number, x1: number, y: number, z: number): void => {
    if (y < 0 || y >= height || z < 0 || z >= depth) return
    let before = false
    for (let x = x0; x < x1; x++) {
      const now = isNew(x, y, z)
      if (now && !before) stack.push((z * height + y) * width + x)
      before = now
    }
  }

  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    if (bits[at] === 1) continue
    const row = Math.floor(at / width)
    const [y, z] = [row % height, Math.floor(row / height)]
    let [x0, x1] = [at - row * width, at - row * width + 1]
    while (x0 > 0 && isNew(x0 - 1, y, z)) x0--
    while (x1 < width && isNew(x1, y, z)) x1++
    bits.fill(1, row * width + x0, row * width + x1)
    voxels += x1 - x0
    if (voxels > most)
      throw new VoxelLimit(
        `It grows beyond ${grouped(most)} voxels; take a narrower range, a smaller box or another place to start from.`,
      )
    reached = joined(reached, { x0, x1, y0: y, y1: y + 1, z0: z, z1: z + 1 })
    look(x0, x1, y - 1, z)
    look(x0, x1, y + 1, z)
    look(x0, x1, y, z - 1)
    look(x0, x1, y, z + 1)
    if (++pieces % ROWS_AT_ONCE === 0) yield voxels / most
  }
  return within(region, {
    x0: box.x0 + reached.x0,
    x1: box.x0 + reached.x1,
    y0: box.y0 + reached.y0,
    y1: box.y0 + reached.y1,
    z0: box.z0 + reached.z0,
    z1: box.z0 + reached.z1,
  })
}
