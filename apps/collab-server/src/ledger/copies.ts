/**
 * Keeps the tables and `checkpoints.log` alike. A crash between the two leaves the file one behind: it gets what it lacks. A database that
 * was put back to an older copy is behind the file: it gets its checkpoints back, and somebody is woken, for rows below them are gone.
 */
import { join } from 'node:path'
import type { LoggedCheckpoint } from '@consilium/contract/checkpoints'
import type { Sql } from '../db/open.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import { LogFile } from './logFile.ts'
import { hashOf, isSigned } from './statement.ts'
import { checkpointsAfter, insertCheckpoint, lastCheckpoint } from './store.ts'

export interface Copies {
  /** It stands in the tables; a file that cannot be written gets it later. */
  add(checkpoint: LoggedCheckpoint): Promise<void>
  /** The tables may have one that was not added here. */
  doubt(): void
  /** Gives the file what it lacks. */
  complete(): Promise<void>
  close(): Promise<void>
}

export const LOG_NAME = 'checkpoints.log'
const AT_ONCE = 100

export interface CopiesOptions {
  readonly sql: Sql
  readonly log: Log
  readonly metrics: Metrics
  readonly folder: string
}

export async function openCopies({ sql, log, metrics, folder }: CopiesOptions): Promise<Copies> {
  const file = new LogFile(join(folder, LOG_NAME))
  await file.begin()
  let behind = true

  async function complete(): Promise<void> {
    if (!behind) return
    await file.begin()
    for (;;) {
      const missing = await checkpointsAfter(sql, file.last?.n ?? 0, AT_ONCE)
      for (const one of missing) await file.add(one)
      if (missing.length === 0) break
    }
    behind = false
  }

  const stored = await lastCheckpoint(sql)
  if (file.last && file.last.n > (stored?.n ?? 0)) {
    metrics.alarm('checkpoints-cut', { kept: stored?.n ?? 0, signed: file.last.n })
    for await (const one of file.after(stored?.n ?? 0)) {
      if (!isSigned(one)) break
      await insertCheckpoint(sql, one)
    }
  }
  const same = file.last && (await checkpointsAfter(sql, file.last.n - 1, 1))[0]
  if (file.last && same && hashOf(same) !== hashOf(file.last))
    metrics.alarm('checkpoint-altered', { n: file.last.n })
  await complete()

  return {
    async add(checkpoint) {
      try {
        if (!behind) return await file.add(checkpoint)
      } catch (error) {
        log.warn({ err: error }, `${LOG_NAME} could not be written; it is tried again`)
      }
      behind = true
    },
    doubt() {
      behind = true
    },
    complete,
    close: () => file.close(),
  }
}
