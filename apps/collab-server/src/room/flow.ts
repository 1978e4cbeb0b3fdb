/**
 * How fast one socket is read. An honest page can be faster than the disk, and nothing it sends may be thrown away; so where it sends too
 * much, or too much of it waits for the journal, it is not read for a while. TCP then slows it down, and nobody else notices.
 */
import {
  BYTES_AT_ONCE,
  BYTES_PER_SECOND,
  FRAMES_AT_ONCE,
  FRAMES_PER_SECOND,
  MAX_WAITING_BYTES,
  MAX_WAITING_FRAMES,
} from './limits.ts'

export class Flow {
  readonly #pause: () => void
  readonly #resume: () => void
  #frames = FRAMES_AT_ONCE
  #bytes = BYTES_AT_ONCE
  #countedAt = performance.now()
  #waitingFrames = 0
  #waitingBytes = 0
  #refill: NodeJS.Timeout | null = null
  #paused = false

  constructor(pause: () => void, resume: () => void) {
    this.#pause = pause
    this.#resume = resume
  }

  get paused(): boolean {
    return this.#paused
  }

  /** So much was read. */
  spend(bytes: number, frames = 1): void {
    this.#count()
    this.#bytes -= bytes
    this.#frames -= frames
    const short = this.#shortMs()
    if (short === 0 || this.#refill) return
    this.#stop()
    this.#refill = setTimeout(this.#refilled, short)
  }

  /** Of what was read, so much waits. */
  hold(bytes: number): void {
    this.#waitingFrames++
    this.#waitingBytes += bytes
    if (this.#waitingFrames > MAX_WAITING_FRAMES || this.#waitingBytes > MAX_WAITING_BYTES) this.#stop()
  }

  release(bytes: number): void {
    this.#waitingFrames--
    this.#waitingBytes -= bytes
    this.#goOn()
  }

  /** The socket is gone. */
  end(): void {
    if (this.#refill) clearTimeout(this.#refill)
  }

  readonly #refilled = (): void => {
    this.#refill = null
    this.#count()
    const short = this.#shortMs()
    if (short > 0) this.#refill = setTimeout(this.#refilled, short)
    else this.#goOn()
  }

  #stop(): void {
    if (this.#paused) return
    this.#paused = true
    this.#pause()
  }

  #goOn(): void {
    if (!this.#paused || this.#refill) return
    if (this.#waitingFrames > MAX_WAITING_FRAMES / 2 || this.#waitingBytes > MAX_WAITING_BYTES / 2) return
    this.#paused = false
    this.#resume()
  }

  #count(): void {
    const now = performance.now()
    const seconds = (now - this.#countedAt) / 1000
    this.#countedAt = now
    this.#frames = Math.min(FRAMES_AT_ONCE, this.#frames + seconds * FRAMES_PER_SECOND)
    this.#bytes = Math.min(BYTES_AT_ONCE, this.#bytes + seconds * BYTES_PER_SECOND)
  }

  /** Until nothing is owed any more. */
  #shortMs(): number {
    const seconds = Math.max(-this.#frames / FRAMES_PER_SECOND, -this.#bytes / BYTES_PER_SECOND)
    return seconds <= 0 ? 0 : Math.ceil(seconds * 1000)
  }
}
