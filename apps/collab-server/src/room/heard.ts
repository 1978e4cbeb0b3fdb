/** What changes are judged by, as last heard, so that the gate can ask without waiting. News always win over an answer that was read before. */
export class Heard<T> {
  readonly #known = new Map<string, T>()
  #changes = 0

  /** Asks whoever knows. */
  async learn(about: string, read: () => Promise<T>): Promise<T> {
    for (;;) {
      const before = this.#changes
      const answer = await read()
      if (before !== this.#changes) continue
      this.#known.set(about, answer)
      return answer
    }
  }

  of(about: string): T | undefined {
    return this.#known.get(about)
  }

  change(about: string, to: T): void {
    this.#changes++
    this.#known.set(about, to)
  }
}
