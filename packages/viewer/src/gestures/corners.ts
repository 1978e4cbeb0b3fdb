/** Two opposite corners along the rows and columns of the picture, as `drag` makes them; with Shift as far across as down. */
import type { Axes } from '@consilium/geometry/across'
import { add, dot, scale, subtract } from '@consilium/geometry/vec3'
import { drag } from './drag.ts'
import type { Gesture, Hand, Stroke } from './gesture.ts'

export function corners({ row, column }: Axes): Gesture {
  const squared = ({ points: [first] }: Stroke, hand: Hand): Hand => {
    if (!first || !hand.even) return hand
    const way = subtract(hand.at, first)
    const [across, down] = [dot(way, row), dot(way, column)]
    const side = Math.max(Math.abs(across), Math.abs(down))
    const signed = (part: number): number => (part < 0 ? -side : side)
    return { ...hand, at: add(first, add(scale(row, signed(across)), scale(column, signed(down)))) }
  }
  return {
    ...drag,
    // A press that begins has nothing yet to be square to.
    press: (stroke, hand) => drag.press(stroke, stroke.status === 'drawing' ? squared(stroke, hand) : hand),
    move: (stroke, hand) => drag.move(stroke, squared(stroke, hand)),
    release: (stroke, hand) => drag.release(stroke, squared(stroke, hand)),
  }
}
