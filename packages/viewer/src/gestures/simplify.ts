/** Ramer-Douglas-Peucker: fewer points, none of those left out farther than `tolerance` mm from the line that stays. */
import { cross, distance, dot, length, subtract, type Vec3 } from '@consilium/geometry/vec3'

export function simplify(points: readonly Vec3[], tolerance: number): readonly Vec3[] {
  if (points.length < 3) return points
  const keep = new Uint8Array(points.length)
  keep[0] = keep[points.length - 1] = 1
  // A stack instead of recursion: a stroke may have thousands of points.
  const spans: [number, number][] = [[0, points.length - 1]]
  for (let span = spans.pop(); span; span = spans.pop()) {
    const [from, to] = span
    const farthest = farthestBetween(points, from, to)
    if (farthest.away <= tolerance) continue
    keep[farthest.index] = 1
    spans.push([from, farthest.index], [farthest.index, to])
  }
  return points.filter((_, index) => keep[index] === 1)
}

function farthestBetween(points: readonly Vec3[], from: number, to: number): { index: number; away: number } {
  let index = from
  let away = -1
  const a = points[from]
  const b = points[to]
  if (!a || !b) return { index, away }
  for (let i = from + 1; i < to; i++) {
    const p = points[i]
    const d = p ? distanceToSegment(p, a, b) : 0
    if (d > away) {
      away = d
      index = i
    }
  }
  return { index, away }
}

function distanceToSegment(p: Vec3, a: Vec3, b: Vec3): number {
  const ab = subtract(b, a)
  const ap = subtract(p, a)
  const squared = dot(ab, ab)
  if (squared === 0) return distance(p, a)
  const t = dot(ap, ab) / squared
  if (t <= 0) return distance(p, a)
  if (t >= 1) return distance(p, b)
  return length(cross(ab, ap)) / Math.sqrt(squared)
}
