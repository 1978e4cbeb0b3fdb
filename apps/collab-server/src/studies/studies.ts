/**
 * Studies as the rest of the server sees them: the door (intake), what is here (catalogue), and the demo study through the same door.
 * Opening it clears away what a killed server left behind: uploads, imports nobody will finish, blobs without a row.
 */
import { hkdfSync } from 'node:crypto'
import type { Config } from '../config.ts'
import { and, eq, inArray, isNotNull, lt } from '../db/drizzle.ts'
import type { Database } from '../db/open.ts'
import { frames, heldSlices, importFiles, imports, stagedSlices } from '../db/studies.ts'
import type { Traffic } from '../journal/append.ts'
import type { Log } from '../log.ts'
import type { Projects } from '../projects/projects.ts'
import { Catalogue } from './catalogue.ts'
import { Courtesy } from './courtesy.ts'
import { Entering } from './entering.ts'
import { Clearing } from './heldClearing.ts'
import { Imports } from './imports.ts'
import { Intake } from './intake.ts'
import { Lowering } from './lowering.ts'
import { marker } from './marks.ts'
import { Parts } from './parts.ts'
import { Register } from './register.ts'
import { Sorting } from './sorting.ts'
import { BlobStore } from './storage.ts'
import { Taking } from './taking.ts'
import { StudyThreads } from './threads.ts'
import { Tightening } from './tightening.ts'

/** An import without a new file for so long is given up at the next start. */
const GIVEN_UP_MS = 24 * 60 * 60 * 1000

export interface Studies {
  readonly imports: Imports
  readonly intake: Intake
  readonly catalogue: Catalogue
  readonly clearing: Clearing
  readonly threads: StudyThreads
  readonly blobs: BlobStore
  /** Runs beside everything else; a failure is logged. Closing breaks off its jobs and waits for its end. */
  whileOpen(work: () => Promise<void>): void
  close(): Promise<void>
}

export interface StudiesOptions {
  readonly config: Pick<Config, 'data'>
  readonly log: Log
  readonly db: Database
  readonly projects: Projects
  /** The key of this installation (journal/sealing.ts). */
  readonly instanceKey: Uint8Array
  /** Changes that people make: what comes in goes behind them. */
  readonly traffic: Traffic
}

export async function createStudies({
  config,
  log,
  db,
  projects,
  instanceKey,
  traffic,
}: StudiesOptions): Promise<Studies> {
  const running = new Set<Promise<void>>()
  let closing = false
  function whileOpen(work: () => Promise<void>): void {
    const run: Promise<void> = work()
      .catch((error: unknown) => {
        // What stopping broke off is begun anew at the next start.
        if (!closing) log.error({ err: error }, 'work in the background failed')
      })
      .finally(() => running.delete(run))
    running.add(run)
  }
  const blobs = new BlobStore(config.data)
  await blobs.clearIncoming()
  await giveUpOldImports(db)
  const removed = await sweep(db, blobs)
  if (removed > 0) log.info({ removed }, 'blobs that no series names were removed')
  const threads = new StudyThreads({ dataFolder: config.data, uidKey: uidKeyOf(instanceKey) })
  const catalogue = new Catalogue(db, blobs)
  const lowering = new Lowering({ db, log, threads, catalogue })
  const ready = (series: readonly string[]) => {
    whileOpen(() => lowering.make(series))
    whileOpen(() => tightening.make(series))
  }
  const sorting = new Sorting(db, blobs, threads, projects, ready)
  const tightening = new Tightening({ db, log, threads, sorting, catalogue })
  const register = new Register(db, blobs)
  const clearing = new Clearing({ db, blobs, threads, sorting, register, ready })
  const parts = new Parts(blobs.incoming)
  const imports = new Imports({
    db,
    register,
    sorting,
    parts,
    seriesOf: (ids) => catalogue.list(ids),
  })
  const entering = new Entering({ register, blobs })
  const markOf = marker(instanceKey)
  const { incoming } = blobs
  const courtesy = new Courtesy(traffic)
  const taking = new Taking({ db, log, incoming, threads, courtesy, register, entering, markOf })
  const intake = new Intake({ db, imports, taking, entering, parts, markOf })
  whileOpen(() => lowering.makeMissing())
  whileOpen(() => tightening.makeMissing())
  return {
    imports,
    intake,
    catalogue,
    clearing,
    threads,
    blobs,
    whileOpen,
    async close() {
      closing = true
      parts.close()
      tightening.close()
      await threads.close()
      await Promise.all(running)
    },
  }
}

/** One key per purpose: whoever learns this one can open nothing that is sealed. */
const uidKeyOf = (instanceKey: Uint8Array): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', instanceKey, new Uint8Array(0), 'consilium uid mapping', 32))

async function giveUpOldImports({ orm }: Database): Promise<void> {
  // Sorting leaves nothing half done, so it can simply be asked for again.
  await orm.update(imports).set({ state: 'receiving' }).where(eq(imports.state, 'sorting'))
  const given = await orm
    .update(imports)
    .set({ state: 'failed' })
    .where(and(eq(imports.state, 'receiving'), lt(imports.touchedAt, Date.now() - GIVEN_UP_MS)))
    .returning({ id: imports.id })
  const ids = given.map((row) => row.id)
  if (ids.length === 0) return
  await orm.delete(stagedSlices).where(inArray(stagedSlices.import, ids))
  await orm.delete(importFiles).where(inArray(importFiles.import, ids))
}

async function sweep({ orm }: Database, blobs: BlobStore): Promise<number> {
  const shown = await orm.selectDistinct({ sha256: frames.sha256 }).from(frames)
  const lower = await orm
    .selectDistinct({ sha256: frames.lowerSha256 })
    .from(frames)
    .where(isNotNull(frames.lowerSha256))
  const staged = await orm.selectDistinct({ sha256: stagedSlices.sha256 }).from(stagedSlices)
  const held = await orm.selectDistinct({ sha256: heldSlices.sha256 }).from(heldSlices)
  const named = new Set([...shown, ...lower, ...staged, ...held].map((row) => row.sha256))
  return blobs.sweep((_kind, sha256) => named.has(sha256))
}
