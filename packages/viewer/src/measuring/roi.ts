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
  forEachValue(sheet, kind, points, plane, (value) => {
    if (value === null) left++
    else values.push(value)
  })
  const statistics = statisticsOf(Float64Array.from(values))
  if (!statistics)
    return left > 0 ? 'There is no picture inside of it.' : 'No pixel has its centre inside of it.'
  return { ...statistics, area: areaOf(sheet, statistics.count), left }
}

/** What is told while it is drawn, at every move of the hand. */
export type RoiDrawn = Pick<Roi, 'count' | 'mean' | 'sdSample' | 'min' | 'max' | 'area'>

/**
 * The same in one pass that keeps no values (Welford 1962): a hand does not wait until a hundred thousand of them are sorted for a median.
 * Null where it holds none.
 */
export function roiWhileDrawn(
  sheet: Sheet,
  kind: KindName,
  points: readonly Vec3[],
  plane: Sheet['plane'],
): RoiDrawn | null {
  let [count, mean, squares] = [0, 0, 0]
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  forEachValue(sheet, kind, points, plane, (value) => {
    if (value === null) return
    count++
    const off = value - mean
    mean += off / count
    squares += off * (value - mean)
    if (value < min) min = value
    if (value > max) max = value
  })
  if (count === 0) return null
  const sdSample = count > 1 ? Math.sqrt(squares / (count - 1)) : null
  return { count, mean, sdSample, min, max, area: areaOf(sheet, count) }
}

const areaOf = ({ plane }: Sheet, pixels: number): number => pixels * plane.columnSpacing * plane.rowSpacing

/** Null where a pixel inside has no value. */
function forEachValue(
  sheet: Sheet,
  kind: KindName,
  points: readonly Vec3[],
  plane: Sheet['plane'],
  take: (value: number | null) => void,
): void {
  for (const contour of kindOf(kind).contours(points, plane)) {
    if (!contour.closed) continue
    const outline = contour.points.map((at) => toPlane(sheet.plane, at))
    forEachInside(outline, sheet, (pixel) => take(sheet.valueAt(pixel)))
  }
}
