/** Two points: press, drag, release; or click, move, click, for hands that cannot drag (WCAG 2.5.7). */
import { distance } from '@consilium/geometry/vec3'
import { done, type Gesture, IDLE } from './gesture.ts'

export const drag: Gesture = {
  press: (stroke, hand) => {
    const first = stroke.points[0]
    if (stroke.status !== 'drawing' || !first) {
      return { status: 'drawing', points: [hand.at], hover: hand.at, pressed: true }
    }
    return { ...stroke, hover: hand.at, pressed: true }
  },
  move: (stroke, hand) => (stroke.status === 'drawing' ? { ...stroke, hover: hand.at } : stroke),
  release: (stroke, hand) => {
    const first = stroke.points[0]
    if (stroke.status !== 'drawing' || !first) return stroke
    // Let go where it was pressed: the second point follows by a second click.
    if (distance(first, hand.at) < hand.reach / 2) return { ...stroke, hover: first, pressed: false }
    return done([first, hand.at])
  },
  finish: (stroke) => {
    const first = stroke.points[0]
    if (stroke.status !== 'drawing' || !first || !stroke.hover || stroke.hover === first) return stroke
    return done([first, stroke.hover])
  },
  back: (stroke) => (stroke.status === 'drawing' ? IDLE : stroke),
  outline: (stroke) =>
    stroke.status === 'drawing' && stroke.hover ? [...stroke.points, stroke.hover] : stroke.points,
}
