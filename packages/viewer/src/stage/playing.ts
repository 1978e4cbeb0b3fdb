/**
 * A series played through time, at the pace of the file or so many times that, over and over or back and forth, until somebody stops it or
 * looks elsewhere. It never starts by itself, whatever is said of motion, waits for what has not arrived, leaves moments out where the machine is too slow for all, and stops in a hidden tab.
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

/** So many times as fast as the file says. The last are for series that took seconds or minutes from moment to moment. */
export const SPEEDS = [0.25, 0.5, 1, 2, 4, 8, 16] as const
export type Speed = (typeof SPEEDS)[number]

export interface Manner {
  readonly speed: Speed
  /** To the end and back again, rather than from the beginning. */
  readonly bounces: boolean
}

export class Playing {
  readonly #port: PlayingPort
  readonly #stop = new AbortController()
  #request = 0
  /** When the moment on screen was due, by the clock of animation frames; null before the first one. */
  #since: number | null = null
  #manner: Manner = { speed: 1, bounces: false }
  #isForwards = true

  constructor(port: PlayingPort) {
    this.#port = port
    document.addEventListener('visibilitychange', () => document.hidden && this.stop(), {
      signal: this.#stop.signal,
    })
  }

  get active(): boolean {
    return this.#request !== 0
  }

  get manner(): Manner {
    return this.#manner
  }

  setManner(manner: Partial<Manner>): void {
    this.#manner = { ...this.#manner, ...manner }
    // What was played at another speed says nothing of when the next one is due.
    this.#since = null
    this.#port.changed()
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
    const { speed, bounces } = this.#manner
    const way = bounces ? backAndForth(extent, this.#isForwards) : overAndOver(extent)
    const due = dueMoment(momentOf(frame, extent), (now - (this.#since ?? now)) * speed, extent, way.next)
    const wanted = frameOf(placeOf(frame, extent), due.moment, extent)
    if (wanted === frame) this.#since ??= now
    // It is not here: the clock stands still until it is.
    else if (!this.#port.have(wanted)) this.#since = now - shownMs(momentOf(frame, extent), extent) / speed
    else {
      this.#since = now - due.restMs / speed
      this.#isForwards = way.isForwards()
      this.#port.turnTo(wanted)
    }
  }
}

/** Which moment follows which. */
interface Way {
  readonly next: (moment: number) => number
  readonly isForwards: () => boolean
}

const overAndOver = ({ moments }: Extent): Way => ({
  next: (moment) => (moment + 1) % moments,
  isForwards: () => true,
})

function backAndForth({ moments }: Extent, wasForwards: boolean): Way {
  let isForwards = wasForwards
  return {
    next: (moment) => {
      if (moment === 0) isForwards = true
      else if (moment === moments - 1) isForwards = false
      return moment + (isForwards ? 1 : -1)
    },
    isForwards: () => isForwards,
  }
}

/** The moment due when `moment` has been on screen for so long, and for how long that one has been due. */
export function dueMoment(
  moment: number,
  elapsedMs: number,
  extent: Extent,
  next: Way['next'] = overAndOver(extent).next,
): { readonly moment: number; readonly restMs: number } {
  let at = moment
  let rest = elapsedMs
  for (let steps = 0; rest >= shownMs(at, extent); steps++) {
    // After a pause of the machine it goes on with the next one rather than through several rounds.
    if (steps === extent.moments) return { moment: next(moment), restMs: 0 }
    rest -= shownMs(at, extent)
    at = next(at)
  }
  return { moment: at, restMs: rest }
}
