/**
 * A series played through time, at the pace of the file, over and over, until somebody stops it or looks elsewhere. It never starts by
 * itself, waits for what has not arrived, leaves moments out where the machine is too slow for all, and stops in a hidden tab.
 */
import { type Extent, frameOf, momentOf, placeOf, shownMs } from '../panes/moments.ts'

export interface PlayingPort {
  /** Null where no picture is shown. */
  extent(): Extent | null
  frame(): number
  have(frame: number): boolean
  turnTo(frame: number): void
  changed(): void
}

export class Playing {
  readonly #port: PlayingPort
  readonly #stop = new AbortController()
  #request = 0
  /** When the moment on screen was due, by the clock of animation frames; null before the first one. */
  #since: number | null = null

  constructor(port: PlayingPort) {
    this.#port = port
    document.addEventListener('visibilitychange', () => document.hidden && this.stop(), {
      signal: this.#stop.signal,
    })
  }

  get active(): boolean {
    return this.#request !== 0
  }

  toggle(): void {
    if (this.active) this.stop()
    else if ((this.#port.extent()?.moments ?? 1) > 1) {
      this.#since = null
      this.#next()
      this.#port.changed()
    }
  }

  stop(): void {
    if (!this.active) return
    cancelAnimationFrame(this.#request)
    this.#request = 0
    this.#port.changed()
  }

  destroy(): void {
    this.stop()
    this.#stop.abort()
  }

  #next(): void {
    this.#request = requestAnimationFrame((now) => this.#tick(now))
  }

  #tick(now: number): void {
    const extent = this.#port.extent()
    if (!extent) return this.stop()
    this.#next()
    const frame = this.#port.frame()
    const due = dueMoment(momentOf(frame, extent), now - (this.#since ?? now), extent)
    const wanted = frameOf(placeOf(frame, extent), due.moment, extent)
    if (wanted === frame) this.#since ??= now
    // It is not here: the clock stands still until it is.
    else if (!this.#port.have(wanted)) this.#since = now - shownMs(momentOf(frame, extent), extent)
    else {
      this.#since = now - due.restMs
      this.#port.turnTo(wanted)
    }
  }
}

/** The moment due when `moment` has been on screen for so long, and for how long that one has been due. */
export function dueMoment(
  moment: number,
  elapsedMs: number,
  extent: Extent,
): { readonly moment: number; readonly restMs: number } {
  let at = moment
  let rest = elapsedMs
  for (let steps = 0; rest >= shownMs(at, extent); steps++) {
    // After a pause of the machine it goes on with the next one rather than through several rounds.
    if (steps === extent.moments) return { moment: (moment + 1) % extent.moments, restMs: 0 }
    rest -= shownMs(at, extent)
    at = (at + 1) % extent.moments
  }
  return { moment: at, restMs: rest }
}
