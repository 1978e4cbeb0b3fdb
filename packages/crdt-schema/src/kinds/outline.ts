/** What polygon and freehand contour have in common: a closed line around an area in one plane. */

import { normalOf } from '@consilium/geometry/plane'
import { areaOf } from '@consilium/geometry/polygon'
import type { Kind } from './kind.ts'
import { countFault, firstFault, flatFault, placeFault } from './points.ts'

/** Below this there is nothing inside the line: a square of a hundredth of a millimetre. */
const NO_AREA_MM2 = 1e-4

/** `saidAs` begins a sentence: "A polygon". */
export function outline<Name extends string>(
  name: Name,
  title: string,
  saidAs: string,
  vertices: { readonly min: number; readonly max: number },
): Kind<Name> {
  return {
    name,
    title,
    vertices,
    planar: true,
    fault: (points, normal) =>
      firstFault(
        () => countFault(saidAs, points, vertices),
        () => placeFault(points),
        () => flatFault(points, normal),
        () => (areaOf(points, normal) < NO_AREA_MM2 ? `${saidAs} must enclose an area.` : null),
      ),
    contours: (points) => (points.length === 0 ? [] : [{ points, closed: true }]),
    measures: (points, plane) =>
      points.length < 3 ? [] : [{ name: 'area', value: areaOf(points, normalOf(plane)), unit: 'mm²' }],
    comparedBy: 'area',
  }
}
