/** One place: a landmark, the centre of a nodule. */
import type { Kind } from './kind.ts'
import { countFault, firstFault, placeFault } from './points.ts'

const vertices = { min: 1, max: 1 } as const

export const keypoint: Kind<'keypoint'> = {
  name: 'keypoint',
  title: 'Key point',
  vertices,
  planar: false,
  fault: (points) =>
    firstFault(
      () => countFault('A key point', points, vertices),
      () => placeFault(points),
    ),
  contours: (points) => (points.length === 0 ? [] : [{ points, closed: false }]),
  measures: () => [],
  comparedBy: 'distance',
}
