/**
 * A rectangle along the rows and columns of its picture, kept as two opposite corners.
 * Two corners rather than four: whoever drags one cannot bend it, and two people dragging opposite corners both succeed.
 */

import type { Plane } from '@consilium/geometry/plane'
import { add, dot, scale, subtract, type Vec3 } from '@consilium/geometry/vec3'
import type { Kind } from './kind.ts'
import { countFault, firstFault, flatFault, placeFault, SAME_PLACE_MM, twoPlacesFault } from './points.ts'

const vertices = { min: 2, max: 2 } as const

/** From the first corner to the second, along the rows and along the columns, mm; signed. */
function sides(points: readonly Vec3[], plane: Plane): { from: Vec3; across: number; down: number } | null {
  const [a, b] = points
  if (!a || !b) return null
  const d = subtract(b, a)
  return { from: a, across: dot(d, plane.row), down: dot(d, plane.column) }
}

export const box: Kind<'box'> = {
  name: 'box',
  title: 'Box',
  vertices,
  planar: true,
  fault: (points, normal) =>
    firstFault(
      () => countFault('A box', points, vertices),
      () => placeFault(points),
      () => twoPlacesFault(points),
      () => flatFault(points, normal),
    ),
  faultOn: (points, plane) => {
    const s = sides(points, plane)
    if (!s || Math.min(Math.abs(s.across), Math.abs(s.down)) >= SAME_PLACE_MM) return null
    return 'A box must enclose an area.'
  },
  contours: (points, plane) => {
    const s = sides(points, plane)
    if (!s) return []
    const across = scale(plane.row, s.across)
    const down = scale(plane.column, s.down)
    const opposite = add(s.from, add(across, down))
    return [{ points: [s.from, add(s.from, across), opposite, add(s.from, down)], closed: true }]
  },
  measures: (points, plane) => {
    const s = sides(points, plane)
    if (!s) return []
    return [
      { name: 'width', value: Math.abs(s.across), unit: 'mm' },
      { name: 'height', value: Math.abs(s.down), unit: 'mm' },
    ]
  },
  comparedBy: 'area',
}
