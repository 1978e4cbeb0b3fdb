/** A free line: every place the pressed hand passes, thinned so that no point lies farther from the line than half a pixel. */
import { distance, type Vec3 } from '@consilium/geometry/vec3'
import { done, type Gesture, type Hand, IDLE, type Stroke } from './gesture.ts'
import { simplify } from './simplify.ts'

/** The fewest points that make a contour, and the most a stroke keeps while it is drawn or when it is done. */
export const PATH_LIMITS = { least: 3, most: 1_000 } as const

export const path: Gesture = {
  press: (_stroke, hand) => ({ status: 'drawing', points: [hand.at], hover: null, pressed: true }),
  move: (stroke, hand) => (stroke.pressed ? along(stroke, hand) : stroke),
  release: (stroke, hand) => {
    if (!stroke.pressed) return stroke
    const points = thinned(along(stroke, hand).points, hand.reach / 16)
    return points.length >= PATH_LIMITS.least ? done(points) : IDLE
  },
  finish: (stroke) => stroke,
  back: (stroke) => stroke,
  outline: (stroke) => stroke.points,
}

/** Appends the hand's place once it is a pixel away from the newest point. */
function along(stroke: Stroke, hand: Hand): Stroke {
  const newest = stroke.points.at(-1)
  if (newest && distance(newest, hand.at) < hand.reach / 8) return stroke
  const points = [...stroke.points, hand.at]
  return { ...stroke, points: points.length > PATH_LIMITS.most ? thinned(points, hand.reach / 16) : points }
}

/** Coarser and coarser until it fits: a very long line loses detail, not its end. */
function thinned(points: readonly Vec3[], tolerance: number): readonly Vec3[] {
  let kept = simplify(points, tolerance)
  for (let t = tolerance * 2; kept.length > PATH_LIMITS.most * 0.8; t *= 2) kept = simplify(points, t)
  return kept
}
