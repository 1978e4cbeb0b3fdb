/** Shapes by signed distance (negative inside, mm): tapered capsules for whatever is a tube or an egg, ellipsoids for the rest. */

import type { Vec3 } from '@consilium/geometry/vec3'

/** A round cone with round ends from a (radius ra) to b (radius rb). */
export interface Capsule {
  readonly ax: number
  readonly ay: number
  readonly az: number
  readonly bx: number
  readonly by: number
  readonly bz: number
  readonly ra: number
  readonly rb: number
}

export type Point = Vec3

export const capsule = (a: Point, ra: number, b: Point, rb: number): Capsule => ({
  ax: a[0],
  ay: a[1],
  az: a[2],
  bx: b[0],
  by: b[1],
  bz: b[2],
  ra,
  rb,
})

/** Way points [x, y, z, radius] -> capsules. */
export const tube = (...points: readonly (readonly [number, number, number, number])[]): Capsule[] =>
  points.slice(1).map(([x, y, z, r], k) => {
    const [px, py, pz, pr] = points[k] as readonly [number, number, number, number]
    return capsule([px, py, pz], pr, [x, y, z], r)
  })

export function capsuleDistance(c: Capsule, x: number, y: number, z: number): number {
  const dx = c.bx - c.ax
  const dy = c.by - c.ay
  const dz = c.bz - c.az
  const px = x - c.ax
  const py = y - c.ay
  const pz = z - c.az
  const size = dx * dx + dy * dy + dz * dz
  let t = size > 0 ? (px * dx + py * dy + pz * dz) / size : 0
  t = t < 0 ? 0 : t > 1 ? 1 : t
  const ex = px - t * dx
  const ey = py - t * dy
  const ez = pz - t * dz
  return Math.sqrt(ex * ex + ey * ey + ez * ez) - (c.ra + t * (c.rb - c.ra))
}

/** Whether any of the capsule, grown by `margin`, touches the plane z. */
export const crosses = (c: Capsule, z: number, margin: number): boolean => {
  const r = Math.max(c.ra, c.rb) + margin
  return z >= Math.min(c.az, c.bz) - r && z <= Math.max(c.az, c.bz) + r
}

/** Axis-aligned ellipsoid, first-order distance. */
export function ellipsoidDistance(
  x: number,
  y: number,
  z: number,
  rx: number,
  ry: number,
  rz: number,
): number {
  const a = x / rx
  const b = y / ry
  const c = z / rz
  const k0 = Math.sqrt(a * a + b * b + c * c)
  const k1 = Math.sqrt((a / rx) ** 2 + (b / ry) ** 2 + (c / rz) ** 2)
  return k1 > 0 ? (k0 * (k0 - 1)) / k1 : -Math.min(rx, ry, rz)
}

/** Union whose seam is rounded over k mm. */
export function blend(a: number, b: number, k: number): number {
  const h = Math.max(k - Math.abs(a - b), 0) / k
  return Math.min(a, b) - h * h * k * 0.25
}
