/** Angles between lines in patient space, degrees. Lines without a length make none: 0. */
import { add, cross, dot, length, scale, subtract, type Vec3 } from '../vec3.ts'

const DEGREES = 180 / Math.PI

/** Between two directions, 0 to 180. By arcus tangens: near 0 and 180 the cosine alone would lose its digits. */
export const angleBetween = (a: Vec3, b: Vec3): number => Math.atan2(length(cross(a, b)), dot(a, b)) * DEGREES

/** At `corner`, between the ways to `a` and to `b`. */
export const angleAt = (corner: Vec3, a: Vec3, b: Vec3): number =>
  angleBetween(subtract(a, corner), subtract(b, corner))

export type Line = readonly [from: Vec3, to: Vec3]

/**
 * Cobb's angle (1948) between two lines, 0 to 180, whichever way round each of them was drawn: both are taken as pointing to the same side of
 * the line that joins their middles, so that a curve of more than 90 degrees is told as what it is. Where they cross in their middles
 * there is no such side, and the smaller angle is meant.
 */
export function cobbAngle(first: Line, second: Line): number {
  const [a, b] = [along(first), along(second)]
  const spine = subtract(middle(second), middle(first))
  const sides = dot(cross(spine, a), cross(spine, b))
  const angle = angleBetween(a, b)
  return sides < 0 || (sides === 0 && angle > 90) ? 180 - angle : angle
}

const along = ([from, to]: Line): Vec3 => subtract(to, from)
const middle = ([from, to]: Line): Vec3 => scale(add(from, to), 0.5)
