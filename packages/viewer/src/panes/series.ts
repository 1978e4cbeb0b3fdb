/**
 * One series in memory: its planes, and its stored values as they arrive. Packs come in the order the server names, the middle first;
 * once somebody looks at a slice, those around it come first. A fault is tried again, later and later, and reported meanwhile.
 * Never shows a value that has not arrived: `stored(n)` is null until the frame is here. Of a large series a copy in less detail comes
 * first; it is for the eye only, and all that there is where the values do not fit into memory. With less room than the values need those
 * nearest to where one looks are kept, and the others are fetched again when one comes there.
 */
import type { Plane } from '@consilium/geometry/plane'
import { isFinite3, type Vec3 } from '@consilium/geometry/vec3'
import type { Samples } from '@consilium/imaging/samples'
import { bytesOfCopy, Copy } from './copy.ts'
import type { PackSource } from './decoder.ts'
import {
  type Around,
  nextOfTwo,
  nextPack,
  type Pack,
  type PackState,
  packsToDrop,
  retryAfterMs,
} from './packs.ts'
import type { Slicing } from './slicing.ts'
import type { Windowed } from './window.ts'

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
  /** Nine cosines: row, column, normal. */
  readonly direction: readonly number[]
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
/** Values of a series beyond which a page comes near to what browsers give it. */
const MOST_BYTES = 1.5 * 2 ** 30

/** The numbers of a series do not describe a picture in space, or it does not fit into memory. */
export class SeriesUnusable extends Error {
  override readonly name = 'SeriesUnusable'
}

/** "41 of 312 slices here", for the status bar; of films, single pictures and volumes through time "pictures". */
export const progressText = ({ here, total }: Progress, slices = total): string =>
  total === 1
    ? `Picture ${here === 1 ? 'here' : 'coming'}`
    : `${here} of ${total} ${slices === total ? 'slices' : 'pictures'} here`

