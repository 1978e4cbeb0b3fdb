/**
 * One series in memory: its planes, and its stored values as they arrive. Packs come in the order the server names, the middle first;
 * once somebody looks at a slice, those around it come first. A fault is tried again, later and later, and reported meanwhile.
 * Never shows a value that has not arrived: `stored(n)` is null until the frame is here. Of a large series a copy in less detail comes
 * first; it is for the eye only, and all that there is where the values do not fit into memory. With less room than the values need those
 * nearest to where one looks are kept (copies.ts), and the others are fetched again when one comes there.
 */
import type { Plane } from '@consilium/geometry/plane'
import type { Samples } from '@consilium/imaging/samples'
import type { Region } from '@consilium/imaging/series'
import { Copies } from './copies.ts'
import type { Copy } from './copy.ts'
import type { PackSource } from './decoder.ts'
import { type Pack, retryAfterMs } from './packs.ts'
import { planesOf } from './planes.ts'
import type { Slicing } from './slicing.ts'
import type { Windowed } from './window.ts'

export { bytesOfSeries } from './copies.ts'
export { planesOf } from './planes.ts'
export { SeriesUnusable } from './unusable.ts'

/** What is needed to know of a series; the server's answer fits. */
export interface SeriesMeta extends Windowed {
  readonly id: string
  readonly rows: number
  readonly columns: number
  /** Places; of a film one. */
  readonly slices: number
  /** Pictures at each place, one after the other in time. */
  readonly moments: number
  /** All places of the first moment, then of the next. */
  readonly frames: number
  /** Of each moment, ms since the first; null where not known. */
  readonly times: readonly number[] | null
  /** mm between rows, and between columns. */
  readonly spacing: { readonly row: number; readonly column: number }
  /** Where that holds; null: nothing was said, a pixel counts as 1 mm and lengths are in pixels. */
  readonly spacingAt: 'patient' | 'detector' | null
  /** Of ultrasound of which nothing was said: parts in which lengths hold in mm all the same. */
  readonly regions?: readonly Region[] | undefined
  /** Nine cosines: row, column, normal. */
  readonly direction: readonly number[]
  /** Where the cosines are made up: which sides of the patient rows and columns run to, in letters. */
  readonly patientOrientation: readonly string[] | null
  /** Centre of the first pixel of each slice, in order along the normal, mm. */
  readonly positions: readonly (readonly number[])[]
  readonly packs: readonly Pack[]
  /** Every frame by means of `factor` x `factor` pixels; null where there is no such copy. */
  readonly lower: {
    readonly factor: number
    readonly rows: number
    readonly columns: number
    readonly packs: readonly Pack[]
  } | null
}

/** A frame as it can be drawn; where `factor` is not 1 each pixel stands for `factor` x `factor` of the picture. */
export interface Drawable {
  readonly values: Samples
  readonly rows: number
  readonly columns: number
  readonly factor: number
  /** Parts of it are not here yet, and black. */
  readonly gaps?: boolean
  /** Another one once there is more of it, where a frame fills bit by bit. */
  readonly edition?: string
}

export interface Progress {
  /** Frames here, of how many; where only less detail can come, frames of that. */
  readonly here: number
  readonly total: number
  /** Why the last try failed, while one is being repeated; else null. */
  readonly fault: string | null
}

export interface SeriesFrames {
  readonly meta: SeriesMeta
  /** Of each frame; those at one place share theirs. */
  readonly planes: readonly Plane[]
  /** The values do not fit into memory: only less detail comes, and nothing can be measured. */
  readonly onlyLower: boolean
  /** The series as it was taken and how it was cut, where these are planes across it. */
  readonly base?: SeriesFrames
  readonly slicing?: Slicing
  /** All that comes of it is here. */
  have(frame: number): boolean
  /** Row by row, in colour three values per pixel; null until it is here. */
  stored(frame: number): Samples | null
  /** For the eye: the values, or as long as they are not here their means. */
  drawable(frame: number): Drawable | null
  progress(): Progress
  /** Somebody looks at this frame: what lies around it comes next. With several who look, each is told by who it is. */
  lookAt(frame: number, who?: object): void
  /** Nobody looks there any more. */
  leave?(who: object): void
  /** So many bytes of values may stay in memory; what is looked at comes in any case. */
  allow?(bytes: number): void
  /** Calls with the index of each frame that arrives; returns the way to stop. */
  onFrame(listener: (frame: number) => void): () => void
  onProgress(listener: (progress: Progress) => void): () => void
  /** Tries what failed again at once, e.g. when the network is back. */
  retry(): void
  close(): void
}

