/** The page's end of the worker that works on voxels: a worker for each job, so that to give it up is to end it, memory and all. */
import type { ReadJob, ReadLabel, WriteJob, Written } from './exchange.ts'
import { type Change, type ChangeJob, OperationFault } from './job.ts'

/** What comes back, in this order: shares done, then an outcome or a sentence. */
export type Reply = { readonly share: number } | { readonly done: unknown } | { readonly fault: string }

export type OutcomeOf<Job> = Job extends ChangeJob
  ? Change
  : Job extends WriteJob
    ? Written
    : readonly ReadLabel[]

/** As much of a Worker as is used. */
export interface Hired {
  postMessage(job: unknown, transfer: Transferable[]): void
  terminate(): void
  addEventListener(type: 'message', listener: (event: { readonly data: Reply }) => void): void
  addEventListener(type: 'error', listener: (event: { readonly message?: string }) => void): void
}

export interface Followed {
  readonly signal: AbortSignal
  /** Share done, 0 to 1. */
  readonly progress: (share: number) => void
  /** Memory that the page gives away. */
  readonly transfer?: Transferable[]
}

const hire = (): Hired =>
  new Worker(new URL('./operations.worker.ts', import.meta.url), { type: 'module' }) as unknown as Hired

/** @throws OperationFault with a sentence for the person; what the signal was given up with */
export async function inWorker<Job extends ChangeJob | WriteJob | ReadJob>(
  job: Job,
  { signal, progress, transfer = [] }: Followed,
  open: () => Hired = hire,
): Promise<OutcomeOf<Job>> {
  signal.throwIfAborted()
  const worker = open()
  let stop = (): void => {}
  try {
    return await new Promise<OutcomeOf<Job>>((resolve, reject) => {
      stop = () => reject(signal.reason)
      signal.addEventListener('abort', stop)
      worker.addEventListener('message', ({ data }) => {
        if ('share' in data) progress(data.share)
        else if ('fault' in data) reject(new OperationFault(data.fault))
        else resolve(data.done as OutcomeOf<Job>)
      })
      worker.addEventListener('error', ({ message }) =>
        reject(new Error(`The work on voxels broke off: ${message ?? 'the worker could not be started'}`)),
      )
      worker.postMessage(job, transfer)
    })
  } finally {
    signal.removeEventListener('abort', stop)
    worker.terminate()
  }
}
