/**
 * Does a commit reach the disk? What PostgreSQL says about itself is read at the start, whenever somebody asks whether the server is
 * ready, and after a connection was closed: whoever answers next may be set up otherwise.
 */
import type { Log } from '../log.ts'
import { notice } from '../notice.ts'
import type { Sql } from './open.ts'

export interface Durability {
  /** `show fsync` */
  readonly fsync: boolean
  /** `show synchronous_commit` */
  readonly synchronousCommit: string
  /** May a committed row be called saved? */
  readonly ok: boolean
}

export interface DurabilityWatch {
  /** As last read. */
  readonly now: Durability
  read(sql: Sql): Promise<Durability>
  /** A connection was closed: what was read no longer counts. */
  doubt(): void
  /** Reads it anew where that is due, over the connection that is going to be used. */
  settle(sql: Sql): Promise<Durability>
  /** Told when `ok` changes. Returns how to stop listening. */
  onChange(listener: (ok: boolean) => void): () => void
}

export async function watchDurability(sql: Sql, log: Log): Promise<DurabilityWatch> {
  const changes = notice<boolean>(log)
  let doubts = 0
  let settled = 0
  let now = await ask(sql)
  warn()

  function warn(): void {
    if (!now.ok)
      log.error({ ...now }, 'this PostgreSQL does not write commits to disk; nothing is called saved')
  }

  async function read(over: Sql): Promise<Durability> {
    const before = doubts
    const said = await ask(over)
    settled = before
    const changed = said.ok !== now.ok
    now = said
    if (changed) {
      warn()
      changes.tell(now.ok)
    }
    return now
  }

  return {
    get now() {
      return now
    },
    read,
    doubt() {
      doubts++
    },
    settle: async (over) => (settled === doubts ? now : read(over)),
    onChange: changes.on,
  }
}

async function ask(sql: Sql): Promise<Durability> {
  const [row] = await sql<{ fsync: string; commit: string }[]>`
    select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit`
  const fsync = row?.fsync === 'on'
  const synchronousCommit = row?.commit ?? 'unknown'
  return {
    fsync,
    synchronousCommit,
    ok: fsync && synchronousCommit !== 'off' && synchronousCommit !== 'unknown',
  }
}
