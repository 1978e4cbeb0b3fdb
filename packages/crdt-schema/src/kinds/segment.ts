/**
 * A part of a volume with a name and a colour. What lies in it is painted (mask/), by as many people at once as like, so it has no
 * vertices; its source says on which series' grid it lies, and where it was begun.
 */
import type { Kind } from './kind.ts'
import { countFault } from './points.ts'

const vertices = { min: 0, max: 0 } as const

export const segment: Kind<'segment'> = {
  name: 'segment',
  title: 'Segment',
  vertices,
  planar: false,
  fault: (points) => countFault('A segment', points, vertices),
  contours: () => [],
  measures: () => [],
  comparedBy: 'voxels',
}
