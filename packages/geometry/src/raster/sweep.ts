/** Strokes and balls: a brush set down at place after place, gathered slice by slice, so that each voxel is told once. */

import { Brush } from './brush.ts'
import { nearestVoxel } from './exact.ts'
import { type Grid, type VoxelBox, wholeGrid } from './grid.ts'
import { alongPath, finestFor, pointsInSpace, stepOf } from './path.ts'
import { boxOf, intersection, isEmpty } from './planes.ts'
import type { Ball, Emit, Stroke } from './shape.ts'
import { SliceBits } from './sliceBits.ts'

/** Nobody who paints needs more at once; what a huge act needed is given back. */
const KEPT_PLACES = 4_096

/** A stroke stays in its slice. */
function reachable(shape: Stroke | Ball, grid: Grid, clip: VoxelBox): VoxelBox {
  const within = intersection(wholeGrid(grid), clip)
  if (shape.shape === 'ball') return within
  const low = [within.x0, within.y0, within.z0]
  const high = [within.x1, within.y1, within.z1]
  low[shape.axis] = Math.max(low[shape.axis] as number, shape.slice)
  high[shape.axis] = Math.min(high[shape.axis] as number, shape.slice + 1)
  return boxOf(low, high)
}

export function createSweep(grid: Grid): (shape: Stroke | Ball, clip: VoxelBox, emit: Emit) => void {
  const { spacingUm } = grid
  const bits = new SliceBits()
  let places: number[] = []

  return (shape, clip, emit) => {
    const box = reachable(shape, grid, clip)
    if (isEmpty(box)) return
    const brush = new Brush(shape, spacingUm)
    const step = stepOf(shape.radiusUm, finestFor(shape, spacingUm))
    places.length = 0
    let isSorted = true
    alongPath(pointsInSpace(shape), spacingUm, step, (x, y, z) => {
      if (!brush.touches(box, x, y, z)) return
      if (places.length > 0 && z < (places.at(-1) as number)) isSorted = false
      places.push(x, y, z)
    })
    const order = Uint32Array.from({ length: places.length / 3 }, (_, i) => 3 * i)
    if (!isSorted) order.sort((a, b) => (places[a + 2] as number) - (places[b + 2] as number))

    bits.open(box.x0, box.x1, box.y0, box.y1)
    let first = 0
    for (let slice = box.z0; slice < box.z1 && first < order.length; slice++) {
      for (let i = first; i < order.length; i++) {
        const at = order[i] as number
        const [x, y, z] = [places[at] as number, places[at + 1] as number, places[at + 2] as number]
        const side = brush.side(z, slice)
        if (side > 0) break
        if (side < 0) {
          if (i === first) first += 1
        } else if (brush.isLonely(x, y, z)) {
          const [vx, vy] = [nearestVoxel(x), nearestVoxel(y)]
          const isHere =
            nearestVoxel(z) === slice && vx >= box.x0 && vx < box.x1 && vy >= box.y0 && vy < box.y1
          if (isHere) bits.set(vy, vx, vx + 1)
        } else brush.stamp(box, x, y, z, slice, bits)
      }
      bits.drain(slice, emit)
    }
    if (places.length > 3 * KEPT_PLACES) places = []
  }
}
