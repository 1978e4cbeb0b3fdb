/**
 * Large series in less detail, so that a first picture stands before the values are there. Made when the series is in already, beside
 * everything else, one job at a time: one thread stays free for files. What is made is named in the rows of its frames as it comes, so a
 * stop costs one job; readers are told of it once every frame of the series has it.
 */
import { frameBytes } from '@consilium/imaging/packs'
import type { Database } from '../db/open.ts'
import type { Log } from '../log.ts'
import { Turnstile } from '../turnstile.ts'
import type { Catalogue } from './catalogue.ts'
import { isLarge, LOWER_FACTOR } from './large.ts'
import type { StudyThreads } from './threads.ts'
import { JobFault } from './workers.ts'

/** Values read in one job. */
const JOB_BYTES = 32 * 2 ** 20

interface Parts {
  readonly db: Database
  readonly log: Log
  readonly threads: StudyThreads
  readonly catalogue: Catalogue
}

export class Lowering {
  readonly #parts: Parts
  readonly #turnstile = new Turnstile(1)

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Of these series those that are large and lack it. One that cannot be read is noted and tried again at the next start. */
  async make(ids: readonly string[]): Promise<void> {
    const { log } = this.#parts
    for (const id of ids) {
      try {
        await this.#turnstile.pass(() => this.#makeOne(id))
      } catch (error) {
        if (!(error instanceof JobFault)) throw error
        log.error({ err: error, series: id }, 'a large series could not be made smaller')
      }
    }
  }

  /** What a stop broke off, and what came before this was made. */
  async makeMissing(): Promise<void> {
    const rows = await this.#parts.db.sql<{ id: string; shape: Parameters<typeof isLarge>[0] }[]>`
      select id, jsonb_build_object('rows', about->'rows', 'columns', about->'columns', 'frames', slices,
        'samples', coalesce(about->>'samples', 'uint16')) as shape
      from series s where exists (select from frames f where f.series = s.id and f.lower_sha256 is null)`
    await this.make(rows.filter(({ shape }) => isLarge(shape)).map(({ id }) => id))
  }

  async #makeOne(id: string): Promise<void> {
    const { db, threads, catalogue } = this.#parts
    const record = await catalogue.find(id)
    if (!record || record.series.lower || !isLarge(record.series)) return
    const { rows, columns, samples, padding, frameSha256 } = record.series
    const shape = { rows, columns, samples }
    const lacking = await db.sql<{ number: number }[]>`
      select number from frames where series = ${id} and lower_sha256 is null order by number`
    const atOnce = Math.max(1, Math.floor(JOB_BYTES / frameBytes(shape)))
    for (let at = 0; at < lacking.length; at += atOnce) {
      const numbers = lacking.slice(at, at + atOnce).map(({ number }) => number)
      const names = numbers.map((number) => frameSha256[number]!)
      const made = await threads.run(
        { job: 'lower', frames: names, shape, factor: LOWER_FACTOR, padding },
        names.length * frameBytes(shape),
      )
      const named = made.map((one, k) => ({ ...one, number: numbers[k] }))
      await db.sql`
        update frames f set lower_sha256 = m.sha256, lower_bytes = m.bytes
        from jsonb_to_recordset(${JSON.stringify(named)}::jsonb) as m(number int, sha256 text, bytes int)
        where f.series = ${id} and f.number = m.number`
    }
    catalogue.forget(id)
  }
}
