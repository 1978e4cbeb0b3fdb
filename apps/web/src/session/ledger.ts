/**
 * Which of my own changes the server's journal does not hold yet. "Saved" is shown only while this is empty.
 * Two things take changes off: a journal row naming my clientID and clock (exact, one change), and the provider's counter
 * reaching zero while live (everything sent is acknowledged; covers deletions, which have no clock).
 */
interface Own {
  readonly client: number
  /** First clock after the change; equal to the clock before it where the change only deletes. */
  readonly end: number
  readonly deletesOnly: boolean
}

export class Ledger {
  #own: Own[] = []
  /** Changes from an earlier opening of the page, known by number only. */
  #restored = 0

  get count(): number {
    return this.#own.length + this.#restored
  }

  restore(count: number): void {
    this.#restored += count
  }

  note(client: number, before: number, after: number): void {
    this.#own.push({ client, end: after, deletesOnly: after === before })
  }

  /** The journal holds everything of `client` below `end`. True where that took something off. */
  committed(client: number, end: number): boolean {
    const had = this.#own.length
    this.#own = this.#own.filter(
      (change) => change.client !== client || change.deletesOnly || change.end > end,
    )
    return this.#own.length !== had
  }

  /** Everything sent is acknowledged. */
  settle(): void {
    this.#own = []
    this.#restored = 0
  }
}
