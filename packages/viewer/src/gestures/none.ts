/** What is not drawn by one stroke of the hand: nothing that is done with it begins a shape. */
import type { Gesture } from './gesture.ts'

export const none: Gesture = {
  press: (stroke) => stroke,
  move: (stroke) => stroke,
  release: (stroke) => stroke,
  finish: (stroke) => stroke,
  back: (stroke) => stroke,
  outline: () => [],
}
