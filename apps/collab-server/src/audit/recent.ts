/** What was noted a moment ago, so that it is not noted again. Bounded: what is forgotten too early is noted once more, and no harm done. */

const FOR_MS = 15 * 60_000
const MOST = 20_000

interface Noted {
  /** performance.now() */
  readonly at: number
  readonly done: Promise<void>
}

export class Recent {
  /** Oldest first. */
  readonly #noted = new Map<string, Noted>()

  /** Resolves when it is noted, by whomever. What failed is tried again by whoever comes next. */
  once(what: string, note: () => Promise<void>): Promise<void> {
    const now = performance.now()
    for (const [key, { at }] of this.#noted) {
      if (now - at < FOR_MS && this.#noted.size < MOST) break
      this.#noted.delete(key)
    }
    const known = this.#noted.get(what)
    if (known) return known.done
    const done = note()
    this.#noted.set(what, { at: now, done })
    done.catch(() => {
      if (this.#noted.get(what)?.done === done) this.#noted.delete(what)
    })
    return done
  }
}
