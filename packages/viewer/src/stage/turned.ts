/** What a hand does to how a picture hangs (imaging/hung.ts), and what that is called. Only the camera's own right and down change, so whatever goes through it lies where the picture does. Pure. */
import { ROTATIONS, type Turned } from '@consilium/imaging/hung'

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

export const sameTurned = (a: Turned, b: Turned): boolean =>
  a.rotation === b.rotation && a.flipped === b.flipped

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
