/**
 * An ellipse, turned any way, kept as the two ends of one axis and an end of the other. Three places rather than four: whoever drags one
 * cannot bend it.
 */
import { around, ellipseArea, ellipseBy, ellipseOf } from '@consilium/geometry/ellipse'
import { add, length, subtract, type Vec3 } from '@consilium/geometry/vec3'
import type { Kind } from './kind.ts'
import { countFault, firstFault, flatFault, NO_AREA_MM2, placeFault } from './points.ts'

const vertices = { min: 3, max: 3 } as const
/** Of the line drawn: at a radius of a hundred pixels it strays from the curve by a seventieth of one. A multiple of four. */
const CORNERS = 180

export const ellipse: Kind<'ellipse'> = {
  name: 'ellipse',
  title: 'Ellipse',
  vertices,
  planar: true,
  fault: (points, normal) => {
    const made = ellipseBy(points)
    return firstFault(
      () => countFault('An ellipse', points, vertices),
      () => placeFault(points),
      () => flatFault(points, normal),
      () => (made && ellipseArea(made) < NO_AREA_MM2 ? 'An ellipse must enclose an area.' : null),
    )
  },
  contours: (points) => {
    const made = ellipseBy(points)
    if (made) return [{ points: around(made, CORNERS), closed: true }]
    return points.length === 0 ? [] : [{ points, closed: false }]
  },
  measures: (points) => {
    const made = ellipseBy(points)
    if (!made) return []
    const [first, second] = [2 * length(made.u), 2 * length(made.v)]
    return [
      { name: 'long axis', value: Math.max(first, second), unit: 'mm' },
      { name: 'short axis', value: Math.min(first, second), unit: 'mm' },
      { name: 'area', value: ellipseArea(made), unit: 'mm²' },
    ]
  },
  stretched,
  comparedBy: 'area',
}

/** Ends of its axes come to be ends of two diameters that need not be square to each other; the axes of what they span are others. */
function stretched(points: readonly Vec3[], to: (at: Vec3) => Vec3): readonly Vec3[] {
  const made = ellipseBy(points)
  if (!made) return points.map(to)
  const middle = to(made.middle)
  const half = (way: Vec3): Vec3 => subtract(to(add(made.middle, way)), middle)
  const { u, v } = ellipseOf(middle, half(made.u), half(made.v))
  return [subtract(middle, u), add(middle, u), add(middle, v)]
}
