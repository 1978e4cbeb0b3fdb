/** A line around what is meant: drawn in one go, or, where the first press did not move, corner by corner (WCAG 2.5.7). */
import { distance } from '@consilium/geometry/vec3'
import { clicks } from '../clicks.ts'
import type { Gesture, Stroke } from '../gesture.ts'
import { PATH_LIMITS, path } from '../path.ts'

const corners = clicks(PATH_LIMITS.least)

/** Corners have a place under the hand; a free line is where the hand was. */
const isFree = ({ pressed, hover }: Stroke): boolean => pressed && hover === null

export const lasso: Gesture = {
  press: (stroke, hand) => (stroke.status === 'drawing' ? corners : path).press(stroke, hand),
  move: (stroke, hand) => (isFree(stroke) ? path : corners).move(stroke, hand),
  release: (stroke, hand) => {
    if (!isFree(stroke)) return corners.release(stroke, hand)
    const [first] = stroke.points
    const moved = stroke.points.some((point) => first && distance(first, point) > hand.reach)
    const drawn = moved ? path.release(stroke, hand) : stroke
    if (drawn.status === 'done' || !first) return drawn
    return { status: 'drawing', points: [first], hover: first, pressed: false }
  },
  finish: (stroke) => (isFree(stroke) ? stroke : corners.finish(stroke)),
  back: (stroke) => (isFree(stroke) ? stroke : corners.back(stroke)),
  outline: (stroke) => (isFree(stroke) ? path : corners).outline(stroke),
}
