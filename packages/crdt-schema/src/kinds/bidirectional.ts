/**
 * Two diameters at right angles, as lesions are measured for RECIST and lymph nodes by their short axis: the ends of one, then the ends of the
 * other. The second line is always square to the first, whatever was written: of the way between its ends only the part across counts, so
 * two people who drag at both cannot make it a slanting one.
 */
import { squareEnd } from '@consilium/geometry/distances'
import { distance, type Vec3 } from '@consilium/geometry/vec3'
import type { Kind } from './kind.ts'
import { apartFault, countFault, firstFault, flatFault, placeFault } from './points.ts'

const vertices = { min: 4, max: 4 } as const
const NONE = 'A diameter has no length.'

export const bidirectional: Kind<'bidirectional'> = {
  name: 'bidirectional',
  title: 'Bidirectional',
  noun: 'bidirectional measurement',
  vertices,
  planar: true,
  fault: (points, normal) => {
    const [a, b, c] = points
    return firstFault(
      () => countFault('A bidirectional measurement', points, vertices),
      () => placeFault(points),
      () => apartFault(a, [b], NONE),
      () => apartFault(c, [secondEnd(points)], NONE),
      () => flatFault(points, normal),
    )
  },
  contours: (points) => {
    const [a, b, c] = points
    const d = secondEnd(points)
    return [
      ...(a ? [{ points: b ? [a, b] : [a], closed: false }] : []),
      ...(c ? [{ points: d ? [c, d] : [c], closed: false }] : []),
    ]
  },
  measures: (points) => {
    const [a, b, c] = points
    const d = secondEnd(points)
    if (!a || !b) return []
    const first = distance(a, b)
    if (!c || !d) return [{ name: 'long axis', value: first, unit: 'mm' }]
    const second = distance(c, d)
    return [
      { name: 'long axis', value: Math.max(first, second), unit: 'mm' },
      { name: 'short axis', value: Math.min(first, second), unit: 'mm' },
    ]
  },
  comparedBy: 'distance',
}

/** Where the second line ends. */
const secondEnd = ([a, b, c, d]: readonly Vec3[]): Vec3 | undefined =>
  a && b && c && d ? squareEnd(a, b, c, d) : undefined
