/**
 * Whether a shape is on the plane a pane shows, asked of geometry: `on` it where it was drawn in a parallel plane within half a slice, `across`
 * it where its own plane is another one and this one cuts it. Pure; patient space, mm.
 */
import type { Contour } from '@consilium/crdt-schema/kind'
import { areParallel, axesAcross } from '@consilium/geometry/across'
import { normalOf, type Plane } from '@consilium/geometry/plane'
import { add, dot, middleOf, scale, subtract, type Vec3 } from '@consilium/geometry/vec3'
import { momentOf, placeOf } from '../panes/moments.ts'
import { nearestPlace } from '../panes/reformat/places.ts'
import type { SeriesFrames } from '../panes/series.ts'

export type Meeting = 'on' | 'across' | null

export interface Shown {
  readonly series: Pick<SeriesFrames, 'planes' | 'meta' | 'base'>
  readonly frame: number
  readonly plane: Plane
}

export interface Drawn {
  /** As it was taken. */
  readonly frame: number
  /** Of the plane it was drawn in; absent: that of the slices as they were taken. */
  readonly normal?: Vec3 | undefined
  readonly points: readonly Vec3[]
}

/** Of the height between its lowest and highest point: a plane through its very end would cut nothing off. */
const WITHIN = 1e-6

export function meetingOf({ frame, normal, points }: Drawn, shown: Shown): Meeting {
  const { series, plane } = shown
  const taken = series.base ?? series
  if (momentOf(frame, taken.meta) !== momentOf(shown.frame, series.meta)) return null
  const own = normal ?? normalOf(taken.planes[0] ?? plane)
  if (points.length < 2 || areParallel(own, normalOf(plane))) {
    if (!series.base && (!normal || areParallel(own, normalOf(taken.planes[0] ?? plane))))
      return frame === shown.frame ? 'on' : null
    return nearestPlace(series, middleOf(points)) === placeOf(shown.frame, series.meta) ? 'on' : null
  }
  return levelIn(points, shown) === null ? null : 'across'
}

/** mm above the plane at which it cuts the shape: 0, or for a shape between two planes the nearest there is; null where it does not. */
export function levelIn(
  points: readonly Vec3[],
  { series, plane }: Pick<Shown, 'series' | 'plane'>,
): number | null {
  const normal = normalOf(plane)
  let least = Number.POSITIVE_INFINITY
  let most = Number.NEGATIVE_INFINITY
  for (const at of points) {
    const height = dot(subtract(at, plane.origin), normal)
    least = Math.min(least, height)
    most = Math.max(most, height)
  }
  const inset = (most - least) * WITHIN
  const level = Math.max(least + inset, Math.min(most - inset, 0))
  return Math.abs(level) <= gapOf(series) / 2 ? level : null
}

/** mm between the planes of a series; of a single one so thin that only what lies on it is met. */
function gapOf({ planes, meta: { slices } }: Shown['series']): number {
  const [first, second] = planes
  if (!first || !second || slices < 2) return 1e-3
  return Math.abs(dot(subtract(second.origin, first.origin), normalOf(first)))
}

/** Where a plane cuts a line: pairs between which a closed one lies on either side, in order along it; of an open one the points. */
export function crossings({ points, closed }: Contour, plane: Plane, level: number): readonly Vec3[][] {
  const normal = normalOf(plane)
  const heights = points.map((at) => dot(subtract(at, plane.origin), normal) - level)
  const found: Vec3[] = []
  for (let i = 0; i < points.length - (closed ? 0 : 1); i++) {
    const [a, b] = [points[i], points[(i + 1) % points.length]]
    const [from, to] = [heights[i] as number, heights[(i + 1) % points.length] as number]
    if (a && b && from < 0 !== to < 0) found.push(add(a, scale(subtract(b, a), from / (from - to))))
  }
  if (!closed) return found.map((at) => [at])
  const along = normalAcross(found)
  const sorted = found.toSorted((a, b) => dot(a, along) - dot(b, along))
  return Array.from({ length: sorted.length >> 1 }, (_, pair) => sorted.slice(2 * pair, 2 * pair + 2))
}

/** The direction in which points of one line lie apart. */
function normalAcross(points: readonly Vec3[]): Vec3 {
  const [first] = points
  const ways = points.map((at) => subtract(at, first ?? at))
  return ways.reduce((a, b) => (dot(b, b) > dot(a, a) ? b : a), [0, 0, 0])
}

/** The plane a shape was drawn in, with the axes its kind means by across and down. */
export function planeDrawn({ normal, points }: Pick<Drawn, 'normal' | 'points'>, taken: Plane): Plane {
  if (!normal || areParallel(normal, normalOf(taken))) return taken
  return {
    ...taken,
    ...axesAcross(normal, taken),
    origin: points[0] ?? taken.origin,
    columnSpacing: 1,
    rowSpacing: 1,
  }
}
