/** Whole numbers by chance, the same from the same seed on every machine and in every engine: nothing but 32-bit arithmetic (mulberry32). */

/** From `least` to `most`, both included. */
export type Chance = (least: number, most: number) => number

export function chance(seed: number): Chance {
  let state = seed >>> 0
  return (least, most) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return least + (((mixed ^ (mixed >>> 14)) >>> 0) % (most - least + 1))
  }
}

export const pick = <T>(by: Chance, from: readonly T[]): T => from[by(0, from.length - 1)] as T
