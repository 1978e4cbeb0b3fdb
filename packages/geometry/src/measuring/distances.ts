/** Lengths of and within a line of points, mm. */
import { add, distance, dot, scale, subtract, type Vec3 } from '../vec3.ts'

/** Around a closed line. */
export const perimeterOf = (points: readonly Vec3[]): number =>
  points.reduce((sum, at, i) => sum + distance(points[i - 1] ?? points.at(-1) ?? at, at), 0)

/** Longest distance between two of the points: the long axis of an outline. */
export function longestDiameter(points: readonly Vec3[]): number {
  let longest = 0
  points.forEach((a, i) => {
    for (let j = i + 1; j < points.length; j++) longest = Math.max(longest, distance(a, points[j] as Vec3))
  })
  return longest
}

/** What of `v` is square to `line`; all of it where the line has no direction. */
export function squareTo(line: Vec3, v: Vec3): Vec3 {
  const size = dot(line, line)
  return size > 0 ? subtract(v, scale(line, dot(v, line) / size)) : v
}

/** Where a line from c ends that is square to the line from a to b, and goes as far across that as d lies. */
export const squareEnd = (a: Vec3, b: Vec3, c: Vec3, d: Vec3): Vec3 =>
  add(c, squareTo(subtract(b, a), subtract(d, c)))
