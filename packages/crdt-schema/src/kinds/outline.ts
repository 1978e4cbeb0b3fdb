/** What polygon and freehand contour have in common: a closed line around an area in one plane. */

import { perimeterOf } from '@consilium/geometry/distances'
import { normalOf } from '@consilium/geometry/plane'
import { areaOf } from '@consilium/geometry/polygon'
import type { Kind } from './kind.ts'
import { countFault, firstFault, flatFault, NO_AREA_MM2, placeFault } from './points.ts'

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
      points.length < 3
        ? []
        : [
            { name: 'area', value: areaOf(points, normalOf(plane)), unit: 'mm²' },
            { name: 'perimeter', value: perimeterOf(points), unit: 'mm' },
          ],
    comparedBy: 'area',
  }
}
