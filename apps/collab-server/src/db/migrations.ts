/** The migrations as they lie in migrations/: SQL that goes forward only, in the order of its journal. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { drizzle, migrate, readMigrationFiles } from './drizzle.ts'
import type { Sql } from './open.ts'

const FOLDER = join(import.meta.dirname, '../../../../migrations')
/** Any number, the same in every process: only one migrates at a time. */
const LOCK = 4_000_271_828

export interface Migration {
  /** "0003_studies" */
  readonly tag: string
  /** ms since 1970; what drizzle tells them apart by. */
  readonly when: number
  readonly statements: readonly string[]
  /** SHA-256 of the file, hex. */
  readonly hash: string
}

/** Oldest first. */
export function allMigrations(): Migration[] {
  const { entries } = JSON.parse(readFileSync(join(FOLDER, 'meta/_journal.json'), 'utf8')) as {
    entries: { tag: string; when: number }[]
  }
  const files = readMigrationFiles({ migrationsFolder: FOLDER })
  return files.map(({ sql, hash, folderMillis }, n) => ({
    tag: entries[n]?.tag ?? '',
    when: folderMillis,
    statements: sql,
    hash,
  }))
}

/** Those that were not applied yet, in one transaction; as the owner of the tables. */
export async function applyMigrations(owner: Sql): Promise<void> {
  // Released with the connection, however this ends.
  await owner`select pg_advisory_lock(${LOCK})`
  await migrate(drizzle(owner), { migrationsFolder: FOLDER })
}

/** These, inside somebody's own transaction, noted where drizzle looks. */
export async function applyInside(tx: Sql, migrations: readonly Migration[]): Promise<void> {
  await tx.unsafe(
    `create schema if not exists drizzle;
     create table if not exists drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)`,
  )
  for (const { statements, hash, when } of migrations) {
    for (const statement of statements) await tx.unsafe(statement)
    await tx`insert into drizzle.__drizzle_migrations (hash, created_at) values (${hash}, ${when})`
  }
}
