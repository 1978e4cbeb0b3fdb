/**
 * One series in memory: its planes, and its stored values as they arrive. Packs come in the order the server names, the middle first;
 * once somebody looks at a slice, those around it come first. A fault is tried again, later and later, and reported meanwhile.
 * Never shows a value that has not arrived: `stored(n)` is null until the frame is here.
 */
import type { Plane } from '@consilium/geometry/plane'
import { isFinite3, type Vec3 } from '@consilium/geometry/vec3'
import { bytesPerPixel, type Samples, samplesOver } from '@consilium/imaging/samples'
import { type Decoder, workerDecoder } from './decoder.ts'
import { nextPack, type Pack, type PackState, retryAfterMs } from './packs.ts'
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
}

export interface Progress {
  /** Frames here, of how many. */
  readonly here: number
  readonly total: number
  /** Why the last try failed, while one is being repeated; else null. */
  readonly fault: string | null
}

export interface SeriesFrames {
  readonly meta: SeriesMeta
  /** Of each frame; those at one place share theirs. */
  readonly planes: readonly Plane[]
  have(frame: number): boolean
  /** Row by row, in colour three values per pixel; null until it is here. */
  stored(frame: number): Samples | null
  progress(): Progress
  /** Somebody looks at this frame: what lies around it comes next. */
  lookAt(frame: number): void
  /** Calls with the index of each frame that arrives; returns the way to stop. */
  onFrame(listener: (frame: number) => void): () => void
  onProgress(listener: (progress: Progress) => void): () => void
  /** Tries what failed again at once, e.g. when the network is back. */
  retry(): void
  close(): void
}

export interface SeriesOptions {
  readonly decoder?: Decoder
  /** Waits between tries; for tests. */
  readonly waitMs?: (fault: number) => number
}

/** Answers asked for at the same time. */
const AT_ONCE = 2

/** The numbers of a series do not describe a picture in space, or it does not fit into memory. */
export class SeriesUnusable extends Error {
  override readonly name = 'SeriesUnusable'
}

/** "41 of 312 slices here", for the status bar; of films, single pictures and volumes through time "pictures". */
export const progressText = ({ here, total }: Progress, slices = total): string =>
  `${here} of ${total} ${slices === total && total > 1 ? 'slices' : 'pictures'} here`

export function openSeries(
  meta: SeriesMeta,
  fetchPack: (pack: number, signal: AbortSignal) => Promise<ArrayBuffer>,
  options: SeriesOptions = {},
): SeriesFrames {
  const planes = planesOf(meta)
  const volume = allocate(meta)
  const size = meta.rows * meta.columns * (meta.samples === 'uint8x3' ? 3 : 1)
  const decoder = options.decoder ?? workerDecoder()
  const waitMs = options.waitMs ?? retryAfterMs
  const states: PackState[] = meta.packs.map(() => 'waiting')
  const faults = meta.packs.map(() => 0)
  const arrived = new Uint8Array(meta.frames)
  const frameListeners = new Set<(frame: number) => void>()
  const progressListeners = new Set<(progress: Progress) => void>()
  const stop = new AbortController()
  const timers = new Set<ReturnType<typeof setTimeout>>()
  let here = 0
  let fault: string | null = null
  let around: number | null = null

  const progress = (): Progress => ({ here, total: meta.frames, fault })
  const tell = (): void => {
    for (const listener of progressListeners) listener(progress())
  }

  const ask = (): void => {
    if (stop.signal.aborted) return
    // The first pack goes alone: nothing may compete with the first picture.
    const most = here === 0 ? 1 : AT_ONCE
    while (states.filter((state) => state === 'coming').length < most) {
      const index = nextPack(meta.packs, states, around)
      if (index === null) return
      states[index] = 'coming'
      void bring(index)
    }
  }

  const bring = async (index: number): Promise<void> => {
    const pack = meta.packs[index]
    if (!pack) return
    try {
      const bytes = await fetchPack(index, stop.signal)
      const target = volume.subarray(pack.first * size, (pack.first + pack.count) * size)
      const job = {
        rows: meta.rows,
        columns: meta.columns,
        count: pack.count,
        samples: meta.samples,
      }
      await decoder.decode(bytes, job, target)
      if (stop.signal.aborted) return
      states[index] = 'here'
      here += pack.count
      if (!states.includes('later')) fault = null
      for (let frame = pack.first; frame < pack.first + pack.count; frame++) {
        arrived[frame] = 1
        for (const listener of frameListeners) listener(frame)
      }
    } catch (error) {
      if (stop.signal.aborted) return
      faults[index] = (faults[index] ?? 0) + 1
      fault = error instanceof Error ? error.message : String(error)
      states[index] = 'later'
      const timer = setTimeout(
        () => {
          timers.delete(timer)
          if (states[index] === 'later') states[index] = 'waiting'
          ask()
        },
        waitMs(faults[index] ?? 1),
      )
      timers.add(timer)
    }
    tell()
    ask()
  }

  ask()
  return {
    meta,
    planes,
    have: (frame) => arrived[frame] === 1,
    stored: (frame) => (arrived[frame] === 1 ? volume.subarray(frame * size, (frame + 1) * size) : null),
    progress,
    lookAt(frame) {
      around = frame
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
      decoder.close()
    },
  }
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

function allocate({ rows, columns, frames, samples }: SeriesMeta): Samples {
  const bytes = rows * columns * frames * bytesPerPixel(samples)
  try {
    const buffer = globalThis.crossOriginIsolated ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes)
    return samplesOver(samples, buffer)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new SeriesUnusable(
      `The series needs ${Math.ceil(bytes / 2 ** 20)} MB of memory; this browser does not give so much.`,
    )
  }
}
