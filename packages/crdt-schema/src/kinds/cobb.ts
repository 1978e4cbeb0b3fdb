/**
 * Cobb's angle of a curved spine: between a line along the upper end plate of the curve's first vertebra and one along the lower end plate of its
 * last, kept as the two ends of each. Which way round a line was drawn makes no difference.
 */
import { cobbAngle } from '@consilium/geometry/angles'
import { add, scale, type Vec3 } from '@consilium/geometry/vec3'
import type { Contour, Kind } from './kind.ts'
import { apartFault, countFault, firstFault, flatFault, placeFault } from './points.ts'

const vertices = { min: 4, max: 4 } as const

export const cobb: Kind<'cobb'> = {
  name: 'cobb',
  title: 'Cobb angle',
  noun: 'Cobb angle',
  vertices,
  planar: true,
  fault: (points, normal) => {
    const [a, b, c, d] = points
    const none = 'A line of the Cobb angle has no length.'
    return firstFault(
      () => countFault('A Cobb angle', points, vertices),
      () => placeFault(points),
      () => apartFault(a, [b], none),
      () => apartFault(c, [d], none),
      () => flatFault(points, normal),
    )
  },
  contours: (points) => {
    const lines = [points.slice(0, 2), points.slice(2, 4)].filter(({ length }) => length > 0)
    return [...lines.map((line) => ({ points: line, closed: false })), ...joined(points)]
  },
  measures: ([a, b, c, d]) =>
    a && b && c && d ? [{ name: 'angle', value: cobbAngle([a, b], [c, d]), unit: '°' }] : [],
  comparedBy: 'angle',
}

/** Of several on one picture it is seen which two lines belong together. */
function joined([a, b, c, d]: readonly Vec3[]): Contour[] {
  if (!a || !b || !c || !d) return []
  return [{ points: [scale(add(a, b), 0.5), scale(add(c, d), 0.5)], closed: false, helping: true }]
}
