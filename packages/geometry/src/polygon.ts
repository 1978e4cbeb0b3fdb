/**
 * Flat polygons in patient space: area, bounds, and how far the points stray from one plane. Coordinates in mm.
 * The points are the corners in order; the last is joined to the first. Nothing here throws: too few points have no area.
 */
import { dot, type Vec3 } from './vec3.ts'

export interface Bounds {
  readonly min: Vec3
  readonly max: Vec3
}

/** Twice the vector area (Newell): its length is twice the area, its direction the normal by the right-hand rule. */
function doubleVectorArea(points: readonly Vec3[]): Vec3 {
  const origin = points[0]
  if (origin === undefined) return [0, 0, 0]
  // Written out, for it is asked of every contour that is drawn or received: the sum of cross(before, here).
  let [x, y, z] = [0, 0, 0]
  // Measured from the first corner, not from the patient origin, so that small shapes far away keep their digits.
  const last = points.at(-1) ?? origin
  let [bx, by, bz] = [last[0] - origin[0], last[1] - origin[1], last[2] - origin[2]]
  for (const point of points) {
    const [hx, hy, hz] = [point[0] - origin[0], point[1] - origin[1], point[2] - origin[2]]
    x += by * hz - bz * hy
    y += bz * hx - bx * hz
    z += bx * hy - by * hx
    bx = hx
    by = hy
    bz = hz
  }
  return [x, y, z]
}

/** Area seen along `normal` (unit), mm². Overlapping loops of opposite sense cancel, as in every shoelace formula. */
export const areaOf = (points: readonly Vec3[], normal: Vec3): number =>
  Math.abs(dot(doubleVectorArea(points), normal)) / 2

/** The smallest axis-aligned block around the points, or null without any. */
export function boundsOf(points: readonly Vec3[]): Bounds | null {
  const first = points[0]
  if (first === undefined) return null
  const min: [number, number, number] = [...first]
  const max: [number, number, number] = [...first]
  for (const [x, y, z] of points) {
    min[0] = Math.min(min[0], x)
    min[1] = Math.min(min[1], y)
    min[2] = Math.min(min[2], z)
    max[0] = Math.max(max[0], x)
    max[1] = Math.max(max[1], y)
    max[2] = Math.max(max[2], z)
  }
  return { min, max }
}

/** Distance along `normal` (unit) between the lowest and the highest point, mm: 0 where all lie in one plane. */
export function thicknessOf(points: readonly Vec3[], normal: Vec3): number {
  const first = points[0]
  let low = 0
  let high = 0
  if (first === undefined) return 0
  for (const [x, y, z] of points) {
    const height = (x - first[0]) * normal[0] + (y - first[1]) * normal[1] + (z - first[2]) * normal[2]
    low = Math.min(low, height)
    high = Math.max(high, height)
  }
  return high - low
}
