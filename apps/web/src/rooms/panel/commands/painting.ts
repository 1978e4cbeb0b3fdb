/** While a brush is in the hand. */
import { type Command, keys } from './command.ts'

export const PAINTING: readonly Command[] = [
  {
    id: 'paint.smaller',
    title: 'Smaller brush',
    group: 'Painting',
    keys: keys('['),
    situation: 'painting',
    run: ({ painting }) => painting.brush.stepSize(-1),
  },
  {
    id: 'paint.larger',
    title: 'Larger brush',
    group: 'Painting',
    keys: keys(']'),
    situation: 'painting',
    run: ({ painting }) => painting.brush.stepSize(1),
  },
]
