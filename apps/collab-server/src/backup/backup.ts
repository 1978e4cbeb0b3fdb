/**
 * A backup of the running server, as a stream: what the tables said at one moment, and the files they name. People keep working: the
 * tables are read in one transaction that locks nobody out, a piece at a time, and only as fast as whoever takes it reads.
 * Must never hold a key: what is sealed under a destroyed key has to stay unreadable in old backups too.
 */
import { hash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import type { BackupManifest, Sequence, WrappedKeys } from '@consilium/contract/backup'
import { Breather } from '../breather.ts'
import { allMigrations } from '../db/migrations.ts'
import type { Database, Sql } from '../db/open.ts'
import { LOG_NAME } from '../ledger/copies.ts'
import { lastCheckpoint } from '../ledger/store.ts'
import { isWhole } from '../studies/blobCoding.ts'
import type { BlobStore } from '../studies/storage.ts'
import { VERSION } from '../version.ts'
import { type Part, pack } from './pack.ts'
import { isKept, tablesInOrder } from './tables.ts'

export interface BackupOptions {
  readonly db: Pick<Database, 'sql' | 'dedicated'>
  readonly blobs: BlobStore
  readonly folder: string
  readonly instanceKey: Uint8Array
  /** Told when the head is known, before anything is streamed. */
  readonly begun: (manifest: BackupManifest) => Promise<void>
  /** Told of a file that rows name and that is not there, or not what its name says. */
  readonly lacking: (file: string) => void
}

const NAMES_AT_ONCE = 1_000

/** Tells one instance key from another without telling anything about it. */
export const instanceMark = (key: Uint8Array): string =>
  hash('sha256', Buffer.concat([Buffer.from('consilium instance key '), key]))

export async function* makeBackup(options: BackupOptions): AsyncGenerator<Uint8Array, void, undefined> {
  const sql = options.db.dedicated()
  const breather = new Breather()
  try {
    await sql`set statement_timeout = 0`
    // One connection of its own, so that these are all in one transaction, however often we pause.
    await sql`begin isolation level repeatable read read only`
    const manifest = await manifestOf(sql, options.instanceKey)
    await options.begun(manifest)
    for await (const piece of pack(manifest, parts(sql, manifest, options))) {
      await breather.take()
      yield piece
    }
  } finally {
    await sql.end({ timeout: 0 })
  }
}

export async function wrappedKeys(sql: Sql, instanceKey: Uint8Array): Promise<WrappedKeys> {
  const people = await sql<{ person: number; wrapped: Buffer }[]>`select person, wrapped from person_key`
  return {
    instance: instanceMark(instanceKey),
    people: people.map(({ person, wrapped }) => ({ person, wrapped: wrapped.toString('base64') })),
  }
}

async function manifestOf(sql: Sql, instanceKey: Uint8Array): Promise<BackupManifest> {
  const [count] = await sql<{ documents: number; rows: number }[]>`
    select count(*)::int as documents, coalesce(sum(head_seq), 0)::int8 as rows from document`
  return {
    version: VERSION,
    migration: allMigrations().at(-1)?.tag ?? '',
    at: Date.now(),
    checkpoint: await lastCheckpoint(sql),
    documents: count?.documents ?? 0,
    rows: count?.rows ?? 0,
    instance: instanceMark(instanceKey),
  }
}

async function* parts(
  sql: Sql,
  { checkpoint }: BackupManifest,
  { db, blobs, folder, lacking }: BackupOptions,
): AsyncGenerator<Part> {
  for (const { name, columns } of await tablesInOrder(sql)) {
    if (!isKept(name)) continue
    yield { head: { part: `table/${name}`, columns }, bytes: rowsOf(sql, name, columns) }
  }
  // Numbers are handed out outside of transactions: what is read last is not below any that a row above has.
  yield { head: { part: 'sequences' }, bytes: json(await sequencesOf(sql)) }
  // No row is needed any more, and the database may tidy up again.
  await sql`commit`
  yield { head: { part: LOG_NAME }, bytes: logUpTo(join(folder, LOG_NAME), checkpoint?.n ?? 0) }
  const missing: string[] = []
  function isMissing(name: string): void {
    missing.push(name)
    lacking(name)
  }
  for await (const sha256 of namesOf(db.sql)) {
    const name = `frames/${sha256}`
    if (!blobs.has('frames', sha256)) isMissing(name)
    else yield { head: { part: name }, bytes: blobOf(blobs, sha256, () => isMissing(name)) }
  }
  yield { head: { part: 'missing' }, bytes: json(missing) }
}

async function* rowsOf(sql: Sql, name: string, columns: readonly string[]): AsyncGenerator<Buffer> {
  const list = columns.map((column) => `"${column}"`).join(', ')
  const stream = await sql.unsafe(`copy (select ${list} from "${name}") to stdout (format binary)`).readable()
  yield* stream
  // The driver holds its socket while its buffer is full, and lets go when more is asked for; of what has ended nobody asks for more.
  stream._read(0)
}

const json = (value: unknown): Buffer[] => [Buffer.from(JSON.stringify(value))]

const sequencesOf = (sql: Sql): Promise<Sequence[]> => sql<Sequence[]>`
  select sequencename as name, last_value as last from pg_sequences
  where schemaname = 'public' and last_value is not null order by 1`

/** Whole lines up to a checkpoint: the file may be ahead of what the transaction sees. */
async function* logUpTo(path: string, n: number): AsyncGenerator<Buffer> {
  const file = await open(path, 'r')
  try {
    for await (const line of file.readLines({ autoClose: false })) {
      if (line === '') continue
      if ((JSON.parse(line) as { n: number }).n > n) break
      yield Buffer.from(`${line}\n`)
    }
  } finally {
    await file.close()
  }
}

/**
 * Blobs of series are never removed while the server runs, so those that came since are there too. What an import or the quarantine has let
 * go meanwhile stands in the tables without its pictures; a restored server asks for those again.
 */
async function* namesOf(sql: Sql): AsyncGenerator<string> {
  const named = sql`select sha256 from frames
    union select lower_sha256 from frames where lower_sha256 is not null
    union select sha256 from staged_slices union select sha256 from held_slices`
  for (let last = ''; ; ) {
    const rows = await sql<{ sha256: string }[]>`
      select distinct sha256 from (${named}) as named where sha256 > ${last} order by 1 limit ${NAMES_AT_ONCE}`
    for (const { sha256 } of rows) yield sha256
    const end = rows.at(-1)
    if (!end) return
    last = end.sha256
  }
}

/** What is not as it was written is named. */
async function* blobOf(blobs: BlobStore, sha256: string, isAltered: () => void): AsyncGenerator<Uint8Array> {
  const blob = await blobs.read('frames', sha256)
  yield blob
  if (!(await isWhole(blob, sha256))) isAltered()
}
