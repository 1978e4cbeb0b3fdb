/**
 * Puts a backup back into an empty data folder, with the embedded database or an empty one behind DATABASE_URL. In this order:
 *
 *   1 the file is read to its end, and must be whole; its head, and the keys, must be those that were asked for. Nothing is made until here
 *   2 the folder gets a mark, with which no server starts
 *   3 tables, in one transaction: made, filled, brought up to this version, and verified up to the signed head
 *   4 files, each forced to the disk; then the transaction is committed, and the mark goes
 *
 * Where anything fails, the transaction is rolled back and the folder emptied. Killed half-way, the mark stays.
 */
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { BackupManifest } from '@consilium/contract/backup'
import type { Config } from '../config.ts'
import { lockFolder } from '../db/folderLock.ts'
import { allMigrations, applyInside } from '../db/migrations.ts'
import { asOwner, type Sql } from '../db/open.ts'
import { flushFolder } from '../flushFolder.ts'
import { fingerprintOf, hashOf, isSigned } from '../ledger/statement.ts'
import type { Log } from '../log.ts'
import { loadPersonKeys, readKeys, writeKeyFiles } from './keys.ts'
import { type Loaded, loadParts } from './load.ts'
import { UNFINISHED } from './unfinished.ts'
import { BadBackup, checkBackup, unpackBackup } from './unpack.ts'
import { type Verified, verifyLoaded } from './verify.ts'
import { forgetPeople } from './withoutKeys.ts'

export interface RestoreOptions {
  readonly file: string
  readonly config: Pick<Config, 'data' | 'databaseUrl'>
  readonly log: Log
  /** Null: it was asked to go without. */
  readonly keys: string | null
  /** Hash of the checkpoint that it must end with, and fingerprint of the key that must have signed it; from elsewhere. */
  readonly head: string | null
  readonly fingerprint: string | null
}

export interface Restored {
  readonly manifest: BackupManifest
  readonly verified: Verified
  readonly loaded: Loaded
}

/** Throws a BadBackup, or a StartupError where the database or the folder cannot be had. */
export async function restore(options: RestoreOptions): Promise<Restored> {
  const { file, config, log } = options
  await mustBeEmpty(config.data)
  const manifest = await checkBackup(file)
  mustBeAsked(manifest, options)
  const migrations = allMigrations()
  const level = migrations.findIndex(({ tag }) => tag === manifest.migration)
  if (level < 0)
    throw new BadBackup(
      `The backup was made by Consilium ${manifest.version}, whose tables (${manifest.migration}) this one does not know. Restore it with that version or a later one.`,
    )
  const keys = options.keys === null ? null : await readKeys(options.keys, manifest)

  const clear = await takeFolder(config.data)
  try {
    if (keys) await writeKeyFiles(config.data, keys)
    const restored = await asOwner(config, log, async (sql) => {
      await mustBeNew(sql)
      const done = await sql.begin(async (inside) => {
        const tx = inside as unknown as Sql
        await applyInside(tx, migrations.slice(0, level + 1))
        let verified: Verified | null = null
        const loaded = await unpackBackup(file, ({ parts }) =>
          loadParts(tx, config.data, parts, async () => {
            if (keys) await loadPersonKeys(tx, keys)
            await applyInside(tx, migrations.slice(level + 1))
            if (!keys) await forgetPeople(tx)
            verified = await verifyLoaded(tx, manifest.checkpoint)
          }),
        )
        if (!verified) throw new BadBackup('The backup has no tables.')
        return { manifest, verified: verified as Verified, loaded }
      })
      // Its statistics are those of empty tables.
      await sql`analyze`
      return done
    })
    await clear.done()
    return restored
  } catch (error) {
    await clear.all()
    throw error
  }
}

function mustBeAsked({ checkpoint }: BackupManifest, { head, fingerprint }: RestoreOptions): void {
  if (checkpoint && !isSigned(checkpoint))
    throw new BadBackup('The signature of the checkpoint in the backup is wrong.')
  const found = checkpoint && { head: hashOf(checkpoint), key: fingerprintOf(checkpoint.key) }
  if (fingerprint !== null && found?.key !== fingerprint.toLowerCase())
    throw new BadBackup(
      `The backup is signed by the key ${found?.key ?? '(none)'}, not by the one that was given.`,
    )
  if (head !== null && found?.head !== head.toLowerCase())
    throw new BadBackup(
      `The backup ends with the checkpoint ${found?.head ?? '(none)'}, not with the one that was given.`,
    )
}

async function mustBeEmpty(folder: string): Promise<void> {
  const there = await readdir(folder).catch((error: NodeJS.ErrnoException): string[] => {
    if (error.code === 'ENOENT') return []
    throw new BadBackup(`${folder} cannot be used as a data folder (${error.code}).`)
  })
  if (there.includes(UNFINISHED))
    throw new BadBackup(`${folder} holds a restore that was not finished. Delete it, or name another folder.`)
  if (there.length > 0)
    throw new BadBackup(`${folder} is not empty. Name a new folder: a restore changes nothing that is there.`)
}

async function mustBeNew(sql: Sql): Promise<void> {
  const [table] = await sql<{ name: string }[]>`
    select schemaname || '.' || tablename as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema') limit 1`
  if (table)
    throw new BadBackup(
      `The database is not empty: it has a table ${table.name}. Name an empty one in DATABASE_URL.`,
    )
}

/** Marks and locks it. `done` when all of it is on the disk, `all` when nothing may stay. */
async function takeFolder(folder: string): Promise<{ done(): Promise<void>; all(): Promise<void> }> {
  const made = await mkdir(folder, { recursive: true, mode: 0o700 })
  const lock = lockFolder(folder)
  await writeFile(join(folder, UNFINISHED), '', { flush: true })
  await flushFolder(folder)
  return {
    async done() {
      await flushFolder(folder)
      await rm(join(folder, UNFINISHED))
      await flushFolder(folder)
      lock.release()
    },
    async all() {
      lock.release()
      for (const name of await readdir(folder))
        if (name !== UNFINISHED) await rm(join(folder, name), { recursive: true, force: true, maxRetries: 5 })
      await rm(join(folder, UNFINISHED), { force: true })
      if (made !== undefined) await rm(folder, { recursive: true, force: true })
    },
  }
}
