/**
 * The bytes of one import's pictures on their way to the disk while others still come, so that its end has little to wait for (settling.ts).
 * What goes wrong here is done again there, where it counts.
 */

/** Written together they cost the file system little more than one; the fewer wait, the less is left for the end. */
const TOGETHER = 4

export class Flushing {
  readonly #waiting = new Set<string>()
  readonly #flushed = new Set<string>()
  #work: Promise<void> | null = null

  /** To be told of blobs each time they were written; of one that was written again, what was flushed before says nothing. */
  came(sha256s: readonly string[], flush: (sha256s: readonly string[]) => Promise<void>): void {
    for (const sha256 of sha256s) {
      this.#flushed.delete(sha256)
      this.#waiting.add(sha256)
    }
    if (this.#waiting.size < TOGETHER || this.#work) return
    this.#work = this.#flush(flush).finally(() => {
      this.#work = null
    })
  }

  /** Those whose bytes are on the disk, when all that was begun has ended. */
  async flushed(): Promise<ReadonlySet<string>> {
    await this.#work
    return this.#flushed
  }

  async #flush(flush: (sha256s: readonly string[]) => Promise<void>): Promise<void> {
    while (this.#waiting.size >= TOGETHER) {
      const some = [...this.#waiting]
      this.#waiting.clear()
      const isDone = await flush(some).then(
        () => true,
        () => false,
      )
      if (isDone) for (const sha256 of some) if (!this.#waiting.has(sha256)) this.#flushed.add(sha256)
    }
  }
}
