/** Runs in a module worker: decodes one pack per message with @consilium/imaging/packs. Never throws; a fault travels in the reply. */
import { decodeFrames } from '@consilium/imaging/packs'

export interface PackJob {
  readonly id: number
  readonly bytes: ArrayBuffer
  readonly rows: number
  readonly columns: number
  readonly count: number
  readonly signed: boolean
  /** A view on shared memory to write into, or null to send the values back. */
  readonly into: Int16Array | Uint16Array | null
}

export interface PackReply {
  readonly id: number
  readonly values: Int16Array | Uint16Array | null
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
    const size = job.rows * job.columns * job.count
    const target = job.into ?? (job.signed ? new Int16Array(size) : new Uint16Array(size))
    decodeFrames(new Uint8Array(job.bytes), job, target)
    if (job.into) scope.postMessage({ id: job.id, values: null, fault: null }, [])
    else scope.postMessage({ id: job.id, values: target, fault: null }, [target.buffer as ArrayBuffer])
  } catch (error) {
    scope.postMessage({ id: job.id, values: null, fault: String(error) }, [])
  }
})
