/** The studies' pool of threads, with each job's answer typed by its name. */
import type { JobReplies, JobReply, JobRequest, WorkerSetting } from './jobs.ts'
import type { Lent } from './lending.ts'
import { WorkerPool } from './workers.ts'

const THREADS = 2
const HEAP_MB = 768
/** Between two signs of life, for a small file. A hang takes for ever. */
const QUIET_MS = 15_000
/** The slowest coding (JPEG 2000) on a slow machine decodes about 1 MiB per second. */
const QUIET_MS_PER_MIB = 1_000
const QUIET_MS_AT_MOST = 300_000

export class StudyThreads {
  readonly #pool: WorkerPool<JobRequest, JobReply>
  #readAt = Number.NEGATIVE_INFINITY

  constructor(setting: WorkerSetting) {
    this.#pool = new WorkerPool(new URL('./worker.ts', import.meta.url), {
      size: THREADS,
      workerData: setting,
      heapMb: HEAP_MB,
      quietMs: QUIET_MS,
    })
  }

  /** Since a file was last given to be read. */
  get sinceReadMs(): number {
    return performance.now() - this.#readAt
  }

  /** `bytes`: how much there is to read; more may take longer. `lent`: what the thread has until it answers. */
  run<Name extends JobRequest['job']>(
    request: Extract<JobRequest, { job: Name }>,
    bytes = 0,
    lent: Lent | null = null,
  ): Promise<JobReplies[Name]> {
    if (request.job === 'read') this.#readAt = performance.now()
    const quietMs = Math.min(QUIET_MS_AT_MOST, QUIET_MS + (bytes / 2 ** 20) * QUIET_MS_PER_MIB)
    return this.#pool.run(request, quietMs, lent) as Promise<JobReplies[Name]>
  }

  close(): Promise<void> {
    return this.#pool.close()
  }
}
