/**
 * Bytes of a pack to stored values, off the main thread. One worker for a series: a second one gains no time and costs memory.
 * Where the page is cross-origin isolated the worker writes straight into the shared volume; else it hands the values over.
 */
import type { SampleKind, Samples } from '@consilium/imaging/samples'
import type { PackJob, PackReply } from './decode.worker.ts'

export interface Decoder {
  /** Resolves when the values of the pack stand in `target`. */
  decode(bytes: ArrayBuffer, job: DecodeJob, target: Samples): Promise<void>
  close(): void
}

export interface DecodeJob {
  readonly rows: number
  readonly columns: number
  readonly count: number
  readonly samples: SampleKind
}

export function workerDecoder(): Decoder {
  const worker = new Worker(new URL('./decode.worker.ts', import.meta.url), { type: 'module' })
  const waiting = new Map<number, { resolve: (reply: PackReply) => void; reject: (error: Error) => void }>()
  let next = 1
  worker.addEventListener('message', (event: MessageEvent<PackReply>) => {
    waiting.get(event.data.id)?.resolve(event.data)
    waiting.delete(event.data.id)
  })
  worker.addEventListener('error', (event) => {
    for (const one of waiting.values()) one.reject(new Error(`Pictures cannot be decoded: ${event.message}`))
    waiting.clear()
  })
  return {
    async decode(bytes, job, target) {
      const id = next++
      const shared = target.buffer instanceof ArrayBuffer ? null : target
      const reply = await new Promise<PackReply>((resolve, reject) => {
        waiting.set(id, { resolve, reject })
        const message: PackJob = { id, bytes, ...job, into: shared }
        worker.postMessage(message, [bytes])
      })
      if (reply.fault !== null) throw new Error(reply.fault)
      if (reply.values) target.set(reply.values)
    },
    close() {
      worker.terminate()
      for (const one of waiting.values()) one.reject(new Error('The series was closed'))
      waiting.clear()
    },
  }
}
