/** One point: placed by a press, moved while the button is held, done when it is let go. */
import { done, type Gesture } from './gesture.ts'

export const point: Gesture = {
  press: (_stroke, hand) => ({ status: 'drawing', points: [hand.at], hover: hand.at, pressed: true }),
  move: (stroke, hand) => (stroke.pressed ? { ...stroke, points: [hand.at], hover: hand.at } : stroke),
  release: (stroke, hand) => (stroke.pressed ? done([hand.at]) : stroke),
  finish: (stroke) => stroke,
  back: (stroke) => stroke,
  outline: (stroke) => stroke.points,
}
