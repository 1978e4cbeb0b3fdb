/**
 * The places where a brush is set down: at the points that were drawn, and between them close enough that the edge of the union strays from
 * the straight one by no more than three eighths of the finest spacing, whatever the spacings are.
 */
import { ceilDiv, floorDiv, isqrt } from './exact.ts'
import { Q } from './grid.ts'
import { AXES_IN } from './planes.ts'
import type { Ball, Stroke } from './shape.ts'

/** What a point in an oblique plane is divided by. */
export const BASIS_SCALE = 1024

type Triple = readonly [number, number, number]

/** How far apart a brush is set down at most, along each axis, in µm times quarters of a voxel. */
export const stepOf = (radiusUm: number, finestUm: number): number =>
  Math.max((Q / 2) * finestUm, isqrt(Q * Q * radiusUm * finestUm))

/** Into how many equal steps the way between two points is cut. */
export function stepsBetween(d: Triple, spacingUm: Triple, step: number): number {
  const farthest = Math.max(
    Math.abs(d[0]) * spacingUm[0],
    Math.abs(d[1]) * spacingUm[1],
    Math.abs(d[2]) * spacingUm[2],
  )
  return Math.max(1, ceilDiv(farthest, step))
}

/** The points of a stroke or ball as x, y, z each. */
export function pointsInSpace(shape: Stroke | Ball): Float64Array {
  const { points } = shape
  const count = points.length / 2
  const out = new Float64Array(3 * count)
  for (let i = 0; i < count; i++) {
    const u = points[2 * i] as number
    const v = points[2 * i + 1] as number
    if (shape.shape === 'stroke') {
      const [uAxis, vAxis] = AXES_IN[shape.axis]
      out[3 * i + shape.axis] = shape.slice * Q
      out[3 * i + uAxis] = u
      out[3 * i + vAxis] = v
    } else {
      for (let axis = 0; axis < 3; axis++) {
        const along = u * (shape.u[axis] as number) + v * (shape.v[axis] as number)
        out[3 * i + axis] = (shape.origin[axis] as number) + floorDiv(along + BASIS_SCALE / 2, BASIS_SCALE)
      }
    }
  }
  return out
}

/** Calls `visit` for each place, in the order drawn. */
export function alongPath(
  points: Float64Array,
  spacingUm: Triple,
  step: number,
  visit: (x: number, y: number, z: number) => void,
): void {
  let [x, y, z] = [points[0] as number, points[1] as number, points[2] as number]
  visit(x, y, z)
  for (let i = 3; i < points.length; i += 3) {
    const dx = (points[i] as number) - x
    const dy = (points[i + 1] as number) - y
    const dz = (points[i + 2] as number) - z
    if (dx === 0 && dy === 0 && dz === 0) continue
    const k = stepsBetween([dx, dy, dz], spacingUm, step)
    for (let j = 1; j <= k; j++) {
      visit(
        x + floorDiv(2 * dx * j + k, 2 * k),
        y + floorDiv(2 * dy * j + k, 2 * k),
        z + floorDiv(2 * dz * j + k, 2 * k),
      )
    }
    x += dx
    y += dy
    z += dz
  }
}

/** The finest spacing among the axes that a brush moves along. */
export function finestFor(shape: Stroke | Ball, spacingUm: Triple): number {
  if (shape.shape === 'ball') return Math.min(...spacingUm)
  const [u, v] = AXES_IN[shape.axis]
  return Math.min(spacingUm[u], spacingUm[v])
}
