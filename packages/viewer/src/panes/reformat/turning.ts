/** A plane turned about a direction in it or about the sight line: what the hand and the keys do to oblique planes. Pure; patient space. */
import { add, cross, dot, normalize, scale, type Vec3 } from '@consilium/geometry/vec3'

/** Rodrigues' formula; `axis` is a unit vector, the angle in radians by the right hand. */
export function turned(normal: Vec3, axis: Vec3, angle: number): Vec3 {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const along = scale(axis, dot(axis, normal) * (1 - cos))
  return normalize(add(add(scale(normal, cos), scale(cross(axis, normal), sin)), along))
}
