/**
 * Runs in a module worker: fetches and decodes one pack per message with @consilium/imaging/packs, so that its bytes never pass through the
 * page. Never throws; what goes wrong travels in the reply.
 */
import { frameBytes } from '@consilium/imaging/packs'
import { type SampleKind, type Samples, samplesOver } from '@consilium/imaging/samples'
import { BrokenOff, decodeArriving } from './arriving.ts'

export interface PackJob {
  readonly id: number
  readonly address: string
  readonly rows: number
  readonly columns: number
  readonly count: number
  readonly samples: SampleKind
  /** A view on shared memory to write into, or null to send the values back. */
  readonly into: Samples | null
}

/** Nobody waits for this one any more. */
export interface PackStop {
  readonly stop: number
}

/** `values`: null where they were written into shared memory. */
export type PackOutcome =
  | { readonly is: 'here'; readonly values: Samples | null }
  | { readonly is: 'refused'; readonly status: number; readonly body: unknown }
  | { readonly is: 'unreachable' | 'faulty'; readonly why: string }

export interface PackReply {
  readonly id: number
  readonly outcome: PackOutcome
}

/** What of the worker's global scope is used here; the page's own types would clash with the library's worker types. */
interface Scope {
  addEventListener(type: 'message', listener: (event: MessageEvent<PackJob | PackStop>) => void): void
  postMessage(message: PackReply, transfer: Transferable[]): void
}
const scope = globalThis as unknown as Scope
const underWay = new Map<number, AbortController>()

async function outcomeOf(job: PackJob, signal: AbortSignal): Promise<PackOutcome> {
  let answer: Response
  try {
    answer = await fetch(job.address, { signal })
    if (!answer.ok)
      return { is: 'refused', status: answer.status, body: await answer.json().catch(() => null) }
  } catch (error) {
    return { is: 'unreachable', why: String(error) }
  }
  try {
    const target = job.into ?? samplesOver(job.samples, new ArrayBuffer(frameBytes(job) * job.count))
    await decodeArriving(answer, job, target)
    return { is: 'here', values: job.into ? null : target }
  } catch (error) {
    if (error instanceof BrokenOff) return { is: 'unreachable', why: String(error.cause) }
    return { is: 'faulty', why: error instanceof Error ? error.message : String(error) }
  }
}

async function work(job: PackJob): Promise<void> {
  const stop = new AbortController()
  underWay.set(job.id, stop)
  const outcome = await outcomeOf(job, stop.signal)
  underWay.delete(job.id)
  const handedOver = outcome.is === 'here' && outcome.values ? [outcome.values.buffer as ArrayBuffer] : []
  scope.postMessage({ id: job.id, outcome }, handedOver)
}

scope.addEventListener('message', ({ data }) => {
  if ('stop' in data) underWay.get(data.stop)?.abort()
  else void work(data)
})
