/**
 * One worker thread and the tasks that wait for it, one at a time: a task that costs the thread its life costs nobody else anything, and
 * the next gets a new thread. A thread with nothing to do is ended after a while and gives back its memory.
 */
import { Worker } from 'node:worker_threads'
import { Refusal } from '@consilium/contract/refusals'
import { DamagedSnapshot } from '../journal/snapshots.ts'
import { oldGenerationLimit } from '../room/memory.ts'
import { handOver } from './handOver.ts'
import type { Answers, Done, Task, Wanted } from './work.ts'

const IDLE_MS = 30_000
/** A thread may take as much as the server itself may. */
const HEAP_MB = Math.floor(oldGenerationLimit() / 2 ** 20)

/** What was asked for is not made any more. */
export class Stopping extends Error {
  override readonly name = 'Stopping'

  constructor() {
    super('the server stops')
  }
}

interface Job {
  readonly task: Task
  readonly done: (answer: Answers[Wanted]) => void
  readonly failed: (error: Error) => void
}

export class Lane {
  readonly #script: URL
  readonly #heapMb: number
  readonly #nice: number
  readonly #waiting: Job[] = []
  #current: Job | null = null
  #thread: Worker | null = null
  #idle: NodeJS.Timeout | null = null
  #closed = false
  /** Threads that are of no use any more, and not gone yet. */
  readonly #ending = new Set<Promise<unknown>>()

  /** `nice`: how far it stands behind the event loop for the processor, as systems count it; for scripts that look at it. */
  constructor(script: URL = new URL('./work.ts', import.meta.url), heapMb: number = HEAP_MB, nice = 0) {
    this.#script = script
    this.#heapMb = heapMb
    this.#nice = nice
  }

  /** The bytes of `task` are gone afterwards. Rejects with a Refusal where there is not enough memory, with DamagedSnapshot, or an Error. */
  run(task: Task): Promise<Answers[Wanted]> {
    return new Promise((done, failed) => {
      if (this.#closed) return failed(new Stopping())
      this.#waiting.push({ task, done, failed })
      this.#serve()
    })
  }

  /** What waits or is being made hears Stopping. Resolves when no thread is left. */
  async close(): Promise<void> {
    this.#closed = true
    for (const { failed } of this.#waiting.splice(0)) failed(new Stopping())
    this.#end(new Stopping())
    await Promise.all(this.#ending)
  }

  #serve(): void {
    if (this.#current || this.#ending.size > 0) return
    const job = this.#waiting.shift()
    if (!job) return this.#rest()
    if (this.#idle) clearTimeout(this.#idle)
    this.#current = job
    this.#thread ??= this.#start()
    this.#thread.ref()
    const { message, buffers } = handOver(job.task)
    this.#thread.postMessage(message, buffers)
  }

  /** Nothing to do: the process may end, and after a while the thread does. */
  #rest(): void {
    if (!this.#thread) return
    this.#thread.unref()
    this.#idle = setTimeout(() => this.#end(new Error('idle')), IDLE_MS).unref()
  }

  #start(): Worker {
    const thread = new Worker(this.#script, {
      resourceLimits: { maxOldGenerationSizeMb: this.#heapMb },
      workerData: this.#nice,
    })
    thread.on('message', (done: Done) => {
      if (this.#thread !== thread) return
      // So near its limit, V8 may end it at any moment: the next task must not be in it.
      if ('why' in done && done.why === 'too large') return this.#end(new Refusal('too-large-to-open'))
      const job = this.#current
      this.#current = null
      if ('answer' in done) job?.done(done.answer)
      else if (done.why === 'damaged') job?.failed(new DamagedSnapshot(done.fault))
      else job?.failed(new Error(`a state could not be made: ${done.fault}`))
      this.#serve()
    })
    thread.on('error', (error: NodeJS.ErrnoException) => {
      if (this.#thread !== thread) return
      const isMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY'
      this.#end(isMemory ? new Refusal('too-large-to-open') : error)
    })
    thread.on('exit', () => {
      if (this.#thread === thread) this.#end(new Error('the worker ended'))
    })
    return thread
  }

  /** The thread is of no use any more; the next task gets a new one, when this one and its memory are gone. */
  #end(why: Error): void {
    const thread = this.#thread
    this.#thread = null
    const job = this.#current
    this.#current = null
    job?.failed(why)
    if (this.#idle) clearTimeout(this.#idle)
    if (!thread) return
    const ending = thread.terminate().finally(() => {
      this.#ending.delete(ending)
      this.#serve()
    })
    this.#ending.add(ending)
  }
}
