/** Numbers that are hashed in as many bytes as their column has: what does not fit must never be cut. */

export const INT16 = 0x7fff
export const INT32 = 0x7fff_ffff

/** The value. Throws a RangeError where it is no whole number from 0 to `most`. */
export function fits(value: number, most: number, what: string): number {
  if (!Number.isInteger(value) || value < 0 || value > most)
    throw new RangeError(`${what} does not fit its column: ${value}`)
  return value
}
