/** The angle at a corner, kept as one end, the corner, and the other end. */
import { angleAt } from '@consilium/geometry/angles'
import type { Kind } from './kind.ts'
import { apartFault, countFault, firstFault, flatFault, placeFault } from './points.ts'

const vertices = { min: 3, max: 3 } as const

export const angle: Kind<'angle'> = {
  name: 'angle',
  title: 'Angle',
  vertices,
  planar: true,
  fault: (points, normal) => {
    const [a, corner, b] = points
    return firstFault(
      () => countFault('An angle', points, vertices),
      () => placeFault(points),
      () => apartFault(corner, [a, b], 'An end of the angle lies on its corner.'),
      () => flatFault(points, normal),
    )
  },
  contours: (points) => (points.length === 0 ? [] : [{ points, closed: false }]),
  measures: ([a, corner, b]) =>
    a && corner && b ? [{ name: 'angle', value: angleAt(corner, a, b), unit: '°' }] : [],
  comparedBy: 'angle',
}
