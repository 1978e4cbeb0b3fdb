/** What the hands work on: the picture a pane shows just now, as they see it. */
import type { Hand } from '../gestures/gesture.ts'
import { leastWidth, spanOf } from '../panes/greys.ts'
import { frameWords } from '../panes/moments.ts'
import { takenFrame } from '../panes/reformat/places.ts'
import { type Camera, toPatientOn } from './camera.ts'
import type { Sheet } from './drawing.ts'
import type { HandPoint } from './pointer.ts'
import type { Window } from './scene.ts'
import type { Range } from './viewDrags.ts'
import type { Viewing } from './viewing.ts'

/** CSS pixels within which two places are one to the hand. */
const REACH_PX = 8

export interface Ground extends Range, Sheet {
  readonly camera: Camera
  readonly window: Window
}

/** Null where no picture is shown. */
export function groundOf({ series, plane, camera, frame, window }: Viewing): Ground | null {
  if (!series || !plane || !camera) return null
  const { meta } = series
  return {
    series: meta.id,
    frame,
    plane,
    where: frameWords(frame, meta),
    taken: (at) => takenFrame(series, frame, at),
    camera,
    window,
    range: spanOf(meta),
    leastWidth: leastWidth(meta),
  }
}

/** What is drawn on belongs to it for good. */
export const sheetOf = ({ series, frame, plane, where, taken }: Ground): Sheet => ({
  series,
  frame,
  plane,
  where,
  taken,
})

export const handAt = ({ camera, plane }: Ground, place: HandPoint): Hand => ({
  at: toPatientOn(camera, plane, place),
  reach: (place.reach ?? REACH_PX) * camera.mmPerPixel,
  ...(place.pressure === undefined ? {} : { pressure: place.pressure }),
})
