/**
 * Where a shape lies, what it costs, and what is wrong with it: asked before anybody rasterises what somebody else wrote.
 * A fault is one sentence; what has none is safe to rasterise, and its work is bounded.
 */
import { ceilDiv, floorDiv, nearestVoxel } from './exact.ts'
import { type Grid, Q, type VoxelBox, wholeGrid } from './grid.ts'
import { pointsAlongAxes, stepOf, stepsBetween } from './path.ts'
import { AXES_IN, along, axesOf, boxOf, intersection, isEmpty } from './planes.ts'
import { ROW } from './runs.ts'
import type { Ball, Polygon, Shape, Stroke } from './shape.ts'

/** What setting a brush down costs beside the voxels it covers. */
const PER_STAMP = 16
const NOWHERE: VoxelBox = { x0: 0, x1: 0, y0: 0, y1: 0, z0: 0, z1: 0 }

/** A box that holds every voxel of the shape, within the grid; of no size where the shape covers nothing of it. */
export function boundsOf(shape: Shape, grid: Grid): VoxelBox {
  const box = intersection(wholeGrid(grid), looseBounds(shape, grid))
  return isEmpty(box) ? NOWHERE : box
}

function looseBounds(shape: Shape, grid: Grid): VoxelBox {
  switch (shape.shape) {
    case 'masked':
      return looseBounds(shape.base, grid)
    case 'stroke':
    case 'ball':
      return sweepBounds(shape, grid)
    case 'polygon':
      return polygonBounds(shape)
    case 'runs':
      return rowBounds(shape.rows)
  }
}

function sweepBounds(shape: Stroke | Ball, grid: Grid): VoxelBox {
  const radius = Q * shape.radiusUm
  // Of thousands of strokes this is asked at once: their points are looked through as they lie.
  const isFlat = shape.shape === 'stroke'
  const points = isFlat ? shape.points : pointsAlongAxes(shape)
  const numbers = isFlat ? 2 : 3
  const low = [0, 0, 0]
  const high = [0, 0, 0]
  for (const [offset, axis] of axesOf(shape).entries()) {
    if (offset === numbers) continue
    const [least, most] = range(points, offset, numbers)
    const s = grid.spacingUm[axis]
    low[axis] = Math.min(nearestVoxel(least), ceilDiv(least * s - radius, Q * s))
    high[axis] = 1 + Math.max(nearestVoxel(most), floorDiv(most * s + radius, Q * s))
  }
  if (isFlat) {
    low[shape.axis] = shape.slice
    high[shape.axis] = shape.slice + 1
  }
  return boxOf(low, high)
}

/** The least and the greatest of every so many-th number. */
function range(numbers: Int32Array, first: number, step: number): readonly [number, number] {
  let least = Infinity
  let most = -Infinity
  for (let i = first; i < numbers.length; i += step) {
    const n = numbers[i] as number
    if (n < least) least = n
    if (n > most) most = n
  }
  return [least, most]
}

function polygonBounds({ axis, slice, points }: Polygon): VoxelBox {
  const low = [0, 0, 0]
  const high = [0, 0, 0]
  for (const [offset, inPlane] of AXES_IN[axis].entries()) {
    const [least, most] = range(points, offset, 2)
    low[inPlane] = ceilDiv(least, Q)
    high[inPlane] = ceilDiv(most, Q)
  }
  low[axis] = slice
  high[axis] = slice + 1
  return boxOf(low, high)
}

function rowBounds(rows: Int32Array): VoxelBox {
  const [y0, y1] = range(rows, 1, ROW)
  const [x0] = range(rows, 2, ROW)
  const [, x1] = range(rows, 3, ROW)
  return { x0, x1, y0, y1: y1 + 1, z0: rows[0] ?? 0, z1: (rows[rows.length - ROW] ?? -1) + 1 }
}

/** About how many voxels are visited to rasterise the whole shape, those outside the grid and repeated ones included. */
export function workOf(shape: Shape, grid: Grid): number {
  switch (shape.shape) {
    case 'masked':
      return workOf(shape.base, grid) + shape.keep.length
    case 'stroke':
    case 'ball':
      return sweepWork(shape, grid)
    case 'polygon': {
      const { x0, x1, y0, y1, z0, z1 } = boundsOf(shape, grid)
      const lines = shape.axis === 2 ? y1 - y0 : z1 - z0
      return (x1 - x0) * (y1 - y0) * (z1 - z0) + (lines * shape.points.length) / 2
    }
    case 'runs': {
      let voxels = 0
      for (let i = 0; i < shape.rows.length; i += ROW)
        voxels += (shape.rows[i + 3] as number) - (shape.rows[i + 2] as number)
      return voxels
    }
  }
}

function sweepWork(shape: Stroke | Ball, grid: Grid): number {
  const { spacingUm } = grid
  const across = spacingUm.map((s) => 1 + floorDiv(2 * shape.radiusUm, s))
  if (shape.shape === 'stroke') across[shape.axis] = 1
  const box = across.reduce((product, n) => product * n, 1)
  // A round brush fills π/4 of its square, a ball π/6 of its cube, with π as 22/7. A slab is found by walking its ball's rows.
  const isRound = shape.shape === 'stroke' && !shape.square
  const filled =
    shape.shape === 'ball' ? Math.floor((11 * box) / 21) : isRound ? Math.floor((11 * box) / 14) : box
  const step = stepOf(shape, spacingUm)
  const points = pointsAlongAxes(shape)
  const spacing = along(spacingUm, axesOf(shape))
  let stamps = 1
  for (let i = 3; i < points.length; i += 3) {
    const way = (k: number) => (points[i + k] as number) - (points[i + k - 3] as number)
    stamps += stepsBetween(way(0), way(1), way(2), spacing, step)
  }
  return stamps * (PER_STAMP + filled)
}
