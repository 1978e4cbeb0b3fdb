/** Where the frames of a series lie in the patient, as its numbers say. */
import type { Plane } from '@consilium/geometry/plane'
import { isFinite3, type Vec3 } from '@consilium/geometry/vec3'
import type { SeriesMeta } from './series.ts'
import { SeriesUnusable } from './unusable.ts'

/** One plane per frame, the same one for all frames at one place. Throws SeriesUnusable where the numbers describe none. */
export function planesOf(meta: SeriesMeta): readonly Plane[] {
  const row = meta.direction.slice(0, 3)
  const column = meta.direction.slice(3, 6)
  if (!isFinite3(row) || !isFinite3(column) || !(meta.spacing.row > 0) || !(meta.spacing.column > 0)) {
    throw new SeriesUnusable('The series does not say where its slices lie in the patient.')
  }
  const places = Array.from({ length: meta.slices }, (_, place): Plane => {
    const origin = meta.positions[place] ?? []
    if (!isFinite3(origin)) throw new SeriesUnusable(`Slice ${place + 1} has no position in the patient.`)
    return {
      origin: origin as Vec3,
      row,
      column,
      columnSpacing: meta.spacing.column,
      rowSpacing: meta.spacing.row,
    }
  })
  return Array.from({ length: meta.frames }, (_, frame) => places[frame % meta.slices] as Plane)
}
