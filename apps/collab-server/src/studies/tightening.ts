/**
 * Pictures in less room. Whoever brings them in waits, so they are only stored then; when their series is there they are compressed, beside
 * everything else and while nothing comes in. Until a frame's row says how large its blob is, that is still to be done: so a stop costs one
 * job, and the next start goes on. Readers see no difference but the time it takes them.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { FrameShape } from '@consilium/imaging/packs'
import type { Database } from '../db/open.ts'
import type { Log } from '../log.ts'
import { Turnstile } from '../turnstile.ts'
import type { Catalogue } from './catalogue.ts'
import type { Sorting } from './sorting.ts'
import type { StudyThreads } from './threads.ts'
import { JobFault } from './workers.ts'

const FRAMES_AT_ONCE = 16
/** Nothing has come for so long, and nothing is being sorted: nobody is bringing anything in just now. */
const LULL_MS = 2_000
/** Where files never stop coming, one job is done so often. */
const AT_LATEST_MS = 30_000

interface Parts {
  readonly db: Pick<Database, 'sql'>
  readonly log: Log
  readonly threads: StudyThreads
  readonly sorting: Pick<Sorting, 'isRunning'>
  readonly catalogue: Catalogue
}

export class Tightening {
  readonly #parts: Parts
  readonly #turnstile = new Turnstile(1)
  readonly #closing = new AbortController()

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Of these series what is only stored. What cannot be read stays as it is, and is tried again at the next start. */
  make(ids: readonly string[]): Promise<void> {
    return this.#turnstile.pass(async () => {
      for (const id of ids) await this.#makeOne(id)
    })
  }

  /** What a stop broke off, and what came before this was done. */
  async makeMissing(): Promise<void> {
    const rows = await this.#parts.db.sql<{ id: string }[]>`
      select distinct series as id from frames where bytes is null`
    await this.make(rows.map(({ id }) => id))
  }

  /** Whoever waits for a lull is rejected. */
  close(): void {
    this.#closing.abort()
  }

  async #makeOne(id: string): Promise<void> {
    const lacking = await this.#parts.db.sql<{ sha256: string }[]>`
      select distinct sha256 from frames where series = ${id} and bytes is null`
    const record = lacking.length > 0 ? await this.#parts.catalogue.find(id) : null
    if (!record) return
    const { rows, columns, samples } = record.series
    for (let at = 0; at < lacking.length; at += FRAMES_AT_ONCE) {
      await this.#lull()
      try {
        await this.#tighten(
          lacking.slice(at, at + FRAMES_AT_ONCE).map(({ sha256 }) => sha256),
          { rows, columns, samples },
        )
      } catch (error) {
        if (!(error instanceof JobFault)) throw error
        this.#parts.log.error({ err: error, series: id }, 'pictures could not be compressed')
      }
    }
  }

  async #lull(): Promise<void> {
    const { threads, sorting } = this.#parts
    const until = performance.now() + AT_LATEST_MS
    for (;;) {
      const quiet = sorting.isRunning ? 0 : threads.sinceReadMs
      const left = Math.min(LULL_MS - quiet, until - performance.now())
      if (left <= 0) return
      await sleep(left, undefined, { signal: this.#closing.signal })
    }
  }

  async #tighten(sha256s: readonly string[], shape: FrameShape): Promise<void> {
    const { db, threads } = this.#parts
    const tight = await threads.run({ job: 'tighten', frames: sha256s, shape })
    await db.sql`
      update frames f set bytes = t.bytes from jsonb_to_recordset(${JSON.stringify(tight)}::jsonb) as t(sha256 text, bytes int)
      where f.sha256 = t.sha256 and f.bytes is null`
  }
}
