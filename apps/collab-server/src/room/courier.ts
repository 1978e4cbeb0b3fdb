/**
 * Sends what pages asked for when they joined, a little in each turn of the event loop: a hundred pages that open a large document at once
 * must not hold up those who are working. A page that reads slowly waits for itself only.
 */
import { Breather } from '../breather.ts'

/** Where the frames of one page go. */
export interface Sink {
  send(frame: Uint8Array): void
  /** Bytes sent and not yet taken by the network. */
  readonly backlog: number
  readonly open: boolean
}

/** A frame is made when it can be sent, not before. */
export type MakeFrame = () => Uint8Array

const TURN_BYTES = 1024 * 1024
/** A page with more than this on its way gets the next frame later. */
const MAX_BACKLOG = 4 * 1024 * 1024
/** How soon those who were too slow are looked at again, where nobody else has anything to do. */
const LOOK_AGAIN_MS = 20

interface Job {
  readonly sink: Sink
  readonly frames: readonly MakeFrame[]
  readonly settle: { done(): void; failed(error: unknown): void }
  sent: number
}

export class Courier {
  #jobs: Job[] = []
  #running = false

  /** Resolves when all was sent, or the page has gone. Rejects where a frame could not be made. */
  deliver(sink: Sink, frames: readonly MakeFrame[]): Promise<void> {
    return new Promise((done, failed) => {
      this.#jobs.push({ sink, frames, settle: { done, failed }, sent: 0 })
      if (!this.#running) setImmediate(this.#turn)
      this.#running = true
    })
  }

  readonly #turn = (): void => {
    const breather = new Breather()
    const jobs = this.#jobs
    this.#jobs = []
    let left = TURN_BYTES
    for (const job of jobs) {
      while (!isOver(job) && left > 0 && !breather.isDue && !isBehind(job)) left -= sendNext(job)
      if (isOver(job)) job.settle.done()
      else this.#jobs.push(job)
    }
    this.#running = this.#jobs.length > 0
    if (!this.#running) return
    if (this.#jobs.every(isBehind)) setTimeout(this.#turn, LOOK_AGAIN_MS)
    else setImmediate(this.#turn)
  }
}

const isBehind = ({ sink }: Job): boolean => sink.open && sink.backlog > MAX_BACKLOG

const isOver = ({ sink, frames, sent }: Job): boolean => sent >= frames.length || !sink.open

/** Returns how many bytes were sent. */
function sendNext(job: Job): number {
  try {
    const frame = (job.frames[job.sent] as MakeFrame)()
    job.sent += 1
    job.sink.send(frame)
    return frame.byteLength
  } catch (error) {
    job.settle.failed(error)
    job.sent = job.frames.length
    return 0
  }
}
