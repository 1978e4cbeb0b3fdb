/**
 * A few threads that do what must not stop the server: reading foreign files, sorting slices, building packs.
 * One job at a time per thread. A thread that dies, runs out of memory or goes quiet costs the job it had, and is replaced; one that other
 * work leaves no processor is waited for.
 * Who closes lets them end the job that they have: Node itself ends, with an assertion, where a thread is stopped while it compresses.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import type { Lent } from './lending.ts'

/** What a thread says. `alive` postpones the time limit: a long series of frames is not a hang. */
export type WorkerMessage<Reply> =
  | { t: 'ready' }
  | { t: 'alive' }
  | { t: 'done'; reply: Reply; lent?: ArrayBuffer | null }
  | { t: 'fault'; message: string; trace: string | null; lent?: ArrayBuffer | null }

/** The job cannot be done and it is the input's fault; the message is one sentence for people. */
export class JobFault extends Error {
  /** Where an unforeseen fault came from, for the log; null where the reader knows what is wrong. */
  readonly trace: string | null

  constructor(message: string, trace: string | null = null) {
    super(message)
    this.name = 'JobFault'
    this.trace = trace
  }
}

export interface PoolOptions {
  readonly size: number
  readonly workerData: unknown
  /** Heap of one thread. Pixel buffers lie outside it; the reader's own limits bound those. */
  readonly heapMb: number
  /** A thread that says nothing for so long, and as long again of which it had at least half the processor, is ended. */
  readonly quietMs: number
  /** So long may a job go on when all is closed. */
  readonly lastMs?: number
}

const LAST_MS = 2_000
/** Times of quiet after which a thread is ended, whatever the machine did meanwhile. */
const MOST_QUIETS = 20

interface Job<Request, Reply> {
  readonly request: Request
  readonly quietMs: number
  /** What the request shows a part of, and the thread has until it answers. */
  readonly lent: Lent | null
  readonly resolve: (reply: Reply) => void
  readonly reject: (error: Error) => void
}

interface Seat<Request, Reply> {
  readonly worker: Worker
  ready: boolean
  job: Job<Request, Reply> | null
  timer: NodeJS.Timeout | undefined
  /** How often it said something. */
  spoke: number
}

export class WorkerPool<Request, Reply> {
  readonly #script: URL
  readonly #options: PoolOptions
  readonly #queue: Job<Request, Reply>[] = []
  readonly #seats = new Set<Seat<Request, Reply>>()
  #closed = false
  /** While it is closed: whoever waits for the end of the jobs under way. */
  #idle: (() => void) | null = null

  constructor(script: URL, options: PoolOptions) {
    this.#script = script
    this.#options = options
  }

