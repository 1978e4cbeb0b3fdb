/**
 * How fine a picture is drawn: while it moves as fine as it can be in time for the eye, at rest as fine as the card does in a moment that does
 * not hold up the page. How long a whole picture takes is learned from each one drawn. Pure.
 */

/** While it moves, and at rest. */
const MOVING_MS = 40
const RESTING_MS = 400
const LEAST_SHARE = { moving: 0.2, resting: 0.4 } as const
/** A picture that could be finer by so much is drawn again. */
const WORTH = 1.2

export class Pace {
  /** Of a picture with every pixel of the pane. */
  #wholeMs = 200

  /** A picture of so many of the pane's pixels either way took so long. */
  learn(share: number, ms: number): void {
    this.#wholeMs = Math.max(1, ms / share ** 2)
  }

  /** Pixels either way, as a share of the pane's. */
  share(isMoving: boolean): number {
    const [most, least] = isMoving ? [MOVING_MS, LEAST_SHARE.moving] : [RESTING_MS, LEAST_SHARE.resting]
    const share = Math.sqrt(most / this.#wholeMs)
    return Math.min(1, Math.max(least, share))
  }

  /** Whether what is on the screen could be finer now that nothing moves. */
  isCoarse(shown: number): boolean {
    return this.share(false) > shown * WORTH
  }
}
