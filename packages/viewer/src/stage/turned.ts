/**
 * The eight ways a picture can hang in a pane, told as DICOM does (PS3.3 C.10.6): turned clockwise by quarters first, then perhaps
 * mirrored left to right. Only the camera's own right and down change, so whatever goes through it lies where the picture does. Pure.
 */
import type { Plane } from '@consilium/geometry/plane'
import { dot, scale, type Vec3 } from '@consilium/geometry/vec3'

export interface Turned {
  /** Degrees clockwise. */
  readonly rotation: 0 | 90 | 180 | 270
  /** Afterwards left and right change places. */
  readonly flipped: boolean
}

export const UPRIGHT: Turned = { rotation: 0, flipped: false }

const ROTATIONS = [0, 90, 180, 270] as const

/** What is seen now, turned clockwise by a quarter; -1 the other way. */
export const rotatedBy = ({ rotation, flipped }: Turned, quarters: 1 | -1): Turned =>
  plus({ rotation, flipped }, flipped ? -quarters : quarters)

/** What is seen now, mirrored: left and right change places, or top and bottom. */
export const flippedAlong = ({ rotation, flipped }: Turned, way: 'horizontal' | 'vertical'): Turned =>
  plus({ rotation, flipped: !flipped }, way === 'horizontal' ? 0 : 2)

/** What was done to a picture that hung as `from` at first: words and warnings are about that alone. */
export const turnedFrom = (from: Turned, now: Turned): Turned =>
  plus(
    { rotation: 0, flipped: now.flipped !== from.flipped },
    ((now.rotation - from.rotation) / 90) * (from.flipped ? -1 : 1),
  )

const WAYS: readonly Turned[] = [false, true].flatMap((flipped) =>
  ROTATIONS.map((rotation) => ({ rotation, flipped })),
)

/** Where right and down lead in a picture that hangs as radiologists look: from the feet, from the front, from the left. */
const USUAL: readonly { readonly right: Vec3; readonly down: Vec3 }[] = [
  { right: [1, 0, 0], down: [0, 1, 0] },
  { right: [1, 0, 0], down: [0, 0, -1] },
  { right: [0, 1, 0], down: [0, 0, -1] },
]

/** The way of the eight in which this plane hangs as radiologists look, however its rows and columns are stored. */
export function usualWay(plane: Plane): Turned {
  const likeness = (way: Turned): number => {
    const { right, down } = axesOf(plane, way)
    return Math.max(...USUAL.map((usual) => dot(right, usual.right) + dot(down, usual.down)))
  }
  return WAYS.reduce((best, way) => (likeness(way) > likeness(best) + 1e-9 ? way : best))
}

export const sameTurned = (a: Turned, b: Turned): boolean =>
  a.rotation === b.rotation && a.flipped === b.flipped

/** Where the screen's right and down lead in the patient. */
export function axesOf(plane: Plane, { rotation, flipped }: Turned): { right: Vec3; down: Vec3 } {
  let [right, down] = [plane.row, plane.column]
  // By each quarter what was up comes to the right, and what was right comes down.
  for (let quarter = 0; quarter < rotation / 90; quarter++) [right, down] = [scale(down, -1), right]
  return { right: flipped ? scale(right, -1) : right, down }
}

/** Columns and rows of the picture change places on the screen. */
export const liesOnItsSide = ({ rotation }: Turned): boolean => rotation % 180 === 90

/** "Turned 90°", "Mirrored, turned 180°"; nothing for a picture as it hangs at first. */
export function turnedWords({ rotation, flipped }: Turned): string {
  const turn = rotation === 0 ? '' : `turned ${rotation}°`
  const words = [flipped ? 'mirrored' : '', turn].filter(Boolean).join(', ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

const plus = ({ rotation, flipped }: Turned, quarters: number): Turned => ({
  rotation: ROTATIONS[(rotation / 90 + quarters + 4) % 4] as Turned['rotation'],
  flipped,
})
