/** The plane an annotation was drawn in, from its series as the case lists it; null where the case has no such slice any more. */
import type { Annotation } from '@consilium/crdt-schema/annotation'
import type { Measure } from '@consilium/crdt-schema/kind'
import { type KindName, kindOf } from '@consilium/crdt-schema/kinds'
import { type Plane, toPatient, toPlane } from '@consilium/geometry/plane'
import type { Vec3 } from '@consilium/geometry/vec3'
import { planeDrawn } from '@consilium/viewer/meets'
import { figureOf as figureIn, type Scale, scaleOf } from '@consilium/viewer/scale'
import { planesOf, type SeriesMeta } from '@consilium/viewer/series'
import { measureText } from '../measures/measureText.ts'
import type { Desk } from './desk.ts'
import { centerOf } from './middle.ts'

const planes = new WeakMap<SeriesMeta, readonly Plane[]>()

/** What of an annotation says where it lies. */
export type Lying = Pick<Annotation, 'source'> & { readonly vertices: readonly { readonly at: Vec3 }[] }

export function planeOf(desk: Desk, { source, vertices }: Lying): Plane | null {
  const series = desk.series.list.find((one) => one.id === source.series)
  if (!series) return null
  let known = planes.get(series)
  if (!known) {
    try {
      known = planesOf(series)
    } catch {
      // A series without places has no measures; that it cannot be shown is said on the image.
      known = []
    }
    planes.set(series, known)
  }
  const taken = known[source.frame]
  return taken ? planeDrawn({ normal: source.normal, points: vertices.map(({ at }) => at) }, taken) : null
}

const PIN_SHARES = [0.5, 1, 0]

/** Where a thread about it is pinned: at its right edge on the picture, so that the pin does not cover what it is about. */
export function besideOf(desk: Desk, annotation: Annotation): Vec3 {
  const points = annotation.vertices.map(({ at }) => at)
  const plane = planeOf(desk, annotation)
  const middle = centerOf(annotation)
  if (!plane || !middle) return middle ?? [0, 0, 0]
  const places = points.map((point) => toPlane(plane, point))
  const heights = places.map(({ y }) => y)
  const top = Math.min(...heights)
  // Several threads about one annotation stand below each other.
  const share =
    PIN_SHARES[
      desk.talk.summaries().filter(({ thread }) => thread.anchor.annotation === annotation.id).length %
        PIN_SHARES.length
    ] ?? 0.5
  return toPatient(plane, {
    x: Math.max(...places.map(({ x }) => x)),
    y: top + share * (Math.max(...heights) - top),
  })
}

/** A measure as it may be told: in pixels where the file does not state their size. */
export interface SaidMeasure extends Pick<Measure, 'name'> {
  readonly text: string
}

export function measuresOf(desk: Desk, annotation: Annotation): readonly SaidMeasure[] {
  const [plane, scale] = [planeOf(desk, annotation), scaleFor(desk, annotation.kind, annotation)]
  if (!plane || !scale) return []
  return kindOf(annotation.kind)
    .measures(scale.points, plane)
    .map((measure) => ({ name: measure.name, text: measureText(measure, scale.at) }))
}

/** Why its lengths are in pixels where parts of its picture have a scale; null where they are not, or it has none. */
export function whyInPixels(desk: Desk, annotation: Annotation): string | null {
  const [plane, scale] = [planeOf(desk, annotation), scaleFor(desk, annotation.kind, annotation)]
  if (!plane || !scale?.why) return null
  const measures = kindOf(annotation.kind).measures(scale.points, plane)
  return measures.some(({ unit }) => unit !== '°') ? scale.why : null
}

/** The figure of its mark, "14.2 mm"; null where it has none. */
export function figureOf(desk: Desk, annotation: Annotation): string | null {
  const [plane, series] = [planeOf(desk, annotation), seriesOf(desk, annotation)]
  return plane && series ? figureIn(series, annotation.kind, pointsOf(annotation), plane) : null
}

/** The scale a shape is measured in; null where the case has no such slice any more. */
export function scaleFor(desk: Desk, kind: KindName, lying: Lying): Scale | null {
  const [plane, series] = [planeOf(desk, lying), seriesOf(desk, lying)]
  return plane && series ? scaleOf(series, kind, pointsOf(lying), plane) : null
}

const pointsOf = ({ vertices }: Lying): readonly Vec3[] => vertices.map(({ at }) => at)
const seriesOf = ({ series }: Desk, { source }: Lying) =>
  series.list.find((one) => one.id === source.series) ?? null
