/** Keeps what was used lately from being forgotten, so that the next question about it does not begin by reading it. */
export class Lately<T> {
  readonly #most: number
  /** Longest unused first. */
  readonly #used = new Set<T>()

  constructor(most: number) {
    this.#most = most
  }

  use(one: T): T {
    this.#used.delete(one)
    this.#used.add(one)
    if (this.#used.size > this.#most) this.#used.delete(this.#used.values().next().value as T)
    return one
  }
}
