/**
 * What a drawing gesture is: a pure machine from the hand's points to the points of a shape. All points are patient space, mm.
 * It knows neither pixels nor kinds; a mark says which gesture makes it and what its points mean.
 */
import type { Vec3 } from '@consilium/geometry/vec3'

/** The hand at one moment. */
export interface Hand {
  readonly at: Vec3
  /** mm within which two places are the same to the hand (8 CSS pixels). */
  readonly reach: number
  /** How hard a pen is pressed, 0 to 1; absent of anything else. */
  readonly pressure?: number
  /** Shift is held: what is drawn is to be as far across as down. */
  readonly even?: boolean
}

export interface Stroke {
  readonly status: 'idle' | 'drawing' | 'done'
  /** Placed so far. */
  readonly points: readonly Vec3[]
  /** Where the next one would go. */
  readonly hover: Vec3 | null
  /** The button is held and moves the newest point. */
  readonly pressed: boolean
}

export const IDLE: Stroke = { status: 'idle', points: [], hover: null, pressed: false }

export interface Gesture {
  readonly press: (stroke: Stroke, hand: Hand) => Stroke
  readonly move: (stroke: Stroke, hand: Hand) => Stroke
  readonly release: (stroke: Stroke, hand: Hand) => Stroke
  /** Double click, or Enter: done where there is enough, else unchanged. */
  readonly finish: (stroke: Stroke) => Stroke
  /** Takes back the newest point (Backspace). */
  readonly back: (stroke: Stroke) => Stroke
  /** The shape as it would be now, with the point under the hand. */
  readonly outline: (stroke: Stroke) => readonly Vec3[]
}

export const done = (points: readonly Vec3[]): Stroke => ({
  status: 'done',
  points,
  hover: null,
  pressed: false,
})
