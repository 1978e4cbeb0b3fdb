/** The figure beside a shape: a length with one decimal (visual.md: a space before the unit). */
import { distance, type Vec3 } from '@consilium/geometry/vec3'
import type { LengthUnit } from '../stage/lengths.ts'

export const said = (length: number, unit: LengthUnit = 'mm'): string => `${length.toFixed(1)} ${unit}`

/** Longest distance between two points of a line, mm: the long axis of an outline. */
export function longAxis(points: readonly Vec3[]): number {
  let longest = 0
  points.forEach((a, i) => {
    for (let j = i + 1; j < points.length; j++) {
      const b = points[j]
      if (b) longest = Math.max(longest, distance(a, b))
    }
  })
  return longest
}
