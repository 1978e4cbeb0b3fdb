/** Times one writer's edits on their way to one reader. Where a later edit is there, so is every earlier one: servers pass on what came last. */
export class Stopwatch {
  /** Times of the edits that have arrived, ms. */
  readonly arrived: number[] = []
  #under: { readonly n: number; readonly since: number }[] = []

  sent(n: number): void {
    this.#under.push({ n, since: performance.now() })
  }

  seen(n: number): void {
    const now = performance.now()
    while (this.#under[0] && this.#under[0].n <= n)
      this.arrived.push(now - (this.#under.shift()?.since ?? now))
  }

  /** What has not arrived yet took at least this long, ms. */
  get missing(): number[] {
    const now = performance.now()
    return this.#under.map(({ since }) => now - since)
  }
}
