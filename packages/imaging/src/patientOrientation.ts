/**
 * Which sides of the patient a picture's rows and columns run to, in the letters of Patient Orientation (PS3.3 C.7.6.1.1.1). Of a projection
 * it is all that a file says of that: the picture has no place in the patient. Letters of animals are another alphabet, and not read. Pure.
 */
import { add, dot, normalize, scale, type Vec3 } from '@consilium/geometry/vec3'
import type { Sides } from './hung.ts'

/** "L", or "LF" for what lies between with the first prevailing: of the way in which columns follow one another, and rows. */
export type PatientOrientation = readonly [row: string, column: string]

/** LPS. */
const WAYS: Readonly<Record<string, Vec3>> = {
  L: [1, 0, 0],
  R: [-1, 0, 0],
  P: [0, 1, 0],
  A: [0, -1, 0],
  H: [0, 0, 1],
  F: [0, 0, -1],
}
/** At most one letter of each axis. */
const LETTERS = /^(?!.*[LR].*[LR])(?!.*[AP].*[AP])(?!.*[HF].*[HF])[LRAPHF]{1,3}$/
/** Of the letters, in their order. */
const WEIGHTS = [1, 0.7, 0.45]
/** Rows and columns are at right angles; letters say so only roughly. */
const MOST_ALIKE = 0.5

/** The words of the attribute; null where they do not say two sides of a human. */
export function patientOrientationOf(words: readonly string[]): PatientOrientation | null {
  const [row = '', column = ''] = words
  if (words.length !== 2 || !LETTERS.test(row) || !LETTERS.test(column)) return null
  return Math.abs(dot(wayOf(row), wayOf(column))) < MOST_ALIKE ? [row, column] : null
}

/** Unit vectors in LPS. */
export const sidesSaid = ([row, column]: PatientOrientation): Sides => ({
  row: wayOf(row),
  column: wayOf(column),
})

const wayOf = (letters: string): Vec3 =>
  normalize(
    [...letters].reduce<Vec3>(
      (sum, letter, n) => add(sum, scale(WAYS[letter] ?? [0, 0, 0], WEIGHTS[n] ?? 0)),
      [0, 0, 0],
    ),
  )
