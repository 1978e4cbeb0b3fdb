/**
 * From planes across a series to its own slices and back. Whatever is kept or sent names the slice as it was taken that is nearest to the
 * place it is about; a pane that shows other planes asks here which of its own is meant. Pure.
 */
import { normalOf, type Plane } from '@consilium/geometry/plane'
import { dot, subtract, type Vec3 } from '@consilium/geometry/vec3'
import { frameOf, momentOf } from '../moments.ts'
import type { SeriesFrames } from '../series.ts'

type Placed = Pick<SeriesFrames, 'planes' | 'meta'>
type Sliced = Placed & Pick<SeriesFrames, 'base'>

/** The place of a series whose plane is nearest to a patient point; planes stand in order along their normal. */
export function nearestPlace({ planes, meta: { slices } }: Placed, at: Vec3): number {
  const [first] = planes
  if (!first) return 0
  const normal = normalOf(first)
  const height = (place: number): number =>
    dot(subtract((planes[place] as Plane).origin, first.origin), normal)
  const wanted = dot(subtract(at, first.origin), normal)
  const whole = height(slices - 1)
  const guess = whole === 0 ? 0 : Math.round((wanted / whole) * (slices - 1))
  let place = Math.max(0, Math.min(slices - 1, guess))
  // Where gaps differ the guess is off by a few.
  const away = (one: number): number => Math.abs(height(one) - wanted)
  while (place > 0 && away(place - 1) < away(place)) place--
  while (place < slices - 1 && away(place + 1) < away(place)) place++
  return place
}

/** The slice as it was taken, of the moment of a frame of this series, that is nearest to a place. */
export function takenFrame(series: Sliced, frame: number, at: Vec3): number {
  const { base } = series
  return base ? frameOf(nearestPlace(base, at), momentOf(frame, series.meta), base.meta) : frame
}

/** The frame of this series through a place, of the moment of one of its frames. */
export const frameThrough = (series: Sliced, frame: number, at: Vec3): number =>
  frameOf(nearestPlace(series, at), momentOf(frame, series.meta), series.meta)

/** The frame of this series at a place, of the moment of a slice as it was taken. */
export function frameAt(series: Sliced, taken: number, at: Vec3): number {
  const { base, meta } = series
  return base ? frameOf(nearestPlace(series, at), momentOf(taken, base.meta), meta) : taken
}
