/**
 * The door: an import is begun, takes files one by one, and is finished (sorting.ts), which makes series and cases of them.
 * A file costs at most itself: it is read by a thread with limits, and whatever is wrong with it becomes one sentence.
 * File names are told back to whoever sent them and kept in memory only while the server runs: a name may hold a patient's. So an
 * import that outlives a restart still has its counts and slices, but no longer its list of files.
 */

import type { ReadableStream } from 'node:stream/web'
import { Refusal } from '@consilium/contract/refusals'
import type { FileAnswer, FileOutcome, Import, Series } from '@consilium/contract/studies'
import { FILE_LIMIT_BYTES } from '@consilium/contract/studies'
import type { Slice } from '@consilium/imaging/series'
import { and, eq, sql } from '../db/drizzle.ts'
import { newId } from '../db/ids.ts'
import type { Database } from '../db/open.ts'
import {
  frames,
  hasKeyIn,
  type ImportState,
  importSeries,
  imports,
  series,
  stagedSlices,
  studies,
} from '../db/studies.ts'
import type { Log } from '../log.ts'
import { Turnstile } from '../turnstile.ts'
import type { ReadReply } from './jobs.ts'
import { keyOf } from './slices.ts'
import type { Sorting } from './sorting.ts'
import { BodyCutOff, BodyTooLarge, spooled } from './spool.ts'
import type { BlobStore } from './storage.ts'
import type { StudyThreads } from './threads.ts'
import { JobFault } from './workers.ts'

/** Bodies on their way to disk or waiting for a thread. */
const FILES_AT_ONCE = 6
/** Imports whose file list is remembered. */
const REMEMBERED_IMPORTS = 50
/** Rows of one insert: PostgreSQL takes 65 535 parameters. */
const ROWS_AT_ONCE = 5_000

export interface IncomingFile {
  /** As given by the sender; echoed, never stored. */
  readonly name: string
  /** Asked for when its turn has come. */
  readonly body: () => ReadableStream<Uint8Array> | null
  /** Content-Length, where it was said. */
  readonly announcedBytes: number | null
}

interface Parts {
  readonly db: Database
  readonly log: Log
  readonly blobs: BlobStore
  readonly threads: StudyThreads
  readonly sorting: Sorting
  readonly seriesOf: (ids: readonly string[]) => Promise<Series[]>
  readonly limitBytes?: number
}

export class Intake {
  readonly #parts: Parts
  readonly #turnstile = new Turnstile(FILES_AT_ONCE)
  readonly #files = new Map<string, FileOutcome[]>()

  constructor(parts: Parts) {
    this.#parts = parts
  }

  async begin(project: string, person: number): Promise<Import> {
    const id = newId()
    const now = Date.now()
    const { orm } = this.#parts.db
    await orm
      .insert(imports)
      .values({ id, project, person, state: 'receiving', createdAt: now, touchedAt: now })
    this.#remember(id)
    return this.get(id, person)
  }

  /** Project and state, or null where there is no such import. */
  async find(id: string): Promise<{ project: string; state: ImportState } | null> {
    const { orm } = this.#parts.db
    const [row] = await orm
      .select({ project: imports.project, state: imports.state })
      .from(imports)
      .where(eq(imports.id, id))
    return row ?? null
  }

  /** File names only for the person who sent them. */
  async get(id: string, asker: number): Promise<Import> {
    const { orm } = this.#parts.db
    const [row] = await orm.select().from(imports).where(eq(imports.id, id))
    if (!row) throw new Refusal('not-found')
    const brought = await orm
      .select({ id: importSeries.series })
      .from(importSeries)
      .where(eq(importSeries.import, id))
    const { project, state, stored, refused, alreadyHere, held, leftOut } = row
    return {
      id,
      project,
      state,
      received: stored + refused + alreadyHere + held + leftOut,
      stored,
      alreadyHere,
      held,
      leftOut,
      refused,
      progress: null,
      notes: [],
      quarantine: [],
      files: row.person === asker ? [...(this.#files.get(id) ?? [])] : [],
      series: await this.#parts.seriesOf(brought.map((one) => one.id)),
    }
  }

  /** Takes one file. Never throws for what a file is; throws a Refusal where the import takes none, and errors of ours. */
  receive(id: string, file: IncomingFile): Promise<FileAnswer> {
    return this.#turnstile.pass(async () => {
      const found = await this.find(id)
      if (!found) throw new Refusal('not-found')
      if (found.state !== 'receiving') throw new Refusal('import-closed')
      const reading = await this.#read(file)
      const outcome: FileOutcome =
        'reason' in reading
          ? { name: file.name, status: 'refused', reason: reading.reason }
          : { name: file.name, status: await this.#stage(id, found.project, reading), reason: null }
      await this.#count(id, outcome)
      return { ...outcome, inside: [] }
    })
  }

  async finish(id: string, asker: number): Promise<Import> {
    const found = await this.find(id)
    if (!found) throw new Refusal('not-found')
    await this.#parts.sorting.finish(id, found.project)
    return this.get(id, asker)
  }

  async #read(file: IncomingFile): Promise<ReadReply | { reason: string }> {
    const { blobs, threads, log, limitBytes = FILE_LIMIT_BYTES } = this.#parts
    try {
      return await spooled(
        file.body(),
        { folder: blobs.incoming, limitBytes, announcedBytes: file.announcedBytes },
        (path, bytes) => threads.run({ job: 'read', path }, bytes),
      )
    } catch (error) {
      if (error instanceof BodyTooLarge)
        return { reason: `Too large: a file may have at most ${sizeOf(limitBytes)}.` }
      if (error instanceof BodyCutOff) return { reason: 'Truncated: the file did not arrive whole.' }
      if (!(error instanceof JobFault)) throw error
      if (error.trace !== null)
        log.warn({ trace: error.trace }, 'a file made the reader fail in an unforeseen way')
      return { reason: error.message }
    }
  }

