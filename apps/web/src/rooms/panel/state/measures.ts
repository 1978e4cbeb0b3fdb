/** The plane an annotation was drawn in, from its series as the case lists it; null where the case has no such slice any more. */
import type { Annotation } from '@consilium/crdt-schema/annotation'
import type { Measure } from '@consilium/crdt-schema/kind'
import { kindOf } from '@consilium/crdt-schema/kinds'
import type { Plane } from '@consilium/geometry/plane'
import { planesOf, type SeriesMeta } from '@consilium/viewer/series'
import type { Desk } from './desk.ts'

const planes = new WeakMap<SeriesMeta, readonly Plane[]>()

export function planeOf(desk: Desk, { source }: Annotation): Plane | null {
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
  return known[source.frame] ?? null
}

export function measuresOf(desk: Desk, annotation: Annotation): readonly Measure[] {
  const plane = planeOf(desk, annotation)
  return plane
    ? kindOf(annotation.kind).measures(
        annotation.vertices.map(({ at }) => at),
        plane,
      )
    : []
}
