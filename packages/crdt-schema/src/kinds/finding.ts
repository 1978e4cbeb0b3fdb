/**
 * Something said about the picture rather than drawn on it: present, uncertain or absent, with confidence and reasons.
 * The answer itself is in the envelope every annotation shares; a finding may point at one place, or at none.
 */
import type { Kind } from './kind.ts'
import { countFault, firstFault, placeFault } from './points.ts'

const vertices = { min: 0, max: 1 } as const

export const finding: Kind<'finding'> = {
  name: 'finding',
  title: 'Finding',
  vertices,
  planar: false,
  fault: (points) =>
    firstFault(
      () => countFault('A finding', points, vertices),
      () => placeFault(points),
    ),
  contours: (points) => (points.length === 0 ? [] : [{ points, closed: false }]),
  measures: () => [],
  comparedBy: 'answer',
}
