/**
 * One thing that can be announced, and who listens. The session's plain classes speak through topics, so that they can be tested
 * without a page; records.ts and the rooms turn them into Solid signals.
 */
export class Topic<T> {
  readonly #listeners = new Set<(value: T) => void>()

  /** Returns the way to stop listening. */
  on(listener: (value: T) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  emit(value: T): void {
    for (const listener of Array.from(this.#listeners)) listener(value)
  }

  clear(): void {
    this.#listeners.clear()
  }
}
