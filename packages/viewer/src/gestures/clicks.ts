/**
 * Many points, one click each; done by a click on the first, a double click or Enter, or with the last of as many as there may be. A held
 * button moves the newest point.
 */
import { distance } from '@consilium/geometry/vec3'
import { done, type Gesture, IDLE, type Stroke } from './gesture.ts'

/** `least`: points below which it cannot be finished; `most`: with these it is. */
export function clicks(least: number, most = Number.POSITIVE_INFINITY): Gesture {
  const finish = (stroke: Stroke): Stroke =>
    stroke.status === 'drawing' && stroke.points.length >= least ? done(stroke.points) : stroke
  return {
    press: (stroke, hand) => {
      const first = stroke.points[0]
      const newest = stroke.points.at(-1)
      if (stroke.status !== 'drawing' || !first || !newest) {
        return { status: 'drawing', points: [hand.at], hover: hand.at, pressed: true }
      }
      if (stroke.points.length >= least && distance(first, hand.at) < hand.reach) return finish(stroke)
      // The second press of a double click falls on the point the first one placed.
      if (distance(newest, hand.at) < hand.reach / 2) return { ...stroke, hover: hand.at }
      return { ...stroke, points: [...stroke.points, hand.at], hover: hand.at, pressed: true }
    },
    move: (stroke, hand) => {
      if (stroke.status !== 'drawing') return stroke
      if (!stroke.pressed) return { ...stroke, hover: hand.at }
      return { ...stroke, points: [...stroke.points.slice(0, -1), hand.at], hover: hand.at }
    },
    release: (stroke) => {
      if (!stroke.pressed) return stroke
      return stroke.points.length >= most ? done(stroke.points) : { ...stroke, pressed: false }
    },
    finish,
    back: (stroke) => {
      if (stroke.status !== 'drawing') return stroke
      const points = stroke.points.slice(0, -1)
      return points.length > 0 ? { ...stroke, points, pressed: false } : IDLE
    },
    outline: (stroke) => {
      const newest = stroke.points.at(-1)
      if (stroke.status !== 'drawing' || !stroke.hover || !newest || distance(newest, stroke.hover) === 0) {
        return stroke.points
      }
      return [...stroke.points, stroke.hover]
    },
  }
}
