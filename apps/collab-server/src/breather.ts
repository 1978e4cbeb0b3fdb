/** Long work on the event loop, done a little at a time, so that nobody's change waits for it. */

/** A turn ends at the first chance after this; what cannot be interrupted must be short itself. */
const TURN_MS = 3

export class Breather {
  #began = performance.now()

  /** Others have waited long enough. */
  get isDue(): boolean {
    return performance.now() - this.#began >= TURN_MS
  }

  /** Lets the others have their turn where it is due; else goes on at once. */
  async take(): Promise<void> {
    if (!this.isDue) return
    await new Promise<void>((resolve) => setImmediate(resolve))
    this.#began = performance.now()
  }
}
