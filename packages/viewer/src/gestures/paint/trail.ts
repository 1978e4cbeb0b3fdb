/**
 * The way of a brush while it is pressed, as points of an act. What was shown is what is recorded: places at which the hand hardly moved are
 * left out, but a point that was taken stays.
 */

export class Trail {
  readonly #least: number
  readonly #points: number[] = []
  #told = 0

  /** `least`: how far a point lies from the one before, along u or v. */
  constructor(least: number) {
    this.#least = least
  }

  add([u, v]: readonly [u: number, v: number], least = this.#least): void {
    const count = this.#points.length
    const away = Math.max(
      Math.abs(u - (this.#points[count - 2] ?? Infinity)),
      Math.abs(v - (this.#points[count - 1] ?? Infinity)),
    )
    if (away >= least) this.#points.push(u, v)
  }

  /** u, v, u, v … */
  get points(): Int32Array {
    return Int32Array.from(this.#points)
  }

  /** What was added since it was last asked for, from the point before on; null where nothing was. */
  fresh(): Int32Array | null {
    const count = this.#points.length
    if (count === this.#told) return null
    const from = Math.max(0, this.#told - 2)
    this.#told = count
    return Int32Array.from(this.#points.slice(from))
  }
}
