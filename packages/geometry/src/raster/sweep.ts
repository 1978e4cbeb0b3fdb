/** Strokes and balls: a brush set down at place after place, gathered slice by slice, so that each voxel is told once. */
import { Brush } from './brush.ts'
import { nearestVoxel } from './exact.ts'
import { createExtents, type FindExtents } from './extents.ts'
import { type Grid, type VoxelBox, wholeGrid } from './grid.ts'
import { alongPath, pointsAlongAxes, stepOf } from './path.ts'
import { along, axesAcross, axesOf, boxAlong, emitInPlane, intersection, isEmpty } from './planes.ts'
import type { Ball, Emit, Stroke } from './shape.ts'
import { SliceBits } from './sliceBits.ts'

/** The part of the volume that is asked for, along the axes of the shape. A stroke stays in its slice. */
function reachable(shape: Stroke | Ball, grid: Grid, clip: VoxelBox): VoxelBox {
  const box = boxAlong(intersection(wholeGrid(grid), clip), axesOf(shape))
  if (shape.shape === 'ball') return box
  return { ...box, z0: Math.max(box.z0, shape.slice), z1: Math.min(box.z1, shape.slice + 1) }
}

/** The places, three numbers each, in order of the last. */
function sorted(places: readonly number[]): ArrayLike<number> {
  const count = places.length / 3
  // One number for both, w first: numbers are sorted without asking anybody how.
  const keys = Float64Array.from(
    { length: count },
    (_, i) => (places[3 * i + 2] as number) * count + i,
  ).sort()
  const out = new Int32Array(places.length)
  for (let i = 0; i < count; i++) {
    const key = keys[i] as number
    const from = 3 * (key - Math.floor(key / count) * count)
    out[3 * i] = places[from] as number
    out[3 * i + 1] = places[from + 1] as number
    out[3 * i + 2] = places[from + 2] as number
  }
  return out
}

/**
 * Everything is done along the axes of the shape: u and v lie in the plane of a stroke and w across it, so that in any plane a line of pixels
 * is a row of bits; u, v, w of a ball are x, y, z.
 */
export function createSweep(grid: Grid): (shape: Stroke | Ball, clip: VoxelBox, emit: Emit) => void {
  const extents = ([0, 1, 2] as const).map((axis) => createExtents(along(grid.spacingUm, axesAcross(axis))))
  const bits = new SliceBits()
  /** A shape is asked for tile after tile. */
  let last: { readonly shape: Stroke | Ball; readonly points: Int32Array } | null = null
  const pointsOf = (shape: Stroke | Ball): Int32Array => {
    if (last?.shape !== shape) last = { shape, points: pointsAlongAxes(shape) }
    return last.points
  }

  /** Where the brush is set down near the box, in order of w. */
  const placesNear = (shape: Stroke | Ball, brush: Brush, box: VoxelBox): ArrayLike<number> => {
    const places: number[] = []
    let isSorted = true
    let highest = -Infinity
    const spacingUm = along(grid.spacingUm, axesOf(shape))
    alongPath(pointsOf(shape), spacingUm, stepOf(shape, grid.spacingUm), (u, v, w) => {
      if (!brush.touches(box, u, v, w)) return
      if (w < highest) isSorted = false
      highest = w
      places.push(u, v, w)
    })
    return isSorted ? places : sorted(places)
  }

  return (shape, clip, emit) => {
    const box = reachable(shape, grid, clip)
    if (isEmpty(box)) return
    const axes = axesOf(shape)
    const [, , across] = axes
    const brush = new Brush(shape, along(grid.spacingUm, axes), extents[across] as FindExtents)
    const places = placesNear(shape, brush, box)
    if (places.length === 0) return

    const setDown = (u: number, v: number, w: number, slice: number): void => {
      if (!brush.isLonely(u, v, w)) return brush.stamp(box, u, v, w, slice, bits)
      const [x, y] = [nearestVoxel(u), nearestVoxel(v)]
      const isHere = nearestVoxel(w) === slice && x >= box.x0 && x < box.x1 && y >= box.y0 && y < box.y1
      if (isHere) bits.set(y, x, x + 1)
    }
    const tell: Emit = across === 2 ? emit : (slice, v, u0, u1) => emitInPlane(across, slice, v, u0, u1, emit)

    bits.open(box.x0, box.x1, box.y0, box.y1)
    let first = 0
    for (let slice = box.z0; slice < box.z1 && first < places.length; slice++) {
      for (let at = first; at < places.length; at += 3) {
        const w = places[at + 2] as number
        const side = brush.side(w, slice)
        if (side > 0) break
        if (side === 0) setDown(places[at] as number, places[at + 1] as number, w, slice)
        else if (at === first) first += 3
      }
      bits.drain(slice, tell)
    }
  }
}
