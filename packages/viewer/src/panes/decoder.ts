/**
 * Packs of a series, fetched and decoded off the main thread. One worker for a series: a second one gains no time and costs memory.
 * Where the page is cross-origin isolated the worker writes straight into the shared volume; else it hands the values over.
 */
import { bytesPerPixel, type SampleKind, type Samples, samplesOver } from '@consilium/imaging/samples'
import type { PackJob, PackOutcome, PackReply, PackStop } from './decode.worker.ts'

export interface DecodeJob {
  readonly rows: number
  readonly columns: number
  readonly count: number
  readonly samples: SampleKind
}

export interface PackAsked extends DecodeJob {
  readonly pack: number
  /** Of the copy in less detail. */
  readonly lower: boolean
}

export interface PackSource {
  /** The values of a pack: `place`, filled, or others of that size where they stood elsewhere already. */
  read(asked: PackAsked, place: Samples, signal: AbortSignal): Promise<Samples>
  /** All has come: what was needed for it may go. Packs may be asked for again all the same. */
  rest?(): void
  close(): void
}

/** Why a pack did not come. */
export class PackMissing extends Error {
  override readonly name = 'PackMissing'
  readonly outcome: Exclude<PackOutcome, { readonly is: 'here' }>

  constructor(outcome: PackMissing['outcome']) {
    super(outcome.is === 'refused' ? `Pictures were answered with ${outcome.status}` : outcome.why)
    this.outcome = outcome
  }
}

export interface PackReader {
  /** The same of what is fetched from an address. Rejects with `PackMissing`. */
  read(address: string, shape: DecodeJob, place: Samples, signal: AbortSignal): Promise<Samples>
  /** Lets the worker go: what it fetched stays in its memory long after it was decoded. The next pack starts another. */
  rest(): void
  close(): void
}

/** Memory for the values of a pack, which the worker can write into where the page is isolated. Throws a RangeError where there is none. */
export function placeFor({ rows, columns, count, samples }: DecodeJob): Samples {
  const bytes = rows * columns * count * bytesPerPixel(samples)
  const buffer = globalThis.crossOriginIsolated ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes)
  return samplesOver(samples, buffer)
}

export function workerReader(): PackReader {
  const waiting = new Map<number, (outcome: PackOutcome) => void>()
  let next = 1
  const answer = (id: number, outcome: PackOutcome): void => {
    waiting.get(id)?.(outcome)
    waiting.delete(id)
  }
  const answerAll = (why: string): void => {
    for (const id of waiting.keys()) answer(id, { is: 'faulty', why })
  }
  const begun = (): Worker => {
    const made = new Worker(new URL('./decode.worker.ts', import.meta.url), { type: 'module' })
    made.addEventListener('message', ({ data }: MessageEvent<PackReply>) => answer(data.id, data.outcome))
    made.addEventListener('error', (event) => answerAll(`Pictures cannot be decoded: ${event.message}`))
    return made
  }
  // At once: it has its code by the time it is asked.
  let worker: Worker | null = begun()
  const end = (): void => {
    worker?.terminate()
    worker = null
  }
  return {
    async read(address, { rows, columns, count, samples }, place, signal) {
      worker ??= begun()
      const asked = worker
      const id = next++
      const into = place.buffer instanceof ArrayBuffer ? null : place
      const stop = (): void => asked.postMessage({ stop: id } satisfies PackStop)
      signal.addEventListener('abort', stop, { once: true })
      const outcome = await new Promise<PackOutcome>((resolve) => {
        waiting.set(id, resolve)
        asked.postMessage({ id, address, rows, columns, count, samples, into } satisfies PackJob)
      })
      signal.removeEventListener('abort', stop)
      if (outcome.is !== 'here') throw new PackMissing(outcome)
      return outcome.values ?? place
    },
    rest() {
      if (waiting.size === 0) end()
    },
    close() {
      end()
      answerAll('The series was closed')
    },
  }
}