/** `source` is closed with the series. */
export function openSeries(meta: SeriesMeta, source: PackSource, options: SeriesOptions = {}): SeriesFrames {
  const planes = planesOf(meta)
  const { whole, lower } = copiesOf(meta)
  const copies = [lower, whole].filter((copy) => copy !== null)
  const main = whole ?? lower
  const waitMs = options.waitMs ?? retryAfterMs
  const frameListeners = new Set<(frame: number) => void>()
  const progressListeners = new Set<(progress: Progress) => void>()
  const stop = new AbortController()
  const timers = new Set<ReturnType<typeof setTimeout>>()
  let fault: string | null = null
  const looking = new Map<object | undefined, number>()
  let room = Number.POSITIVE_INFINITY

  const progress = (): Progress => ({ here: main.here, total: meta.frames, fault })
  const tell = (): void => {
    for (const listener of progressListeners) listener(progress())
  }
  const count = (state: Copy['states'][number]): number =>
    copies.reduce((sum, { states }) => sum + states.filter((one) => one === state).length, 0)

  const drop = (packs: readonly number[]): void => {
    for (const one of packs) whole?.drop(one)
    if (packs.length > 0) lower?.wantAgain()
  }
  /** Room is made for the values of a pack; false where there is none for it. */
  const makeRoom = (index: number): boolean => {
    if (!whole || whole.bytes <= room) return true
    const dropped = packsToDrop(waitingOf(whole), (pack) => whole.bytesOf(pack), index, room, aroundNow())
    drop(dropped ?? [])
    return dropped !== null
  }
  const aroundNow = (): readonly number[] | null => (looking.size === 0 ? null : [...looking.values()])

  const next = (): { readonly copy: Copy; readonly index: number } | null => {
    if (!whole || !lower) {
      const index = nextPack(main.meta.packs, main.states, aroundNow())
      return index === null || (whole && !makeRoom(index)) ? null : { copy: main, index }
    }
    lower.leaveOutWhat(whole)
    const found = nextOfTwo(waitingOf(lower), waitingOf(whole), aroundNow())
    if (found?.of !== 'whole' || makeRoom(found.index))
      return found && { copy: found.of === 'lower' ? lower : whole, index: found.index }
    // There is no room for more values; less detail takes little.
    const index = nextPack(lower.meta.packs, lower.states, aroundNow())
    return index === null ? null : { copy: lower, index }
  }

  const ask = (): void => {
    if (stop.signal.aborted) return
    // The first pack goes alone: nothing may compete with the first picture.
    const most = copies.every(({ here }) => here === 0) ? 1 : lower ? AT_ONCE_LARGE : AT_ONCE
    while (count('coming') < most) {
      const found = next()
      if (!found) return
      found.copy.states[found.index] = 'coming'
      void bring(found.copy, found.index)
    }
  }

  const bring = async (copy: Copy, index: number): Promise<void> => {
    const pack = copy.meta.packs[index]
    if (!pack) return
    try {
      const asked = { pack: index, lower: copy === lower, ...copy.jobOf(pack) }
      const values = await source.read(asked, memoryFor(copy, pack), stop.signal)
      if (stop.signal.aborted) return
      copy.arrive(index, pack, values)
      if (count('later') === 0) fault = null
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
    if (copies.every(({ states }) => states.every((state) => state === 'here'))) source.rest?.()
  }

  /** The browser may have less than was allowed: then what is here is all there may be. */
  const memoryFor = (copy: Copy, pack: Pack): Samples => {
    try {
      return copy.placeOf(pack)
    } catch (error) {
      if (whole) room = Math.min(room, (whole.bytes / meta.frames) * whole.here)
      throw error
    }
  }

  ask()
  return {
    meta,
    planes,
    onlyLower: whole === null,
    have: (frame) => main.have(frame),
    stored: (frame) => whole?.stored(frame) ?? null,
    drawable: (frame) => drawableOf(whole, frame, 1) ?? drawableOf(lower, frame, meta.lower?.factor ?? 1),
    progress,
    lookAt(frame, who) {
      looking.set(who, frame)
      // Where not all may stay, what comes next depends on it.
      if (whole && whole.bytes > room) ask()
    },
    leave: (who) => void looking.delete(who),
    allow(bytes) {
      room = bytes
      if (whole) drop(tooFar(whole, room, aroundNow()))
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
      for (const { states } of copies)
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

/** What lies farthest away, until the rest fits; what is looked at stays. */
function tooFar(copy: Copy, room: number, around: Around): readonly number[] {
  const { packs } = copy.meta
  const near = nextPack(
    packs,
    copy.states.map((state) => (state === 'here' ? 'waiting' : 'here')),
    around,
  )
  if (near === null) return []
  const held = copy.states.map((state, index): PackState => (index === near ? 'waiting' : state))
  return packsToDrop({ packs, states: held }, (pack) => copy.bytesOf(pack), near, room, around) ?? []
}

const waitingOf = ({ meta: { packs }, states }: Copy) => ({ packs, states })

function drawableOf(copy: Copy | null, frame: number, factor: number): Drawable | null {
  const values = copy?.stored(frame)
  return copy && values ? { values, rows: copy.meta.rows, columns: copy.meta.columns, factor } : null
}

/** Of its values, and of the copy in less detail. */
export function bytesOfSeries(meta: SeriesMeta): number {
  const { frames, samples, lower } = meta
  const whole = bytesOfCopy(meta)
  if (!lower) return whole
  return bytesOfCopy({ ...lower, frames, samples }) + (whole > MOST_BYTES ? 0 : whole)
}

/** One plane per frame, the same one for all frames at one place. Throws SeriesUnusable where the numbers describe none. */
export function planesOf(meta: SeriesMeta): readonly Plane[] {
  const row = meta.direction.slice(0, 3)
  const column = meta.direction.slice(3, 6)
  if (!isFinite3(row) || !isFinite3(column) || !(meta.spacing.row > 0) || !(meta.spacing.column > 0)) {
    throw new SeriesUnusable('The series does not say where its slices lie in the patient.')
  }
  const places = Array.from({ length: meta.slices }, (_, place): Plane => {
    const origin = meta.positions[place] ?? []
    if (!isFinite3(origin)) throw new SeriesUnusable(`Slice ${place + 1} has no position in the patient.`)
    return {
      origin: origin as Vec3,
      row,
      column,
      columnSpacing: meta.spacing.column,
      rowSpacing: meta.spacing.row,
    }
  })
  return Array.from({ length: meta.frames }, (_, frame) => places[frame % meta.slices] as Plane)
}

type Copies =
  | { readonly whole: Copy; readonly lower: Copy | null }
  | { readonly whole: null; readonly lower: Copy }

/** In memory. The values themselves, unless there is less detail to show and they would not fit. */
function copiesOf(meta: SeriesMeta): Copies {
  const { frames, samples } = meta
  const bytes = bytesOfCopy(meta)
  const lower = meta.lower && new Copy({ ...meta.lower, frames, samples })
  if (lower && bytes > MOST_BYTES) return { whole: null, lower }
  try {
    return { whole: new Copy(meta), lower }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    if (lower) return { whole: null, lower }
    throw new SeriesUnusable(
      `The series needs ${Math.ceil(bytes / 2 ** 20)} MB of memory; this browser does not give so much. If it came in just now, a copy in less detail is being made.`,
    )
  }
}
