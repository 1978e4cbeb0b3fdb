/**
 * The places where a brush is set down: at the points that were drawn, and between them so close together that the edge is straight and
 * nothing is left out, also between slices that lie far apart.
 */
import { ceilDiv, floorDiv, isqrt } from './exact.ts'
import { Q } from './grid.ts'
import { AXES_IN } from './planes.ts'
import type { Ball, Stroke } from './shape.ts'

/** What a point in an oblique plane is divided by. */
export const BASIS_SCALE = 1024

type Triple = readonly [number, number, number]

/**
 * How far apart a brush is set down at most, along each axis, in µm times quarters of a voxel. So that the hem stays fine: 4√(r·s), s being the
 * finest spacing, for two circles that far apart meet s/8 below their tops. So that no row is left out between coarse ones: no more than
 * the half width of the brush as far from its middle as a row can be, or one voxel.
 */
export function stepOf(shape: Stroke | Ball, spacingUm: Triple): number {
  const moving = shape.shape === 'ball' ? spacingUm : AXES_IN[shape.axis].map((axis) => spacingUm[axis])
  const finest = Math.min(...moving)
  const radius = Q * shape.radiusUm
  const half = Q / 2
  const off = moving.reduce((sum, s) => sum + (half * s) ** 2, 0) - (half * finest) ** 2
  const width = isqrt(Math.max(0, radius * radius - off))
  return Math.max(half * finest, Math.min(isqrt(Q * radius * finest), Math.max(Q * finest, width)))
}

/** Into how many equal steps the way between two points is cut. */
export function stepsBetween(dx: number, dy: number, dz: number, spacingUm: Triple, step: number): number {
  const [sx, sy, sz] = spacingUm
  return Math.max(1, ceilDiv(Math.max(Math.abs(dx) * sx, Math.abs(dy) * sy, Math.abs(dz) * sz), step))
}

/** The points of a stroke or ball, along its axes (`axesOf`), three numbers each. */
export const pointsAlongAxes = (shape: Stroke | Ball): Int32Array =>
  shape.shape === 'stroke' ? pointsOfStroke(shape) : pointsOfBall(shape)

function pointsOfStroke({ slice, points }: Stroke): Int32Array {
  const out = new Int32Array((points.length / 2) * 3)
  for (let from = 0, to = 0; from < points.length; from += 2, to += 3) {
    out[to] = points[from] as number
    out[to + 1] = points[from + 1] as number
    out[to + 2] = slice * Q
  }
  return out
}

function pointsOfBall({ points, origin, u, v }: Ball): Int32Array {
  const out = new Int32Array((points.length / 2) * 3)
  for (let axis = 0; axis < 3; axis++) {
    const [start, alongU, alongV] = [origin[axis] as number, u[axis] as number, v[axis] as number]
    for (let from = 0, to = axis; from < points.length; from += 2, to += 3) {
      const way = (points[from] as number) * alongU + (points[from + 1] as number) * alongV
      out[to] = start + floorDiv(way + BASIS_SCALE / 2, BASIS_SCALE)
    }
  }
  return out
}

/** Calls `visit` for each place, in the order drawn. */
export function alongPath(
  points: Int32Array,
  spacingUm: Triple,
  step: number,
  visit: (u: number, v: number, w: number) => void,
): void {
  let [x, y, z] = [points[0] as number, points[1] as number, points[2] as number]
  visit(x, y, z)
  for (let i = 3; i < points.length; i += 3) {
    const dx = (points[i] as number) - x
    const dy = (points[i + 1] as number) - y
    const dz = (points[i + 2] as number) - z
    if (dx === 0 && dy === 0 && dz === 0) continue
    const k = stepsBetween(dx, dy, dz, spacingUm, step)
    for (let j = 1; j < k; j++) {
      visit(
        x + floorDiv(2 * dx * j + k, 2 * k),
        y + floorDiv(2 * dy * j + k, 2 * k),
        z + floorDiv(2 * dz * j + k, 2 * k),
      )
    }
    x += dx
    y += dy
    z += dz
    visit(x, y, z)
  }
}
