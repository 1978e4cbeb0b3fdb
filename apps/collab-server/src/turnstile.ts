/** Lets so many through at once; the rest wait in order. What costs memory begins only when its turn has come. */
export class Turnstile {
  readonly #width: number
  readonly #waiting: (() => void)[] = []
  #inside = 0

  constructor(width: number) {
    this.#width = width
  }

  async pass<T>(work: () => Promise<T>): Promise<T> {
    if (this.#inside >= this.#width) await new Promise<void>((go) => this.#waiting.push(go))
    else this.#inside += 1
    try {
      return await work()
    } finally {
      const next = this.#waiting.shift()
      // Whoever waited longest takes the place over.
      if (next) next()
      else this.#inside -= 1
    }
  }
}