  /** `quietMs`: another limit for this job. Rejects with JobFault where the input is at fault (or cost the thread its life), else with an ordinary Error. */
  run(request: Request, quietMs: number = this.#options.quietMs, lent: Lent | null = null): Promise<Reply> {
    if (this.#closed) return Promise.reject(new Error('the workers have stopped'))
    return new Promise((resolve, reject) => {
      this.#queue.push({ request, quietMs, lent, resolve, reject })
      this.#serve()
    })
  }

  async close(): Promise<void> {
    this.#closed = true
    for (const job of this.#queue.splice(0)) job.reject(new Error('the server is stopping'))
    if (this.#isBusy) await this.#lastJobs()
    await Promise.all([...this.#seats].map((seat) => this.#end(seat, new Error('the server is stopping'))))
  }

  /** Resolves when they are done, or take too long. */
  #lastJobs(): Promise<void> {
    return new Promise((resolve) => {
      const late = setTimeout(resolve, this.#options.lastMs ?? LAST_MS)
      this.#idle = () => {
        clearTimeout(late)
        resolve()
      }
    })
  }

  get #isBusy(): boolean {
    return [...this.#seats].some(({ job }) => job !== null)
  }

  #serve(): void {
    if (this.#closed && !this.#isBusy) this.#idle?.()
    for (const seat of this.#seats) {
      if (!seat.ready || seat.job) continue
      const job = this.#queue.shift()
      if (!job) return
      seat.job = job
      this.#watch(seat)
      seat.worker.postMessage(job.request, job.lent ? [job.lent.memory] : [])
    }
    const starting = [...this.#seats].filter((seat) => !seat.ready).length
    if (this.#queue.length > starting && this.#seats.size < this.#options.size) this.#seat()
  }

  #seat(): void {
    const worker = new Worker(this.#script, {
      workerData: this.#options.workerData,
      resourceLimits: { maxOldGenerationSizeMb: this.#options.heapMb },
      // Codecs print what they think; nothing a file makes them say belongs in the server's log.
      stdout: true,
      stderr: true,
    })
    worker.stdout.resume()
    worker.stderr.resume()
    const seat: Seat<Request, Reply> = { worker, ready: false, job: null, timer: undefined, spoke: 0 }
    this.#seats.add(seat)
    worker.on('message', (message: WorkerMessage<Reply>) => this.#hear(seat, message))
    worker.on('error', (error: NodeJS.ErrnoException) => {
      const outOfMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY'
      void this.#end(
        seat,
        new JobFault(
          outOfMemory
            ? 'Too large: reading it takes more memory than allowed.'
            : 'Damaged: it stops the reader.',
        ),
      )
      if (!seat.ready) this.#giveUp(error)
    })
    worker.on('exit', () => void this.#end(seat, new JobFault('Damaged: it stops the reader.')))
  }

  #hear(seat: Seat<Request, Reply>, message: WorkerMessage<Reply>): void {
    seat.spoke += 1
    if (message.t === 'alive') return this.#watch(seat)
    if (message.t === 'ready') seat.ready = true
    else {
      clearTimeout(seat.timer)
      const job = seat.job
      seat.job = null
      if (job?.lent && message.lent) job.lent.memory = message.lent
      if (message.t === 'done') job?.resolve(message.reply)
      else job?.reject(new JobFault(message.message, message.trace))
    }
    this.#serve()
  }

  /** `before`: what it had used of the processor when it had been quiet for a while already, ms. */
  #watch(seat: Seat<Request, Reply>, before: number | null = null, quiets = 1): void {
    clearTimeout(seat.timer)
    const { job, worker, spoke } = seat
    if (!job) return
    seat.timer = setTimeout(async () => {
      const used = await processorMs(worker, job.quietMs)
      // It was done, or said something, while it was asked.
      if (seat.job !== job || seat.spoke !== spoke) return
      const hadItsTime = before !== null && (used === null || used - before >= job.quietMs / 2)
      if (hadItsTime || quiets === MOST_QUIETS)
        void this.#end(seat, new JobFault('Damaged: reading it takes longer than allowed.'))
      else this.#watch(seat, used ?? Number.POSITIVE_INFINITY, quiets + 1)
    }, job.quietMs)
  }

  async #end(seat: Seat<Request, Reply>, why: Error): Promise<void> {
    if (!this.#seats.delete(seat)) return
    clearTimeout(seat.timer)
    seat.job?.reject(why)
    seat.job = null
    await seat.worker.terminate()
    this.#serve()
  }

  /** A thread that cannot even start is our own mistake: replacing it would go on forever. */
  #giveUp(error: Error): void {
    for (const job of this.#queue.splice(0)) job.reject(error)
  }
}

/** What the thread has used of the processor since it began; null where it does not answer in time: it is in a call that nothing interrupts. */
function processorMs(worker: Worker, patienceMs: number): Promise<number | null> {
  const told = worker.cpuUsage().then(
    ({ user, system }) => (user + system) / 1_000,
    () => null,
  )
  return Promise.race([told, sleep(patienceMs, null, { ref: false })])
}
