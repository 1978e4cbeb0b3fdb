/**
 * When a document is put away, is what everybody saw what the journal holds? The journal is replayed in a worker up to the last row that
 * was applied here, and both say what they hold as one hash (digest.ts). They can differ only by a fault of ours, of a library or of the
 * machine; then somebody has to be woken, and whatever was kept to make opening fast is not trusted any more.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type * as Y from 'yjs'
import { Breather } from '../breather.ts'
import type { Journal } from '../journal/journal.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import { digestOf } from '../revisions/digest.ts'
import { Turnstile } from '../turnstile.ts'

/** A replay is followed by so many times its length in which there is none: large documents are checked, but not all the time. */
const PAUSE = 4
/** Documents whose last check is remembered: who only looked leaves nothing to replay. */
const REMEMBERED = 10_000

export interface UnloadChecksParts {
  readonly journal: Pick<Journal, 'moment' | 'dropSnapshots'>
  readonly log: Log
  readonly alarm: Metrics['alarm']
}

/** What was in memory. */
interface Held {
  readonly seq: number
  readonly digest: Buffer
}

export class UnloadChecks {
  readonly #parts: UnloadChecksParts
  /** One document after the other is digested: each stays in memory until then. */
  readonly #digesting = new Turnstile(1)
  /** By document; where one is put away twice before its turn has come, the later one counts. */
  readonly #waiting = new Map<number, Held>()
  readonly #found = new Map<number, Held>()
  /** By document: the last revision that took words out of rows before it. */
  readonly #rewritten = new Map<number, number>()
  #running: Promise<void> | null = null
  #closed = false

  constructor(parts: UnloadChecksParts) {
    this.#parts = parts
  }

  /** Nobody changes `ydoc` any more; `seq` is the last row in it. Resolves when it is needed no longer; the rest is done later. */
  check(doc: number, seq: number, ydoc: Y.Doc): Promise<void> {
    return this.#digesting
      .pass(() => digestInTurns(ydoc))
      .then((digest) => this.#digested(doc, { seq, digest }))
      .catch((error: unknown) => this.#failed(doc, error))
  }

  /** What was in memory before revision `seq` is not what the journal holds now, and that is as it should be. */
  rewritten(doc: number, seq: number): void {
    this.#rewritten.set(doc, seq)
  }

  /** Resolves when all that were put away are checked. */
  async idle(): Promise<void> {
    await this.#digesting.pass(async () => undefined)
    while (this.#running) await this.#running
  }

  close(): void {
    this.#closed = true
    this.#waiting.clear()
  }

  #digested(doc: number, held: Held): void {
    const found = this.#found.get(doc)
    if (this.#closed || (found?.seq === held.seq && found.digest.equals(held.digest))) return
    this.#waiting.set(doc, held)
    this.#running ??= this.#run()
  }

  #failed(doc: number, error: unknown): void {
    if (!this.#closed) this.#parts.log.warn({ err: error, doc }, 'a document could not be checked')
  }

  async #run(): Promise<void> {
    for (const [doc, held] of this.#waiting) {
      this.#waiting.delete(doc)
      const began = performance.now()
      try {
        await this.#compare(doc, held)
      } catch (error) {
        this.#failed(doc, error)
      }
      if (this.#waiting.size > 0) await sleep((performance.now() - began) * PAUSE, undefined, { ref: false })
    }
    this.#running = null
  }

  async #compare(doc: number, held: Held): Promise<void> {
    const { journal, log, alarm } = this.#parts
    const replayed = await journal.moment(doc, held.seq, 'digest')
    if (held.digest.equals(replayed)) return this.#remember(doc, held)
    if (held.seq < (this.#rewritten.get(doc) ?? 0)) return
    alarm('unload-mismatch', { doc, seq: held.seq })
    // Memory or snapshot? All rows, without any, are the truth.
    const fromRows = await journal.moment(doc, held.seq, 'digest', { snapshotUpTo: 0 })
    if (Buffer.compare(fromRows, replayed) === 0)
      return log.error({ doc }, 'what was in memory differed from the journal')
    await journal.dropSnapshots(doc)
    log.error({ doc }, 'a snapshot differed from the rows it was made of; all of the document are dropped')
  }

  #remember(doc: number, held: Held): void {
    this.#found.delete(doc)
    this.#found.set(doc, held)
    for (const oldest of this.#found.keys()) {
      if (this.#found.size <= REMEMBERED) break
      this.#found.delete(oldest)
    }
  }
}

/** Of a document that nobody changes meanwhile. */
export async function digestInTurns(ydoc: Y.Doc): Promise<Buffer> {
  const breather = new Breather()
  const steps = digestOf(ydoc)
  for (;;) {
    const step = steps.next()
    if (step.done) return Buffer.from(step.value)
    await breather.take()
  }
}
