/**
 * From staged slices to series and cases, when an import is finished. The same pictures become the same series of the same case however
 * often they come; slices that arrive later make a new series of old and new ones together, and the old series stays as it was, because
 * annotations point into it. Blobs first, then all rows in one transaction: a crash in between leaves nothing to be seen.
 */
import { mergeReports, type Report } from '@consilium/deidentify/profile'
import type { Slice } from '@consilium/imaging/series'
import type { SQL } from 'drizzle-orm'
import { and, eq, inArray, isNotNull, sql as statement } from '../db/drizzle.ts'
import type { Asked, Database } from '../db/open.ts'
import { projects } from '../db/projects.ts'
import { frames, hasKeyIn, imports, series, studies } from '../db/studies.ts'
import type { Projects } from '../projects/projects.ts'
import { arranged } from './arranging.ts'
import { keep, type Suspect, sift } from './held.ts'
import { saysLookedAt } from './lookedAt.ts'
import { broughtBefore, rememberFiles } from './remembered.ts'
import { type Prepared, type Relative, type Transaction, writeSeries } from './seriesRows.ts'
import { settled } from './settling.ts'
import { keyOf, keysOf } from './slices.ts'
import type { BlobStore } from './storage.ts'
import type { StudyThreads } from './threads.ts'
import type { Underway } from './underway.ts'

export interface Incoming {
  readonly slices: readonly Slice[]
  readonly reportOf: (slices: readonly Slice[]) => Report
}

export class Sorting {
  readonly #db: Database
  readonly #blobs: BlobStore
  readonly #threads: StudyThreads
  readonly #projects: Projects
  readonly #ready: (series: readonly string[]) => void
  readonly #running = new Map<string, Promise<void>>()

  /** `ready` is told of the series when they are there for good. */
  constructor(
    db: Database,
    blobs: BlobStore,
    threads: StudyThreads,
    projects: Projects,
    ready: (series: readonly string[]) => void,
  ) {
    this.#ready = ready
    this.#db = db
    this.#blobs = blobs
    this.#threads = threads
    this.#projects = projects
  }

  /** Somebody waits for the end of an import. */
  get isRunning(): boolean {
    return this.#running.size > 0
  }

  /** Asking twice, also at the same time, finishes once. Where it fails the import can be finished again. */
  finish(importId: string, project: string, underway: Underway): Promise<void> {
    const running = this.#running.get(importId)
    if (running) return running
    const work = this.#finish(importId, project, underway).finally(() => this.#running.delete(importId))
    this.#running.set(importId, work)
    return work
  }

  async #finish(importId: string, project: string, underway: Underway): Promise<void> {
    const db = this.isRunning ? this.#db : this.#db.ending
    const { orm, sql } = db
    // Not waited for on the disk: the next start takes it back anyway (studies.ts).
    const [taken] = await sql<{ person: number }[]>`
      with quick as (select set_config('synchronous_commit', 'off', true))
      update imports set state = 'sorting' from quick where id = ${importId} and state = 'receiving' returning person`
    if (!taken) return
    const { person } = taken
    try {
      const needs = { db, blobs: this.#blobs, threads: this.#threads }
      const [{ staged, onDisk }, again] = await Promise.all([
        settled(needs, importId, underway),
        broughtBefore(sql, importId, project),
      ])
      const { free, waiting } = await sift(orm, project, staged)
      const held = await arranged(
        this.#threads,
        waiting.map((row) => row.slice),
      )
      const prepared = await this.prepare(project, incomingOf([...free, ...again]), db)
      await onDisk
      const brought = await orm.transaction(async (tx) => {
        const ids = await this.write(tx, importId, project, prepared)
        await keep(tx, { import: importId, project, person }, held, waiting)
        await tx.execute(done(importId, project))
        return ids
      })
      this.#ready(brought)
    } catch (error) {
      await orm.update(imports).set({ state: 'receiving' }).where(eq(imports.id, importId))
      throw error
    }
  }

