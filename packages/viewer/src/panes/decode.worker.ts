/** Runs in a module worker: decodes one pack per message with @consilium/imaging/packs. Never throws; a fault travels in the reply. */
import { decodeFrames, frameBytes } from '@consilium/imaging/packs'
import { type SampleKind, type Samples, samplesOver } from '@consilium/imaging/samples'

export interface PackJob {
  readonly id: number
  readonly bytes: ArrayBuffer
  readonly rows: number
  readonly columns: number
  readonly count: number
  readonly samples: SampleKind
  /** A view on shared memory to write into, or null to send the values back. */
  readonly into: Samples | null
}

export interface PackReply {
  readonly id: number
  readonly values: Samples | null
  readonly fault: string | null
}

/** What of the worker's global scope is used here; the page's own types would clash with the library's worker types. */
interface Scope {
  addEventListener(type: 'message', listener: (event: MessageEvent<PackJob>) => void): void
  postMessage(message: PackReply, transfer: Transferable[]): void
}
const scope = globalThis as unknown as Scope

scope.addEventListener('message', ({ data: job }) => {
  try {
    const target = job.into ?? samplesOver(job.samples, new ArrayBuffer(frameBytes(job) * job.count))
    decodeFrames(new Uint8Array(job.bytes), job, target)
    if (job.into) scope.postMessage({ id: job.id, values: null, fault: null }, [])
    else scope.postMessage({ id: job.id, values: target, fault: null }, [target.buffer as ArrayBuffer])
  } catch (error) {
    scope.postMessage({ id: job.id, values: null, fault: String(error) }, [])
  }
})
