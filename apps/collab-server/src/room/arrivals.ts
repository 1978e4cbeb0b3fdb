/**
 * How often the same one may come: so many times at once, and so many times a second from then on. Counted before anything is asked of the
 * database. Whoever comes more often is told when to come back; what they have open stays open.
 */

interface Allowance {
  readonly left: number
  /** When it was counted, ms. */
  readonly at: number
}

export class Arrivals {
  readonly #perSecond: number
  readonly #atOnce: number
  readonly #now: () => number
  /** Whoever came in last is last. */
  readonly #known = new Map<string, Allowance>()

  constructor(perSecond: number, atOnce: number, now: () => number = () => performance.now()) {
    this.#perSecond = perSecond
    this.#atOnce = atOnce
    this.#now = now
  }

  /** Of how many something is remembered. */
  get size(): number {
    return this.#known.size
  }

  /** 0: they may come in, and it is counted; else the whole seconds after which they may. */
  come(who: string): number {
    const now = this.#now()
    const left = this.#leftOf(who, now)
    if (left < 1) return Math.ceil((1 - left) / this.#perSecond)
    this.#known.delete(who)
    this.#known.set(who, { left: left - 1, at: now })
    this.#forget(now)
    return 0
  }

  #leftOf(who: string, now: number): number {
    const known = this.#known.get(who)
    if (!known) return this.#atOnce
    return Math.min(this.#atOnce, known.left + ((now - known.at) / 1_000) * this.#perSecond)
  }

  /** Whoever has their whole allowance again is like somebody who never came. */
  #forget(now: number): void {
    for (const who of this.#known.keys()) {
      if (this.#leftOf(who, now) < this.#atOnce) break
      this.#known.delete(who)
    }
  }
}