  /** Before anything is written: what becomes of these slices, and of what the project has that belongs to them. */
  async prepare(project: string, incoming: Incoming, db: Asked = this.#db): Promise<Prepared[]> {
    // Most imports have no relatives, and nobody needs to wait for the answer then.
    const [relatives, alone] = await Promise.all([
      relativesOf(db, project, incoming.slices),
      arranged(this.#threads, incoming.slices),
    ])
    const arrived = new Set(incoming.slices.map(keyOf))
    const all = [...incoming.slices]
    const gathered = new Set(arrived)
    for (const slice of relatives.flatMap((one) => one.slices)) {
      const key = keyOf(slice)
      if (!gathered.has(key)) all.push(slice)
      gathered.add(key)
    }
    const prepared: Prepared[] = []
    const volumes = all.length === incoming.slices.length ? alone : await arranged(this.#threads, all)
    for (const volume of volumes) {
      const keys = volume.slices.map(keyOf)
      // Relatives brought more along than arrived: what nobody sent is not news.
      if (!keys.some((key) => arrived.has(key))) continue
      const near = relatives.filter((one) => keys.some((key) => one.keys.has(key)))
      const known = near.find((one) => one.fingerprint === volume.fingerprint)?.id ?? null
      prepared.push({
        volume,
        known,
        report: mergeReports([incoming.reportOf(volume.slices), ...near.map((one) => one.report)]),
        relatives: near,
      })
    }
    return prepared
  }

  /** Returns the ids of the series that show what was prepared. Locks the project's row: two imports of one study at once must not make two cases. */
  async write(
    tx: Transaction,
    importId: string,
    project: string,
    prepared: readonly Prepared[],
  ): Promise<string[]> {
    await tx.select({ id: projects.id }).from(projects).where(eq(projects.id, project)).for('update')
    const ids: string[] = []
    for (const one of prepared) ids.push(await writeSeries(tx, this.#projects, { importId, project }, one))
    return ids
  }
}

async function relativesOf(
  { orm }: Pick<Asked, 'orm'>,
  project: string,
  slices: readonly Slice[],
): Promise<Relative[]> {
  const keys = await keysOf(slices)
  const uids = [...new Set(slices.map((slice) => slice.uids.series).filter((uid) => uid !== null))]
  const ofProject = orm
    .select({ id: series.id })
    .from(series)
    .innerJoin(studies, eq(studies.case, series.case))
    .where(and(eq(studies.project, project), isNotNull(series.uid), inArray(series.uid, uids)))
  const showing = orm
    .selectDistinct({ id: frames.series })
    .from(frames)
    .innerJoin(series, eq(series.id, frames.series))
    .innerJoin(studies, eq(studies.case, series.case))
    .where(and(eq(studies.project, project), hasKeyIn(keys)))
  const found = new Set(
    (await Promise.all([uids.length === 0 ? [] : ofProject, showing])).flat().map(({ id }) => id),
  )
  if (found.size === 0) return []
  const ids = [...found]
  const rows = await orm.select().from(series).where(inArray(series.id, ids))
  const shown = await orm.select().from(frames).where(inArray(frames.series, ids))
  return rows.map((row) => {
    const own = shown.filter((frame) => frame.series === row.id)
    return {
      id: row.id,
      case: row.case,
      fingerprint: row.fingerprint,
      keys: new Set(own.map((frame) => frame.key)),
      slices: own.map((frame) => frame.slice),
      report: { kept: row.about.kept, dropped: row.about.dropped },
      lookedAt: row.about.warnings.filter(saysLookedAt),
    }
  })
}

/** All in one statement, which sees what was there before it: what came is remembered, and of the import only its account stays. */
const done = (importId: string, project: string): SQL => statement`
  with remembered as (${rememberFiles(importId, project)}),
  no_slices as (delete from staged_slices where import = ${importId}),
  no_files as (delete from import_files where import = ${importId}),
  whole as (delete from unbroken_imports where import = ${importId})
  update imports set state = 'done', touched_at = ${Date.now()} where id = ${importId}`

function incomingOf(rows: readonly Suspect[]): Incoming {
  const reports = new Map(rows.map((row) => [row.key, row.report]))
  return {
    slices: rows.map((row) => row.slice),
    reportOf: (slices) => mergeReports(slices.flatMap((slice) => reports.get(keyOf(slice)) ?? [])),
  }
}
