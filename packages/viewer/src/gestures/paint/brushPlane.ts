/**
 * From the places of a hand in the patient to the points of an act: whole quarters of a voxel, in the plane that the hand works on. In a
 * slice of the grid a stroke names the slice; a ball, and whatever is painted in a plane between voxels, carries its plane with it. Pure.
 */
import { type PlanePoint, toPlane } from '@consilium/geometry/plane'
import { GRID_LIMITS, type Grid, Q } from '@consilium/geometry/raster/grid'
import { AXES_IN } from '@consilium/geometry/raster/planes'
import type { Ball, Stroke } from '@consilium/geometry/raster/shape'
import { add, cross, dot, scale, subtract, type Vec3 } from '@consilium/geometry/vec3'
import { type MaskPlane, voxelOf } from '../../masks/maskPlane.ts'

/** How the points of a ball are written: the vectors of its plane are divided by this, and have components up to so many. */
const { basis: BASIS, place: FARTHEST } = GRID_LIMITS
const PER_BASIS = 1024 / BASIS

export interface Brush {
  readonly radiusMm: number
  readonly square: boolean
  readonly ball: boolean
}

/** Where points are counted from, and what they make. */
export interface BrushPlane {
  readonly pointOf: (at: Vec3) => readonly [u: number, v: number]
  readonly strokeOf: (points: Int32Array) => Stroke | Ball
}

export const radiusUmOf = (mm: number): number => {
  const { radiusUm: most, radiusStepUm: step } = GRID_LIMITS
  return Math.min(most, Math.max(0, Math.round((mm * 1_000) / step) * step))
}

/** `start`: where the hand began; what a plane between voxels is counted from. */
export function brushPlane(on: MaskPlane, grid: Grid, brush: Brush, start: Vec3): BrushPlane {
  if (!on.slice) return planeBetween(on, grid, brush, start)
  const radiusUm = radiusUmOf(brush.radiusMm)
  return brush.ball ? ballIn(on, on.slice, radiusUm) : strokeIn(on, on.slice, radiusUm, brush.square)
}

type Slice = NonNullable<MaskPlane['slice']>

/** Points of a slice, so many to a voxel. */
export const pointsIn =
  (on: MaskPlane, axis: Slice['axis'], unit: number): BrushPlane['pointOf'] =>
  (at) => {
    const voxel = voxelOf(on, at)
    const [u, v] = AXES_IN[axis]
    return [whole(voxel[u] * unit), whole(voxel[v] * unit)]
  }

function strokeIn(on: MaskPlane, { axis, index }: Slice, radiusUm: number, square: boolean): BrushPlane {
  return {
    pointOf: pointsIn(on, axis, Q),
    strokeOf: (points) => ({ shape: 'stroke', axis, slice: index, square, radiusUm, points }),
  }
}

function ballIn(on: MaskPlane, { axis, index }: Slice, radiusUm: number): BrushPlane {
  const [u, v] = AXES_IN[axis]
  const unit = (one: number, length: number): Vec3 =>
    [0, 1, 2].map((n) => (n === one ? length : 0)) as unknown as Vec3
  return {
    pointOf: pointsIn(on, axis, Q * PER_BASIS),
    strokeOf: (points) => ({
      shape: 'ball',
      slab: false,
      radiusUm,
      origin: unit(axis, index * Q),
      u: unit(u, BASIS),
      v: unit(v, BASIS),
      normal: unit(axis, 1),
      points,
    }),
  }
}

function planeBetween(on: MaskPlane, grid: Grid, { radiusMm, ball }: Brush, start: Vec3): BrushPlane {
  const { plane, inGrid } = on
  const { across, down } = inGrid
  const [alongX, alongY] = [longest(across), longest(down)]
  const level = cross(across, down).map((n, axis) => n / (grid.spacingUm[axis] as number)) as unknown as Vec3
  const from = nearestCorner(inGrid, toPlane(plane, start))
  const frame = {
    origin: from.origin,
    u: rounded(scale(across, BASIS / alongX)),
    v: rounded(scale(down, BASIS / alongY)),
    normal: rounded(scale(level, BASIS / longest(level))),
  }
  return {
    pointOf: (at) => {
      const { x, y } = toPlane(plane, at)
      return [whole((x - from.x) * alongX * Q * PER_BASIS), whole((y - from.y) * alongY * Q * PER_BASIS)]
    },
    strokeOf: (points) => ({ shape: 'ball', slab: !ball, radiusUm: radiusUmOf(radiusMm), ...frame, points }),
  }
}

/** Pixels around the beginning in which a place is looked for to count from. */
const SEARCH = 6

/**
 * A slab lies at the quarter of a voxel that it is counted from. Of those near the beginning the one nearest to the plane is taken: a slab
 * beside its plane would leave out voxels that the plane passes.
 */
function nearestCorner({ origin, across, down }: MaskPlane['inGrid'], { x, y }: PlanePoint) {
  const normal = cross(across, down)
  let best = { origin, x, y, away: Infinity }
  for (let j = -SEARCH; j <= SEARCH; j++)
    for (let i = -SEARCH; i <= SEARCH; i++) {
      const there = add(origin, add(scale(across, x + i), scale(down, y + j)))
      const corner = there.map((n) => whole(n * Q)) as unknown as Vec3
      const away = Math.abs(dot(subtract(scale(corner, 1 / Q), there), normal))
      if (away < best.away) best = { origin: corner, x: x + i, y: y + j, away }
    }
  return best
}

/** A whole number that an act may carry. Never -0: what is sent must be what is kept. */
const whole = (n: number): number => Math.min(FARTHEST, Math.max(-FARTHEST, Math.round(n))) + 0

const longest = (a: Vec3): number => Math.max(...a.map(Math.abs))

const rounded = (a: Vec3): Vec3 => a.map((n) => Math.round(n) + 0) as unknown as Vec3
