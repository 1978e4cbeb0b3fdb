/**
 * Before pictures become a series: all that came must be there, and on the disk for good. Rows and blobs of an import are not waited for
 * while they come (register.ts), so a power failure may have cost some; then the import is not finished, and the files that are missing are
 * forgotten, so that whoever asks for them is told to send them. Never a series with a hole.
 */
import { Refusal } from '@consilium/contract/refusals'
import { Breather } from '../breather.ts'
import { eq } from '../db/drizzle.ts'
import type { Asked, Sql } from '../db/open.ts'
import { importFiles, imports, stagedSlices, unbrokenImports } from '../db/studies.ts'
import type { BlobStore } from './storage.ts'
import type { StudyThreads } from './threads.ts'
import type { Underway } from './underway.ts'

type Staged = typeof stagedSlices.$inferSelect

/** Blobs that a thread looks at in one job. */
const VERIFIED_AT_ONCE = 32

interface Needs {
  readonly db: Asked
  readonly blobs: BlobStore
  readonly threads: StudyThreads
}

interface Settled {
  /** With the sizes that their blobs have. */
  readonly staged: readonly Staged[]
  /** Before this no series may name them. */
  readonly onDisk: Promise<void>
}

/** What an import staged. */
export async function settled(needs: Needs, importId: string, underway: Underway): Promise<Settled> {
  const { db, blobs } = needs
  const [rows] = await Promise.all([
    db.sql<Staged[]>`
      select import, key, sha256, bytes, slice, report, suspicions, mark from staged_slices where import = ${importId}`,
    mustBeUnbroken(db, importId),
  ])
  const progress = { done: 0, total: rows.length }
  underway.progress = progress
  const sizes = await sizesOf(blobs, rows)
  // What was written since this server started is what it should be, where its size is.
  const doubtful = underway.fromTheStart ? rows.filter((row) => sizes.get(row.sha256) !== row.bytes) : rows
  const bad = await verify(needs, doubtful)
  const lost = rows.filter(({ sha256 }) => bad.has(sha256))
  if (lost.length > 0) {
    await forget(db.sql, importId, [...new Set(lost.map((row) => row.mark))])
    throw missing(lost.length)
  }
  const onDisk = toDisk(blobs, [...sizes.keys()], underway, progress)
  onDisk.catch(() => undefined) // told to whoever waits for it
  return { staged: rows.map((row) => ({ ...row, bytes: sizes.get(row.sha256) ?? row.bytes })), onDisk }
}

async function sizesOf(blobs: BlobStore, rows: readonly Staged[]): Promise<Map<string, number | null>> {
  const sizes = new Map<string, number | null>()
  const breather = new Breather()
  for (const { sha256 } of rows) {
    sizes.set(sha256, blobs.sizeOf('frames', sha256))
    if (breather.isDue) await breather.take()
  }
  return sizes
}

async function toDisk(
  blobs: BlobStore,
  sha256s: readonly string[],
  { flushing }: Underway,
  progress: { done: number; readonly total: number },
): Promise<void> {
  const flushed = await flushing.flushed()
  const eachDone = () => {
    progress.done = Math.min(progress.done + 1, progress.total)
  }
  progress.done = sha256s.filter((sha256) => flushed.has(sha256)).length
  await blobs.settle('frames', sha256s, eachDone, flushed)
  progress.done = progress.total
}

const missing = (pictures: number | null): Refusal =>
  new Refusal(
    'files-missing',
    pictures === null
      ? undefined
      : { message: `${pictures} of the pictures that came are not here any more.` },
  )

/** After PostgreSQL was cut off nobody can say which rows are missing: the import begins anew, under its own name. */
async function mustBeUnbroken({ orm }: Asked, importId: string): Promise<void> {
  const [unbroken] = await orm.select().from(unbrokenImports).where(eq(unbrokenImports.import, importId))
  if (unbroken) return
  await orm.transaction(async (tx) => {
    await tx.delete(stagedSlices).where(eq(stagedSlices.import, importId))
    await tx.delete(importFiles).where(eq(importFiles.import, importId))
    await tx
      .update(imports)
      .set({ stored: 0, alreadyHere: 0, held: 0, leftOut: 0, refused: 0 })
      .where(eq(imports.id, importId))
    await tx.insert(unbrokenImports).values({ import: importId })
  })
  throw missing(null)
}

async function verify({ threads }: Needs, rows: readonly Staged[]): Promise<Set<string>> {
  const named = rows.map(({ sha256, slice: { samples, technical } }) => ({
    sha256,
    samples,
    rows: technical.rows,
    columns: technical.columns,
  }))
  const jobs: Promise<readonly string[]>[] = []
  for (let at = 0; at < named.length; at += VERIFIED_AT_ONCE)
    jobs.push(threads.run({ job: 'verify', blobs: named.slice(at, at + VERIFIED_AT_ONCE) }))
  return new Set((await Promise.all(jobs)).flat())
}

/** The files, and the archives that they came in. */
async function forget(sql: Sql, importId: string, marks: readonly string[]): Promise<void> {
  const lost = `{${marks.join()}}`
  await sql`
    delete from import_files where import = ${importId} and mark in (
      select unnest(${lost}::text[])
      union select within from import_files where import = ${importId} and mark = any(${lost}::text[]))`
}
