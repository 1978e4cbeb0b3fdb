/** Chance out of a seed, the same on every machine. */
import { type Chance, chance } from '@consilium/geometry/raster/testing/chance'

export class Random {
  readonly #chance: Chance

  constructor(seed: number) {
    this.#chance = chance(Math.imul(seed + 1, 0x9e3779b1))
  }

  /** From `low` to `high`, both included. */
  whole(low: number, high: number): number {
    return this.#chance(low, high)
  }

  pick<T>(from: readonly T[]): T {
    return from[this.whole(0, from.length - 1)] as T
  }

  /** True once in `n` times. */
  once(n: number): boolean {
    return this.whole(1, n) === 1
  }

  shuffled<T>(from: readonly T[]): T[] {
    const all = [...from]
    for (let i = all.length - 1; i > 0; i--) {
      const j = this.whole(0, i)
      ;[all[i], all[j]] = [all[j] as T, all[i] as T]
    }
    return all
  }
}
