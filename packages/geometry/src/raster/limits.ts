/**
 * Where a shape lies, what it costs, and what is wrong with it: asked before anybody rasterises what somebody else wrote.
 * A fault is one sentence; what has none is safe to rasterise, and its work is bounded.
 */
import { ceilDiv, floorDiv, nearestVoxel } from './exact.ts'
import { type Grid, Q, type VoxelBox, wholeGrid } from './grid.ts'
import { pointsAlongAxes, stepOf, stepsBetween } from './path.ts'
import { AXES_IN, along, axesOf, intersection, isEmpty } from './planes.ts'
import { ROW } from './runs.ts'
import type { Axis, Ball, Polygon, Shape, Stroke } from './shape.ts'

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
  if (shape.shape === 'stroke') return strokeBounds(shape, grid)
  const points = pointsAlongAxes(shape)
  const [x, y, z] = ([0, 1, 2] as const).map((axis) => {
    const [least, most] = range(points, axis, 3)
    return brushEnds(least, most, shape.radiusUm, grid.spacingUm[axis])
  }) as [Ends, Ends, Ends]
  return { x0: x[0], x1: x[1], y0: y[0], y1: y[1], z0: z[0], z1: z[1] }
}

/** Asked of thousands at once: their points are looked through as they lie. */
function strokeBounds({ axis, slice, radiusUm, points }: Stroke, { spacingUm }: Grid): VoxelBox {
  const [u, v] = AXES_IN[axis]
  const [leastU, mostU, leastV, mostV] = rangeOfPairs(points)
  return boxInPlane(
    axis,
    brushEnds(leastU, mostU, radiusUm, spacingUm[u]),
    brushEnds(leastV, mostV, radiusUm, spacingUm[v]),
    slice,
  )
}

type Ends = readonly [low: number, high: number]

/** Voxels along an axis that a brush covers whose middle goes from one place to another. */
function brushEnds(least: number, most: number, radiusUm: number, spacingUm: number): Ends {
  const radius = Q * radiusUm
  const low = Math.min(nearestVoxel(least), ceilDiv(least * spacingUm - radius, Q * spacingUm))
  const high = 1 + Math.max(nearestVoxel(most), floorDiv(most * spacingUm + radius, Q * spacingUm))
  return [low, high]
}

/** `u` and `v`: along the two other axes, in the order x, y, z. */
function boxInPlane(axis: Axis, [u0, u1]: Ends, [v0, v1]: Ends, slice: number): VoxelBox {
  const end = slice + 1
  if (axis === 0) return { x0: slice, x1: end, y0: u0, y1: u1, z0: v0, z1: v1 }
  if (axis === 1) return { x0: u0, x1: u1, y0: slice, y1: end, z0: v0, z1: v1 }
  return { x0: u0, x1: u1, y0: v0, y1: v1, z0: slice, z1: end }
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

/** Of u, v, u, v …: the least and the greatest u, and those of v. */
function rangeOfPairs(numbers: Int32Array): readonly [number, number, number, number] {
  if (numbers.length === 0) return [Infinity, -Infinity, Infinity, -Infinity]
  let leastU = numbers[0] as number
  let leastV = numbers[1] as number
  let mostU = leastU
  let mostV = leastV
  for (let i = 2; i < numbers.length; i += 2) {
    const u = numbers[i] as number
    const v = numbers[i + 1] as number
    if (u < leastU) leastU = u
    else if (u > mostU) mostU = u
    if (v < leastV) leastV = v
    else if (v > mostV) mostV = v
  }
  return [leastU, mostU, leastV, mostV]
}

function polygonBounds({ axis, slice, points }: Polygon): VoxelBox {
  const [leastU, mostU, leastV, mostV] = rangeOfPairs(points)
  return boxInPlane(
    axis,
    [ceilDiv(leastU, Q), ceilDiv(mostU, Q)],
    [ceilDiv(leastV, Q), ceilDiv(mostV, Q)],
    slice,
  )
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