export interface SeriesOptions {
  /** Waits between tries; for tests. */
  readonly waitMs?: (fault: number) => number
}

/** Answers asked for at the same time: enough for the worker to have the next one when the page is busy. Packs of a large series are large. */
const AT_ONCE = 4
const AT_ONCE_LARGE = 2

/** "41 of 312 slices here", for the status bar; of films, single pictures and volumes through time "pictures". */
export const progressText = ({ here, total }: Progress, slices = total): string =>
  total === 1
    ? `Picture ${here === 1 ? 'here' : 'coming'}`
    : `${here} of ${total} ${slices === total ? 'slices' : 'pictures'} here`

/** `source` is closed with the series. Throws SeriesUnusable. */
export function openSeries(meta: SeriesMeta, source: PackSource, options: SeriesOptions = {}): SeriesFrames {
  const planes = planesOf(meta)
  const copies = new Copies(meta)
  const waitMs = options.waitMs ?? retryAfterMs
  const frameListeners = new Set<(frame: number) => void>()
  const progressListeners = new Set<(progress: Progress) => void>()
  const stop = new AbortController()
  const timers = new Set<ReturnType<typeof setTimeout>>()
  let fault: string | null = null

  const progress = (): Progress => ({ here: copies.here, total: meta.frames, fault })
  const tell = (): void => {
    for (const listener of progressListeners) listener(progress())
  }

  const ask = (): void => {
    if (stop.signal.aborted) return
    // The first pack goes alone: nothing may compete with the first picture.
    const isFirst = copies.all.every(({ here }) => here === 0)
    const most = isFirst ? 1 : copies.hasLower ? AT_ONCE_LARGE : AT_ONCE
    while (copies.count('coming') < most) {
      const found = copies.next()
      if (!found) return
      found.copy.states[found.index] = 'coming'
      void bring(found.copy, found.index)
    }
  }

  const bring = async (copy: Copy, index: number): Promise<void> => {
    const pack = copy.meta.packs[index]
    if (!pack) return
    try {
      const asked = { pack: index, lower: copies.isLower(copy), ...copy.jobOf(pack) }
      const values = await source.read(asked, copies.memoryFor(copy, pack), stop.signal)
      if (stop.signal.aborted) return
      copy.arrive(index, pack, values)
      if (copies.count('later') === 0) fault = null
      for (let frame = pack.first; frame < pack.first + pack.count; frame++)
        for (const listener of frameListeners) listener(frame)
    } catch (error) {
      if (stop.signal.aborted) return
      const tries = (copy.faults[index] ?? 0) + 1
      copy.faults[index] = tries
      fault = error instanceof Error ? error.message : String(error)
      copy.states[index] = 'later'
      const timer = setTimeout(() => {
        timers.delete(timer)
        if (copy.states[index] === 'later') copy.states[index] = 'waiting'
        ask()
      }, waitMs(tries))
      timers.add(timer)
    }
    tell()
    ask()
    if (copies.all.every(({ states }) => states.every((state) => state === 'here'))) source.rest?.()
  }

  ask()
  return {
    meta,
    planes,
    onlyLower: copies.onlyLower,
    have: (frame) => copies.have(frame),
    stored: (frame) => copies.stored(frame),
    drawable: (frame) => copies.drawable(frame),
    progress,
    lookAt(frame, who) {
      if (copies.lookAt(frame, who)) ask()
    },
    leave: (who) => copies.leave(who),
    allow(bytes) {
      copies.allow(bytes)
      ask()
    },
    onFrame(listener) {
      frameListeners.add(listener)
      return () => frameListeners.delete(listener)
    },
    onProgress(listener) {
      progressListeners.add(listener)
      return () => progressListeners.delete(listener)
    },
    retry() {
      for (const { states } of copies.all)
        states.forEach((state, index) => {
          if (state === 'later') states[index] = 'waiting'
        })
      ask()
    },
    close() {
      stop.abort()
      for (const timer of timers) clearTimeout(timer)
      frameListeners.clear()
      progressListeners.clear()
      source.close()
    },
  }
}
