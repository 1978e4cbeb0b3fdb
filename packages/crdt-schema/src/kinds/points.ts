/**
 * What every kind checks about its points, said in one sentence each. A kind strings these together in its `fault`
 * and adds what is its own.
 */
import { thicknessOf } from '@consilium/geometry/polygon'
import { distance, isFinite3, type Vec3 } from '@consilium/geometry/vec3'

/** mm from the patient origin. No scanner's table is longer; what lies beyond is a mistake of units. */
export const FARTHEST_MM = 10_000
/** Two points nearer than this are one: far below a pixel of any scanner. */
export const SAME_PLACE_MM = 1e-3
/** Direction cosines come with about six digits, so points of one slice may stray a little over half a metre. */
export const ONE_PLANE_MM = 0.1

/** Below this there is nothing inside a line: a square of a hundredth of a millimetre. */
export const NO_AREA_MM2 = 1e-4

export const NO_POINT = 'A point is three numbers in millimetres.'

/** The first fault, or null. */
export function firstFault(...faults: readonly (() => string | null)[]): string | null {
  for (const fault of faults) {
    const sentence = fault()
    if (sentence !== null) return sentence
  }
  return null
}

export function countFault(
  name: string,
  points: readonly Vec3[],
  allowed: { readonly min: number; readonly max: number },
): string | null {
  const { min, max } = allowed
  const many = (n: number) => `${n} ${n === 1 ? 'point' : 'points'}`
  if (min === max && points.length !== min) return `${name} has exactly ${many(min)}, not ${points.length}.`
  if (points.length < min) return `${name} needs at least ${many(min)}.`
  if (points.length > max) return `${name} has at most ${many(max)}.`
  return null
}

export function pointFault(point: readonly unknown[]): string | null {
  if (!isFinite3(point as readonly number[])) return NO_POINT
  for (const n of point as Vec3)
    if (Math.abs(n) > FARTHEST_MM) return 'A point lies more than 10 m from the patient.'
  return null
}

export function placeFault(points: readonly Vec3[]): string | null {
  for (const point of points) {
    const fault = pointFault(point)
    if (fault !== null) return fault
  }
  return null
}

export const flatFault = (points: readonly Vec3[], normal: Vec3): string | null =>
  thicknessOf(points, normal) > ONE_PLANE_MM ? 'The points do not lie in one plane.' : null

/** `sentence` where one of the others lies on `at`. */
export const apartFault = (
  at: Vec3 | undefined,
  others: readonly (Vec3 | undefined)[],
  sentence: string,
): string | null =>
  at && others.some((other) => other && distance(at, other) < SAME_PLACE_MM) ? sentence : null

export const twoPlacesFault = ([a, b]: readonly Vec3[]): string | null =>
  apartFault(a, [b], 'The two points lie on the same place.')
