/**
 * Two lines, one after the other, each drawn as `drag` draws one: pressed, dragged and let go, or by two clicks. `ends` says where the second
 * one ends while the hand is somewhere: there, or where the first line lets it.
 */
import { distance, type Vec3 } from '@consilium/geometry/vec3'
import { done, type Gesture, IDLE, type Stroke } from './gesture.ts'

export type Ends = (points: readonly [a: Vec3, b: Vec3, c: Vec3, hand: Vec3]) => Vec3

const AT_THE_HAND: Ends = ([, , , hand]) => hand

export function twoLines(ends: Ends = AT_THE_HAND): Gesture {
  /** With an end for the line that has only a beginning. */
  const ended = (points: readonly Vec3[], at: Vec3): readonly Vec3[] => {
    const [a, b, c] = points
    return a && b && c ? [a, b, c, ends([a, b, c, at])] : [...points, at]
  }
  const isBegun = ({ points }: Stroke): boolean => points.length % 2 === 1
  const end = (stroke: Stroke, at: Vec3): Stroke => {
    const points = ended(stroke.points, at)
    return points.length === 4 ? done(points) : { status: 'drawing', points, hover: null, pressed: false }
  }
  return {
    press: (stroke, hand) => {
      const held = { status: 'drawing', hover: hand.at, pressed: true } as const
      if (stroke.status !== 'drawing') return { ...held, points: [hand.at] }
      return isBegun(stroke)
        ? { ...stroke, ...held }
        : { ...stroke, ...held, points: [...stroke.points, hand.at] }
    },
    move: (stroke, hand) => (stroke.status === 'drawing' ? { ...stroke, hover: hand.at } : stroke),
    release: (stroke, hand) => {
      const begun = stroke.points.at(-1)
      if (stroke.status !== 'drawing' || !begun || !isBegun(stroke)) return stroke
      // Let go where it was pressed: the end of this line follows by a second click.
      if (distance(begun, hand.at) < hand.reach / 2) return { ...stroke, hover: begun, pressed: false }
      return end(stroke, hand.at)
    },
    finish: (stroke) => {
      const begun = stroke.points.at(-1)
      const { hover } = stroke
      if (stroke.status !== 'drawing' || !isBegun(stroke) || !hover || hover === begun) return stroke
      return end(stroke, hover)
    },
    back: (stroke) => {
      if (stroke.status !== 'drawing') return stroke
      const points = stroke.points.slice(0, -1)
      return points.length > 0 ? { ...stroke, points, pressed: false } : IDLE
    },
    outline: (stroke) =>
      stroke.status === 'drawing' && isBegun(stroke) && stroke.hover
        ? ended(stroke.points, stroke.hover)
        : stroke.points,
  }
}
