/**
 * Large files that arrive part by part, under the SHA-256 that their sender announced. What has come of them waits in `incoming/`: a broken
 * connection costs what had not arrived, a start of the server everything. Whoever falls silent for an hour is forgotten.
 */
import { createHash, type Hash } from 'node:crypto'
import { open, rm } from 'node:fs/promises'
import { Refusal } from '@consilium/contract/refusals'
import { PART_BYTES } from '@consilium/contract/travel'
import { type Body, BodyCutOff, chunksOf } from './chunks.ts'
import { placeIn, type Spooled } from './spool.ts'

const FILES_LIMIT = 64
const BYTES_LIMIT = 4 * 2 ** 30
const FORGOTTEN_MS = 60 * 60 * 1000
const LOOK_MS = 60_000

interface Part {
  readonly import: string
  readonly path: string
  readonly length: number
  readonly hash: Hash
  received: number
  touchedAt: number
  /** Somebody writes or reads it. */
  busy: boolean
}

export interface PartPlace {
  readonly import: string
  readonly sha256: string
  readonly offset: number
  /** Of the whole file. */
  readonly length: number
}

export class Parts {
  readonly #folder: string
  readonly #parts = new Map<string, Part>()
  readonly #timer: NodeJS.Timeout

  constructor(folder: string) {
    this.#folder = folder
    this.#timer = setInterval(() => this.#forgetSilent(), LOOK_MS).unref()
  }

  received(importId: string, sha256: string): number {
    return this.#parts.get(`${importId} ${sha256}`)?.received ?? 0
  }

  /** Appends. With the last part `use` gets the whole file, which is gone afterwards; null before. Refuses what does not continue what is here. */
  async append<T>(
    place: PartPlace,
    body: Body,
    use: (whole: Spooled) => Promise<T>,
  ): Promise<{ received: number; whole: T | null }> {
    const name = `${place.import} ${place.sha256}`
    const part = this.#parts.get(name) ?? this.#begin(place)
    if (part.length !== place.length)
      throw new Refusal('invalid-body', {
        message: 'The file is not as long as was said before.',
        field: 'upload-length',
      })
    if (part.busy || place.offset !== part.received)
      throw new Refusal('wrong-offset', { message: `${part.received} bytes of this file are here.` })
    this.#parts.set(name, part)
    part.busy = true
    try {
      await this.#write(part, body)
      if (part.received < part.length) return { received: part.received, whole: null }
    } catch (error) {
      if (!(error instanceof BodyCutOff)) await this.#drop(name)
      throw error
    } finally {
      part.busy = false
      part.touchedAt = Date.now()
    }
    part.busy = true
    const sha256 = part.hash.digest('hex')
    try {
      return {
        received: part.received,
        whole: await use({ bytes: part.length, sha256, content: null, path: part.path }),
      }
    } finally {
      await this.#drop(name)
    }
  }

  async forget(importId: string): Promise<void> {
    const names = [...this.#parts].filter(([, part]) => part.import === importId).map(([name]) => name)
    await Promise.all(names.map((name) => this.#drop(name)))
  }

  close(): void {
    clearInterval(this.#timer)
  }

  #begin({ import: id, length }: PartPlace): Part {
    const own = [...this.#parts.values()].filter((part) => part.import === id)
    const waiting = own.reduce((sum, part) => sum + part.length, 0)
    if (own.length >= FILES_LIMIT || waiting + length > BYTES_LIMIT)
      throw new Refusal('too-large', { message: 'Too many files of this import are on their way at once.' })
    return {
      import: id,
      path: placeIn(this.#folder),
      length,
      hash: createHash('sha256'),
      received: 0,
      touchedAt: Date.now(),
      busy: false,
    }
  }

  async #write(part: Part, body: Body): Promise<void> {
    const end = Math.min(part.length, part.received + PART_BYTES)
    const file = await open(part.path, 'a', 0o600)
    try {
      for await (const chunk of chunksOf(body)) {
        if (part.received + chunk.length > end) throw new Refusal('too-large')
        await file.writeFile(chunk)
        part.hash.update(chunk)
        part.received += chunk.length
      }
    } finally {
      await file.close()
    }
  }

  async #drop(name: string): Promise<void> {
    const part = this.#parts.get(name)
    this.#parts.delete(name)
    if (part) await rm(part.path, { force: true })
  }

  #forgetSilent(): void {
    const since = Date.now() - FORGOTTEN_MS
    for (const [name, part] of this.#parts) if (!part.busy && part.touchedAt < since) void this.#drop(name)
  }
}
