/**
 * What a person decides about pictures that wait: they come in, after regions were blacked out or as they are, or are deleted.
 * New blobs first; then, in one transaction, what waited is gone and what it became is there; then the old blobs go. A crash in between
 * leaves either, never both, and the next start removes what no row names. One decision at a time: two people never decide the same.
 */
import { Refusal } from '@consilium/contract/refusals'
import type { Box } from '@consilium/contract/studies'
import { asc, eq } from '../db/drizzle.ts'
import type { Database } from '../db/open.ts'
import { clearedSlices, type heldPictures, heldSlices } from '../db/studies.ts'
import { Turnstile } from '../turnstile.ts'
import { findHeld, letGo } from './held.ts'
import type { BlackoutReply } from './jobs.ts'
import { lookedAt } from './lookedAt.ts'
import type { Register } from './register.ts'
import type { Prepared } from './seriesRows.ts'
import type { Incoming, Sorting } from './sorting.ts'
import type { BlobStore } from './storage.ts'
import type { StudyThreads } from './threads.ts'

const ROWS_AT_ONCE = 20_000

interface Parts {
  readonly db: Database
  readonly blobs: BlobStore
  readonly threads: StudyThreads
  readonly sorting: Sorting
  readonly register: Register
  /** Told of the series when they are there for good. */
  readonly ready: (series: readonly string[]) => void
}

type Waiting = typeof heldPictures.$inferSelect & { readonly rows: (typeof heldSlices.$inferSelect)[] }

export class Clearing {
  readonly #parts: Parts
  readonly #turnstile = new Turnstile(1)

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Lets them in and returns the series. No boxes: nothing in them names anybody. What cannot be noted does not happen. */
  clear(
    id: string,
    boxes: readonly Box[],
    note: (frames: number, series: number) => Promise<unknown>,
  ): Promise<readonly string[]> {
    return this.#turnstile.pass(async () => {
      const waiting = await this.#read(id)
      const before = waiting.rows.map((row) => row.sha256)
      const after = await this.#blackedOut(waiting, boxes)
      try {
        const series = await this.#bringIn(waiting, after, boxes.length, note)
        // A frame that an import shared may have gone with it before a row of ours named it; the old ones are still here.
        if (!this.#areThere(after)) await this.#blackedOut(waiting, boxes)
        this.#parts.ready(series)
        return series
      } finally {
        await this.#parts.register.remove([...before, ...after.slices.map((slice) => slice.sha256)])
      }
    })
  }

  /** Deletes them. The same pictures may come again, and wait again. */
  discard(id: string, note: (frames: number) => Promise<unknown>): Promise<void> {
    return this.#turnstile.pass(async () => {
      const { frames, rows } = await this.#read(id)
      await this.#parts.db.orm.transaction(async (tx) => {
        await letGo(tx, id)
        await note(frames)
      })
      await this.#parts.register.remove(rows.map((row) => row.sha256))
    })
  }

  async #read(id: string): Promise<Waiting> {
    const { orm } = this.#parts.db
    const found = await findHeld(orm, id)
    // The policy saw them: somebody decided since.
    if (!found) throw new Refusal('already-decided')
    const rows = await orm
      .select()
      .from(heldSlices)
      .where(eq(heldSlices.held, id))
      .orderBy(asc(heldSlices.number))
    return { ...found, rows }
  }

  async #blackedOut({ rows }: Waiting, boxes: readonly Box[]): Promise<BlackoutReply> {
    const slices = rows.map((row) => row.slice)
    if (boxes.length === 0) return { slices }
    const bytes = rows.reduce((sum, row) => sum + row.bytes, 0)
    return this.#parts.threads.run({ job: 'blackout', slices, boxes }, bytes)
  }

  #areThere({ slices }: BlackoutReply): boolean {
    return slices.every(({ sha256 }) => this.#parts.blobs.has('frames', sha256))
  }

  async #bringIn(
    waiting: Waiting,
    after: BlackoutReply,
    regions: number,
    note: (frames: number, series: number) => Promise<unknown>,
  ): Promise<readonly string[]> {
    const { db, sorting } = this.#parts
    const { id, project, about } = waiting
    const { kept, dropped } = about
    const incoming: Incoming = {
      slices: after.slices,
      reportOf: () => ({ kept, dropped }),
    }
    const prepared = await sorting.prepare(project, incoming)
    return db.orm.transaction(async (tx) => {
      await letGo(tx, id)
      const changed = waiting.rows.filter((row, k) => row.sha256 !== after.slices[k]!.sha256)
      for (let at = 0; at < changed.length; at += ROWS_AT_ONCE)
        await tx
          .insert(clearedSlices)
          .values(changed.slice(at, at + ROWS_AT_ONCE).map(({ key }) => ({ project, key })))
          .onConflictDoNothing()
      const told = prepared.map((one) => withWord(one, regions))
      const series = await sorting.write(tx, waiting.import, project, told)
      await note(waiting.frames, series.length)
      return series
    })
  }
}

/** Whoever reads the pictures is told that somebody looked at them. */
function withWord(prepared: Prepared, regions: number): Prepared {
  const { volume } = prepared
  return { ...prepared, volume: { ...volume, warnings: [lookedAt(regions), ...volume.warnings] } }
}
