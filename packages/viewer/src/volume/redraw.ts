/**
 * When a volume is drawn: once per animation frame at most, never before the card is done with the last picture, coarsely while something
 * moves and as finely as the card can once it rests.
 */
import { Pace } from './pace.ts'

export interface RedrawPort {
  /** Draws with this share of the pane's pixels either way and calls back with the ms it took. False: there is nothing to draw on. */
  draw(share: number, done: (ms: number) => void): boolean
  /** Whether what is on the screen will change no more by itself. */
  still(isStill: boolean): void
}

/** Nothing moved for so long: it rests. */
const REST_MS = 180

export class Redraw {
  readonly #port: RedrawPort
  readonly #pace = new Pace()
  #isHeld = false
  #isDirty = false
  #isBusy = false
  #movedAt = 0
  /** Of the picture on the screen. */
  #share = 0
  #request = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(port: RedrawPort) {
    this.#port = port
  }

  /** What is to be seen is another picture. */
  changed(): void {
    this.#isDirty = true
    this.#movedAt = performance.now()
    this.#port.still(false)
    this.#ask()
  }

  /** While a hand holds it, it moves. */
  hold(isHeld: boolean): void {
    this.#isHeld = isHeld
    this.#movedAt = performance.now()
    this.#ask()
  }

  /** The card has nothing to do with what was asked so far. */
  forget(): void {
    clearTimeout(this.#timer)
    cancelAnimationFrame(this.#request)
    this.#request = 0
    this.#isBusy = false
    this.#share = 0
  }

  #ask(): void {
    if (this.#request === 0 && !this.#isBusy) this.#request = requestAnimationFrame(() => this.#paint())
  }

  #paint(): void {
    this.#request = 0
    const isMoving = this.#isHeld || performance.now() - this.#movedAt < REST_MS
    if (!this.#isDirty && (isMoving || !this.#pace.isCoarse(this.#share))) return this.#later(isMoving)
    const share = this.#pace.share(isMoving)
    this.#isBusy = this.#port.draw(share, (ms) => this.#done(share, ms))
    if (this.#isBusy) this.#isDirty = false
  }

  #done(share: number, ms: number): void {
    this.#isBusy = false
    this.#share = share
    this.#pace.learn(share, ms)
    if (this.#isDirty) return this.#ask()
    const isCoarse = this.#pace.isCoarse(share)
    this.#port.still(!isCoarse)
    this.#later(isCoarse)
  }

  /** Once it rests the picture is drawn as fine as it can be. */
  #later(isWorthIt: boolean): void {
    clearTimeout(this.#timer)
    if (isWorthIt) this.#timer = setTimeout(() => this.#ask(), REST_MS)
  }
}
