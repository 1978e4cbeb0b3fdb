/** How far a hand's movement changes window, zoom and slice. Pure; movements in CSS pixels. */
import type { Window } from './scene.ts'

/** Of a series' values. */
export interface Range {
  readonly range: number
  /** Of a window: 1 for LINEAR (PS3.3 C.11.2.1.2). */
  readonly leastWidth: number
}

/**
 * Right widens, down raises the level, as in OHIF; a pixel is 1/1024 of the series' range (4 HU for CT), a tenth of that with Shift.
 * Not rounded, so that small movements add up.
 */
export function dragWindow(
  start: Window,
  dx: number,
  dy: number,
  { range, leastWidth }: Range,
  fine: boolean,
): Window {
  const perPixel = (Math.max(range, 1e-6) / 1024) * (fine ? 0.1 : 1)
  return { center: start.center + dy * perPixel, width: Math.max(leastWidth, start.width + dx * perPixel) }
}

/** To whole numbers where the range is wide enough for them, else to four digits of the range. */
export function tidyWindow({ center, width }: Window, { range, leastWidth }: Range): Window {
  const step = range > 100 ? 1 : Math.max(range, 1e-6) / 10_000
  const tidy = (value: number): number => Math.round(value / step) * step
  return { center: tidy(center), width: Math.max(leastWidth, tidy(width)) }
}

/** Down enlarges; a pane's height is a factor of 20 either way. */
export const dragZoom = (dy: number, height: number): number => Math.exp((3 * dy) / Math.max(height, 1))

/** Ctrl and wheel, which is also what a pinch on a trackpad sends: up enlarges. */
export const wheelZoom = (deltaY: number): number => Math.exp(-Math.max(-120, Math.min(120, deltaY)) * 0.0015)

export interface Wheel {
  readonly deltaY: number
  /** WheelEvent.deltaMode: 0 pixels, 1 lines, 2 pages. */
  readonly deltaMode: number
}

/** From this many pixels in one event on it is a notch of a wheel; less is a trackpad, whose way is added up. */
const NOTCH_PX = 50
const TRACKPAD_STEP_PX = 40
const NOTCHES_PX = 120

/** Slices to go for this event, and the way left over for the next one. One per notch; a turn back starts anew. */
export function wheelSteps(rest: number, wheel: Wheel): { readonly steps: number; readonly rest: number } {
  const { deltaY, deltaMode } = wheel
  if (deltaY === 0) return { steps: 0, rest }
  const sign = Math.sign(deltaY)
  if (deltaMode === 1) return { steps: sign * Math.max(1, Math.round(Math.abs(deltaY) / 3)), rest: 0 }
  if (deltaMode === 2) return { steps: sign, rest: 0 }
  if (Math.abs(deltaY) >= NOTCH_PX)
    return { steps: sign * Math.max(1, Math.round(Math.abs(deltaY) / NOTCHES_PX)), rest: 0 }
  const way = (Math.sign(rest) === -sign ? 0 : rest) + deltaY
  const steps = Math.trunc(way / TRACKPAD_STEP_PX) || 0
  return { steps, rest: way - steps * TRACKPAD_STEP_PX }
}
