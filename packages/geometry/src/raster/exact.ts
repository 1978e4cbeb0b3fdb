/**
 * Whole-number arithmetic that every engine does alike. Within the limits of grid.ts all values stay below 2^52: a quotient of two such
 * numbers is then never rounded across a whole number, so that rounding it down is exact division. Nothing here relies on how an engine
 * rounds a square root.
 */
import { Q } from './grid.ts'

/** The greatest whole number that is not above a / b; b > 0. */
export const floorDiv = (a: number, b: number): number => Math.floor(a / b)

/** The least whole number that is not below a / b; b > 0. */
export const ceilDiv = (a: number, b: number): number => -Math.floor(-a / b)

/** The greatest whole number whose square is not above n; n ≥ 0. */
export function isqrt(n: number): number {
  let root = Math.floor(Math.sqrt(n))
  while (root * root > n) root -= 1
  while ((root + 1) * (root + 1) <= n) root += 1
  return root
}

/** The voxel whose centre is nearest to a place; of two the upper one. */
export const nearestVoxel = (place: number): number => Math.floor((place + Q / 2) / Q)
