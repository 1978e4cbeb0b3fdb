/**
 * What the values inside a closed shape are like, of the picture it was drawn on. Always rescaled values, never greys; a pixel counts where
 * its centre lies inside.
 */
import { type KindName, kindOf } from '@consilium/crdt-schema/kinds'
import { forEachInside } from '@consilium/geometry/inside'
import { toPlane } from '@consilium/geometry/plane'
import { type Statistics, statisticsOf } from '@consilium/geometry/statistics'
import type { Vec3 } from '@consilium/geometry/vec3'
import type { Sheet } from './sheet.ts'

export interface Roi extends Statistics {
  /** Of its pixels; the area that its line encloses is a measure of the shape itself. mm², or px² where a pixel counts as 1 mm. */
  readonly area: number
  /** Pixels inside that have no value: there is no picture. */
  readonly left: number
}

/** Whether a kind has an inside. */
export const enclosesValues = (kind: KindName): boolean => kindOf(kind).comparedBy === 'area'

/** A sentence where it holds no value. `plane`: with the axes its kind means by across and down. */
export function roiOn(
  sheet: Sheet,
  kind: KindName,
  points: readonly Vec3[],
  plane: Sheet['plane'],
): Roi | string {
  const values: number[] = []
  let left = 0
  for (const contour of kindOf(kind).contours(points, plane)) {
    if (!contour.closed) continue
    const outline = contour.points.map((at) => toPlane(sheet.plane, at))
    forEachInside(outline, sheet, (pixel) => {
      const value = sheet.valueAt(pixel)
      if (value === null) left++
      else values.push(value)
    })
  }
  const statistics = statisticsOf(Float64Array.from(values))
  if (!statistics)
    return left > 0 ? 'There is no picture inside of it.' : 'No pixel has its centre inside of it.'
  return { ...statistics, area: statistics.count * sheet.plane.columnSpacing * sheet.plane.rowSpacing, left }
}
