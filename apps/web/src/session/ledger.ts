/**
 * Which of my own changes the server's journal does not hold yet, when each was made and what it touched. "Saved" is shown only while
 * this is empty. Two things take changes off: a row of the journal naming my clientID and clock (exact), and the provider's counter
 * reaching zero while live (everything sent is acknowledged; covers what an earlier opening of the page left behind).
 */
export interface OwnChange {
  /** By this page's clock, ms since 1970. */
  readonly at: number
  readonly touched: Iterable<string>
}

interface Noted {
  readonly client: number
  /** First clock after the change; equal to the clock before it where the change only deletes. */
  readonly end: number
  readonly deletesOnly: boolean
  readonly at: number
  readonly touched: readonly string[]
}

/** Changes from an earlier opening of the page: how many, when the first was made, and what they touched. */
export interface Restored {
  readonly count: number
  readonly since: number
  /** Null where it was not written down. */
  readonly touched: readonly string[] | null
}

export class Ledger {
  #own: Noted[] = []
  #restored: Restored[] = []

  get count(): number {
    return this.#own.length + this.#restored.reduce((sum, { count }) => sum + count, 0)
  }

  /** When the oldest change that is not saved was made; null where all is. */
  get since(): number | null {
    const times = [...this.#own.map(({ at }) => at), ...this.#restored.map(({ since }) => since)]
    return times.length === 0 ? null : times.reduce((a, b) => Math.min(a, b))
  }

  /** Null where it is not known of all of them. */
  get touched(): string[] | null {
    const all = [...this.#restored, ...this.#own].map(({ touched }) => touched)
    return all.includes(null) ? null : [...new Set(all.flatMap((touched) => touched ?? []))]
  }

  restore(changes: Restored): void {
    this.#restored.push(changes)
  }

  note(client: number, before: number, after: number, { at, touched }: OwnChange): void {
    this.#own.push({ client, end: after, deletesOnly: after === before, at, touched: [...touched] })
  }

  /**
   * The journal holds everything of `client` below `end`. What only deletes has no clock of its own: it went out before whatever was
   * written after it, so it is held once something later is.
   */
  committed(client: number, end: number): void {
    this.#own = this.#own.filter(
      (change) => change.client !== client || (change.deletesOnly ? change.end >= end : change.end > end),
    )
  }

  /** Everything sent is acknowledged. */
  settle(): void {
    this.#own = []
    this.#restored = []
  }
}
