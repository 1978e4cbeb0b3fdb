/** The distance between two places, mm. */
import { distance } from '@consilium/geometry/vec3'
import type { Kind } from './kind.ts'
import { countFault, firstFault, placeFault, twoPlacesFault } from './points.ts'

const vertices = { min: 2, max: 2 } as const

export const length: Kind<'length'> = {
  name: 'length',
  title: 'Length',
  vertices,
  planar: false,
  fault: (points) =>
    firstFault(
      () => countFault('A length', points, vertices),
      () => placeFault(points),
      () => twoPlacesFault(points),
    ),
  contours: (points) => (points.length === 0 ? [] : [{ points, closed: false }]),
  measures: ([a, b]) => (a && b ? [{ name: 'length', value: distance(a, b), unit: 'mm' }] : []),
  comparedBy: 'distance',
}
