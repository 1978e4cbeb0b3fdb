/**
 * Makes what was deleted leave the disk. A deleted row stays in its table's file until somebody needs the room, and in the log of the
 * database until that is used again; whoever has the files could read it there. So the tables that kept it are written anew, which
 * leaves out what is gone, and so is the log of our own cluster. Those of people are small: it takes a moment. That of the journal may
 * not be: nothing is written meanwhile.
 *
 * Of a PostgreSQL that is not ours the tables are written anew; its log and its copies are for whoever runs it (docs/forgetting.md).
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { isUnavailable } from './errors.ts'
import type { Database, Sql } from './open.ts'

/** What goes, and the rows that say so: nothing is swept while somebody still sees the moment before them. */
export interface Swept {
  readonly tables: readonly string[]
  readonly mark: 'erasing' | 'purge_due'
}
/** `pg_statistic` holds samples of columns. */
export const PEOPLE: Swept = {
  tables: ['person_key', 'people', 'sessions', 'tokens', 'pg_statistic'],
  mark: 'erasing',
}
export const RECORD: Swept = { tables: ['revision', 'snapshot', 'pg_statistic'], mark: 'purge_due' }
/** Everybody else waits behind us while we wait for somebody who reads: briefly, and then they come first. */
const LOCK_WITHIN_MS = 200
const AGAIN_AFTER_MS = 250

/** Resolves when everything that was deleted with the rows of the mark is in no file any more. Rejects with `stop`'s reason. */
export async function sweep(
  db: Pick<Database, 'upkeep' | 'embedded'>,
  what: Swept,
  stop: AbortSignal,
): Promise<void> {
  while (!(await db.upkeep((sql) => isSwept(sql, what, db.embedded)).catch(unlessAway)))
    await sleep(AGAIN_AFTER_MS, undefined, { ref: false, signal: stop })
}

function unlessAway(error: unknown): false {
  if (isUnavailable(error)) return false
  throw error
}

/** False where somebody is in the way. */
async function isSwept(sql: Sql, { tables, mark }: Swept, embedded: boolean): Promise<boolean> {
  if (await isStillSeen(sql, mark)) return false
  await sql`select set_config('lock_timeout', ${String(LOCK_WITHIN_MS)}, false)`
  for (const table of tables) await sql.unsafe(`vacuum (full) ${table}`)
  if (embedded) await renewLog(sql)
  return true
}

/** Somebody began to read before it was deleted (a backup, say): what they may still see would be written anew with the rest. */
async function isStillSeen(sql: Sql, mark: Swept['mark']): Promise<boolean> {
  const [row] = await sql<{ yes: boolean }[]>`
    select exists (
      select 1 from pg_stat_activity a, ${sql(mark)} e
      where a.datname = current_database() and a.pid <> pg_backend_pid()
        and greatest(age(a.backend_xmin), age(a.backend_xid)) >= age(e.xmin)
    ) as yes`
  return row?.yes ?? false
}

/** Writes to the end of every segment there is, also of those that were once kept for later; the checkpoint then removes them. */
async function renewLog(sql: Sql): Promise<void> {
  const [last] = await sql<{ name: string }[]>`
    select max(name) as name from pg_ls_waldir() where name ~ '^[0-9A-F]{24}$'`
  for (let past = false; !past; ) {
    // A segment without anything in it is not ended.
    await sql`select pg_logical_emit_message(false, 'consilium', '')`
    await sql`select pg_switch_wal()`
    const [now] = await sql<{ past: boolean }[]>`
      select pg_walfile_name(pg_current_wal_insert_lsn() + 1) > ${last?.name ?? ''} as past`
    past = now?.past ?? true
  }
  await sql`checkpoint`
}
