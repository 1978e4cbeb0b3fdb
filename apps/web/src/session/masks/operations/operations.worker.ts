/**
 * Runs in a module worker: one job, its progress, and its outcome. Whoever does not want it any more ends the worker. A sentence that the
 * person is to read travels in the reply; anything else is our own mistake and ends the worker with it.
 */
import { VoxelLimit } from '@consilium/geometry/voxels/limit'
import type { Work } from '@consilium/geometry/voxels/work'
import { changeOf } from './change.ts'
import type { ReadJob, WriteJob } from './exchange.ts'
import type { Reply } from './inWorker.ts'
import { type ChangeJob, OperationFault } from './job.ts'

/** What of the worker's global scope is used here; the page's own types would clash with the library's worker types. */
interface Scope {
  addEventListener(
    type: 'message',
    listener: (event: MessageEvent<ChangeJob | WriteJob | ReadJob>) => void,
  ): void
  postMessage(reply: Reply): void
}
const scope = globalThis as unknown as Scope

/** ms between two words about how far it is. */
const EVERY_MS = 50

scope.addEventListener('message', ({ data }) => void answer(data))

async function answer(job: ChangeJob | WriteJob | ReadJob): Promise<void> {
  try {
    scope.postMessage({ done: await outcome(job) })
  } catch (error) {
    const sentence = sentenceOf(error)
    // Thrown outside of the promise, so that the page hears of it as of any fault of a worker.
    if (sentence === null)
      setTimeout(() => {
        throw error
      })
    else scope.postMessage({ fault: sentence })
  }
}

async function outcome(job: ChangeJob | WriteJob | ReadJob): Promise<unknown> {
  if (job.job === 'change') return followed(changeOf(job))
  // Readers of all formats come only when a file does.
  const { read, written } = await import('./exchange.ts')
  return job.job === 'write' ? written(job, tell) : read(job, tell)
}

function followed<T>(work: Work<T>): T {
  for (;;) {
    const step = work.next()
    if (step.done) return step.value
    tell(step.value)
  }
}

let told = 0
function tell(share: number): void {
  const now = performance.now()
  if (now - told < EVERY_MS) return
  told = now
  scope.postMessage({ share })
}

function sentenceOf(error: unknown): string | null {
  if (error instanceof OperationFault || error instanceof VoxelLimit) return error.message
  // Of files: their readers' classes are not loaded here.
  if (error instanceof Error && (error.name === 'ExchangeFault' || error.name === 'ImagingFault'))
    return error.message
  if (error instanceof RangeError) return 'There is not enough memory for that in this browser.'
  return null
}
