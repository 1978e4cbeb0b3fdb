/** Strokes and balls: a brush set down at place after place, gathered slice by slice, so that each voxel is told once. */
import { Brush } from './brush.ts'
import { nearestVoxel } from './exact.ts'
import { createExtents } from './extents.ts'
import { type Grid, type VoxelBox, wholeGrid } from './grid.ts'
import { alongPath, pointsInSpace, stepOf } from './path.ts'
import { boxOf, intersection, isEmpty } from './planes.ts'
import type { Ball, Emit, Stroke } from './shape.ts'
import { SliceBits } from './sliceBits.ts'

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

/** The places, x, y, z each, in order of z. */
function sorted(places: readonly number[]): Int32Array {
  const order = Array.from({ length: places.length / 3 }, (_, i) => 3 * i)
  order.sort((a, b) => (places[a + 2] as number) - (places[b + 2] as number))
  return Int32Array.from(order.flatMap((at) => places.slice(at, at + 3)))
}

export function createSweep(grid: Grid): (shape: Stroke | Ball, clip: VoxelBox, emit: Emit) => void {
  const { spacingUm } = grid
  const extents = createExtents(spacingUm)
  const bits = new SliceBits()

  /** Where the brush is set down near the box, in order of z. */
  const placesNear = (shape: Stroke | Ball, brush: Brush, box: VoxelBox): ArrayLike<number> => {
    const step = stepOf(shape, spacingUm)
    const places: number[] = []
    let isSorted = true
    let highest = -Infinity
    alongPath(pointsInSpace(shape), spacingUm, step, (x, y, z) => {
      if (!brush.touches(box, x, y, z)) return
      if (z < highest) isSorted = false
      highest = z
      places.push(x, y, z)
    })
    return isSorted ? places : sorted(places)
  }

  return (shape, clip, emit) => {
    const box = reachable(shape, grid, clip)
    if (isEmpty(box)) return
    const brush = new Brush(shape, spacingUm, extents)
    const places = placesNear(shape, brush, box)
    if (places.length === 0) return

    const setDown = (x: number, y: number, z: number, slice: number): void => {
      if (!brush.isLonely(x, y, z)) return brush.stamp(box, x, y, z, slice, bits)
      const [vx, vy] = [nearestVoxel(x), nearestVoxel(y)]
      const isHere = nearestVoxel(z) === slice && vx >= box.x0 && vx < box.x1 && vy >= box.y0 && vy < box.y1
      if (isHere) bits.set(vy, vx, vx + 1)
    }

    bits.open(box.x0, box.x1, box.y0, box.y1)
    let first = 0
    for (let slice = box.z0; slice < box.z1 && first < places.length; slice++) {
      for (let at = first; at < places.length; at += 3) {
        const z = places[at + 2] as number
        const side = brush.side(z, slice)
        if (side > 0) break
        if (side === 0) setDown(places[at] as number, places[at + 1] as number, z, slice)
        else if (at === first) first += 3
      }
      bits.drain(slice, emit)
    }
  }
}
