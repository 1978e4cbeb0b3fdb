/** Long work on the event loop in short slices, so that nobody's change waits for it. */

/** ms; a slice ends at the first chance after it. */
const SLICE_MS = 3

export class Slices {
  #began = performance.now()

  isOver(): boolean {
    return performance.now() - this.#began >= SLICE_MS
  }

  /** Lets the others have their turn where the slice is over; else goes on at once. */
  async next(): Promise<void> {
    if (!this.isOver()) return
    await new Promise<void>((resolve) => setImmediate(resolve))
    this.#began = performance.now()
  }
}
