/**
 * The bytes of a body as they come. What somebody waits for goes from the stream straight to where it belongs: a promise for each chunk of a
 * socket would cost more than its copying, and the stream's own iterator puts together what came meanwhile, which copies every byte once more.
 */
import { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { release } from './release.ts'

export type Body = Readable | ReadableStream<Uint8Array> | null

/** The sender went away, or sent nothing for too long, before the end. */
export class BodyCutOff extends Error {}

/** Whoever sends nothing for so long holds up others. */
const IDLE_MS = 30_000
/** Chunks that may wait here before the stream is asked to pause. */
const AHEAD = 4

/** For one who asks at a time. */
export class Chunks {
  readonly #source: Readable | null
  /** Chunks that came, of the first of which so many bytes were taken. */
  readonly #here: Uint8Array[] = []
  #taken = 0
  /** What is left to be filled. */
  #room: Uint8Array | null = null
  #isOver: boolean
  #fault: unknown = null
  #wake: (() => void) | null = null
  readonly #giveUp: NodeJS.Timeout
  readonly #listeners = {
    data: (chunk: Uint8Array) => this.#came(chunk),
    end: () => this.#ended(),
    error: (error: unknown) => this.#failed(error),
    close: () => this.#failed(cutOff()),
  }

  constructor(body: Body, idleMs = IDLE_MS) {
    const source = body === null || body instanceof Readable ? body : Readable.fromWeb(body)
    this.#source = source
    this.#isOver = source === null || source.readableEnded
    if (source?.errored || source?.destroyed) this.#failed(source.errored ?? cutOff())
    // Only while it is waited for: whoever takes the bytes may be the slower one.
    this.#giveUp = setTimeout(() => {
      if (this.#wake) source?.destroy(new Error('nothing came for too long'))
    }, idleMs)
    for (const [event, listener] of Object.entries(this.#listeners)) source?.on(event, listener)
  }

  /** What came next, there until more is asked for; null at the end. */
  async next(): Promise<Uint8Array | null> {
    this.#drop()
    while (this.#here.length === 0) if (!(await this.#more())) return null
    const [first] = this.#here as [Uint8Array]
    const chunk = first.subarray(this.#taken)
    this.#taken = first.length
    return chunk
  }

  /** Of what was given last, the last so many bytes come again. */
  putBack(bytes: number): void {
    this.#taken -= bytes
  }

  /** Fails also where the body ends before there are so many bytes. */
  async fill(room: Uint8Array): Promise<void> {
    this.#drop()
    this.#room = room
    this.#pour()
    try {
      while (this.#room.length > 0)
        if (!(await this.#more()))
          throw new BodyCutOff('the body ended before all that was announced had come')
    } finally {
      this.#room = null
    }
  }

  /** To be called at the end. Leaves the connection paused and open, so that an answer can still be sent. */
  close(): void {
    clearTimeout(this.#giveUp)
    this.#drop()
    this.#source?.pause()
    for (const [event, listener] of Object.entries(this.#listeners))
      if (event !== 'error') this.#source?.off(event, listener)
  }

  /** True when something came, false at the end. */
  async #more(): Promise<boolean> {
    if (this.#fault !== null) throw new BodyCutOff('the body ended early', { cause: this.#fault })
    if (this.#isOver) return false
    this.#giveUp.refresh()
    await new Promise<void>((resolve) => {
      this.#wake = resolve
      if (this.#source?.isPaused()) this.#source.resume()
    })
    return true
  }

  #came(chunk: Uint8Array): void {
    this.#here.push(chunk)
    if (this.#room) {
      this.#giveUp.refresh()
      this.#pour()
    }
    if (this.#here.length >= AHEAD) this.#source?.pause()
    if (!this.#room || this.#room.length === 0) this.#woken()
  }

  #pour(): void {
    while (this.#room && this.#room.length > 0) {
      const first = this.#here[0]
      if (!first) return
      const some = first.subarray(this.#taken, this.#taken + this.#room.length)
      this.#room.set(some)
      this.#room = this.#room.subarray(some.length)
      this.#taken += some.length
      this.#drop()
    }
  }

  /** The first chunk, where all of it was taken. */
  #drop(): void {
    const [first] = this.#here
    if (!first || this.#taken < first.length) return
    this.#here.shift()
    this.#taken = 0
    // Of a socket's, nobody else has it.
    if (this.#source instanceof IncomingMessage && first.byteLength === first.buffer.byteLength)
      release(first)
  }

  #ended(): void {
    this.#isOver = true
    this.#woken()
  }

  #failed(error: unknown): void {
    if (!this.#isOver) this.#fault ??= error
    this.#woken()
  }

  #woken(): void {
    this.#wake?.()
    this.#wake = null
  }
}

/** Chunk by chunk; each is there until the next one is asked for. */
export async function* chunksOf(body: Body, idleMs?: number): AsyncGenerator<Uint8Array> {
  const chunks = new Chunks(body, idleMs)
  try {
    for (let chunk = await chunks.next(); chunk; chunk = await chunks.next()) yield chunk
  } finally {
    chunks.close()
  }
}

const cutOff = (): Error => new Error('the stream was closed before its end')