  async #stage(
    id: string,
    project: string,
    { slices, bytes, report, suspicions }: ReadReply,
  ): Promise<'stored' | 'already-here'> {
    const keys = slices.map(keyOf)
    const known = await this.#knownIn(project, keys)
    const added = await this.#parts.db.orm.transaction(async (tx) => {
      // Held until the rows are in: sorting either sees them or has not begun.
      const [row] = await tx
        .select({ state: imports.state })
        .from(imports)
        .where(eq(imports.id, id))
        .for('share')
      if (row?.state !== 'receiving') throw new Refusal('import-closed')
      return this.#insert(tx, id, slices, keys, { bytes, report, suspicions })
    })
    return added === 0 || keys.every((key) => known.has(key)) ? 'already-here' : 'stored'
  }

  /** Returns how many were new to this import. */
  async #insert(
    tx: Pick<Database['orm'], 'insert'>,
    id: string,
    slices: readonly Slice[],
    keys: readonly string[],
    { bytes, report, suspicions }: Pick<ReadReply, 'bytes' | 'report' | 'suspicions'>,
  ): Promise<number> {
    let added = 0
    for (let at = 0; at < slices.length; at += ROWS_AT_ONCE) {
      const rows = slices.slice(at, at + ROWS_AT_ONCE).map((slice, k) => ({
        import: id,
        key: keys[at + k]!,
        sha256: slice.sha256,
        bytes: bytes[at + k]!,
        slice,
        suspicions,
        // One account per file is enough.
        report: at + k === 0 ? report : { kept: [], dropped: [] },
      }))
      const made = await tx
        .insert(stagedSlices)
        .values(rows)
        .onConflictDoNothing()
        .returning({ key: stagedSlices.key })
      added += made.length
    }
    return added
  }

  async #knownIn(project: string, keys: readonly string[]): Promise<Set<string>> {
    const { orm } = this.#parts.db
    const rows = await orm
      .selectDistinct({ key: frames.key })
      .from(frames)
      .innerJoin(series, eq(series.id, frames.series))
      .innerJoin(studies, eq(studies.case, series.case))
      .where(and(eq(studies.project, project), hasKeyIn(keys)))
    return new Set(rows.map((row) => row.key))
  }

  async #count(id: string, outcome: FileOutcome): Promise<void> {
    const field = (
      {
        stored: 'stored',
        'already-here': 'alreadyHere',
        held: 'held',
        'left-out': 'leftOut',
        refused: 'refused',
      } as const
    )[outcome.status]
    const column = imports[field]
    const { orm } = this.#parts.db
    await orm
      .update(imports)
      .set({ [field]: sql`${column} + 1`, touchedAt: Date.now() })
      .where(eq(imports.id, id))
    this.#remember(id).push(outcome)
  }

  #remember(id: string): FileOutcome[] {
    const known = this.#files.get(id)
    if (known) return known
    const files: FileOutcome[] = []
    this.#files.set(id, files)
    const oldest = this.#files.keys().next().value
    if (this.#files.size > REMEMBERED_IMPORTS && oldest !== undefined) this.#files.delete(oldest)
    return files
  }
}

const sizeOf = (bytes: number): string =>
  bytes >= 2 ** 30 ? `${bytes / 2 ** 30} GiB` : `${Math.floor(bytes / 2 ** 20)} MiB`
