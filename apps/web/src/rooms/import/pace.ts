/** How fast an upload runs, over the last few seconds, and how long the rest will take. Pure: whoever asks brings the time. */

interface Sample {
  readonly at: number
  readonly bytes: number
}

/** Longer is calmer, shorter is more honest after a change. */
const WINDOW_MS = 8_000
/** Below this, a pace says nothing. */
const LEAST_MS = 500

export interface Pace {
  /** Total bytes sent by the time `at`, ms. */
  note(at: number, bytes: number): void
  /** Bytes per second, or null where it is too early to say. */
  perSecond(at: number): number | null
  /** Forgets, e.g. after a pause. */
  reset(): void
}

export function newPace(): Pace {
  let samples: Sample[] = []
  return {
    note(at, bytes) {
      samples.push({ at, bytes })
      // One older than the window stays, so that the window is always spanned.
      while (samples.length > 2 && (samples[1]?.at ?? at) < at - WINDOW_MS) samples.shift()
    },
    perSecond(at) {
      const first = samples[0]
      const last = samples.at(-1)
      if (!first || !last || at - first.at < LEAST_MS) return null
      return ((last.bytes - first.bytes) / (at - first.at)) * 1000
    },
    reset() {
      samples = []
    },
  }
}

/** Seconds until `total` is reached; infinite while nothing moves. */
export function secondsLeft(sent: number, total: number, perSecond: number | null): number {
  if (perSecond === null || perSecond <= 0) return Number.POSITIVE_INFINITY
  return Math.max(0, total - sent) / perSecond
}
