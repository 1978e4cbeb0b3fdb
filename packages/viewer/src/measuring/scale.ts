/**
 * In what scale a shape is measured: mostly that of its series. A picture of ultrasound states no size of a pixel but regions with a scale
 * each (PS3.3 C.8.5.5): a shape that lies inside of one is measured in it, and any other in pixels, because its lengths mean nothing else.
 */
import { type KindName, kindOf } from '@consilium/crdt-schema/kinds'
import { type Plane, type PlanePoint, toPatient, toPlane } from '@consilium/geometry/plane'
import { add, distance, type Vec3 } from '@consilium/geometry/vec3'
import type { Region } from '@consilium/imaging/series'
import { markOf } from '../marks/all.ts'
import type { SeriesMeta } from '../panes/series.ts'
import { lengthUnit, type SpacingAt } from '../stage/lengths.ts'

export type Scaled = Pick<SeriesMeta, 'spacingAt' | 'regions'>

/** A shape as it is measured. */
export interface Scale {
  readonly at: SpacingAt
  /** Its points where distances between them are in the unit that `at` names; never to be shown or kept. */
  readonly points: readonly Vec3[]
  /** What an area of the picture's plane is multiplied by to be in that unit. */
  readonly area: number
  /** A sentence where lengths are in pixels although parts of the picture have a scale. */
  readonly why: string | null
}

const NOT_INSIDE = 'In pixels: it does not lie inside of one part of the picture whose scale the file states.'

/** `plane`: the one it was drawn in. */
export function scaleOf(
  { spacingAt, regions = [] }: Scaled,
  kind: KindName,
  points: readonly Vec3[],
  plane: Plane,
): Scale {
  const own: Scale = { at: spacingAt, points, area: 1, why: null }
  if (spacingAt !== null || regions.length === 0) return own
  const { contours, stretched } = kindOf(kind)
  const outline = contours(points, plane).flatMap((contour) => contour.points.map((at) => toPlane(plane, at)))
  const [region, other] = regions.filter((one) => outline.every((place) => isInside(one, place)))
  if (!region || (other && !isSameScale(region, other))) return { ...own, why: NOT_INSIDE }
  const to = (at: Vec3): Vec3 => inRegion(region, at, plane)
  const { row, column } = region.spacing
  return {
    at: 'patient',
    points: stretched ? stretched(points, to) : points.map(to),
    area: (row * column) / (plane.rowSpacing * plane.columnSpacing),
    why: null,
  }
}

/** The figure of its mark, "14.2 mm"; null where it has none. */
export function figureOf(
  series: Scaled,
  kind: KindName,
  points: readonly Vec3[],
  plane: Plane,
): string | null {
  const scale = scaleOf(series, kind, points, plane)
  return markOf(kind).figure(scale.points, plane, lengthUnit(scale.at))
}

/** Along a direction of the picture as a whole: how many mm or px one unit of its plane is. Of several regions none speaks for all of it. */
export function scaleAlong(
  { spacingAt, regions = [] }: Scaled,
  direction: Vec3,
  plane: Plane,
): { readonly at: SpacingAt; readonly length: number } {
  const [region, other] = regions
  if (spacingAt !== null || !region || other) return { at: spacingAt, length: 1 }
  const to = (at: Vec3): Vec3 => inRegion(region, at, plane)
  return { at: 'patient', length: distance(to(plane.origin), to(add(plane.origin, direction))) }
}

/** Where a place lies in a plane whose pixels are as large as the region says. */
const inRegion = ({ spacing }: Region, at: Vec3, plane: Plane): Vec3 =>
  toPatient({ ...plane, columnSpacing: spacing.column, rowSpacing: spacing.row }, toPlane(plane, at))

/** Its outermost pixels are whole: their centres are whole numbers. */
const isInside = ({ left, top, right, bottom }: Region, { x, y }: PlanePoint): boolean =>
  x >= left - 0.5 && x <= right + 0.5 && y >= top - 0.5 && y <= bottom + 0.5

const isSameScale = ({ spacing: a }: Region, { spacing: b }: Region): boolean =>
  a.row === b.row && a.column === b.column
