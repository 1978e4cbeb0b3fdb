/**
 * One process per data folder. The lock is the kernel's (an exclusive transaction of SQLite holds a POSIX lock on one file):
 * it goes with the process however that ends, so a stale pid can never keep anybody out or let two in.
 * The pid is written beside it only to be named to the second process.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { StartupError } from '../startupError.ts'

export interface FolderLock {
  release(): void
}

/** `folder` must exist. Throws a StartupError naming the process that has it. */
export function lockFolder(folder: string): FolderLock {
  const pidFile = join(folder, 'server.pid')
  const lock = new DatabaseSync(join(folder, 'server.lock'))
  try {
    lock.exec('pragma busy_timeout = 0; pragma journal_mode = memory; begin exclusive')
  } catch (cause) {
    lock.close()
    if (!(cause instanceof Error && /locked|busy/.test(cause.message))) throw cause
    throw new StartupError(
      `The data folder ${folder} is in use by process ${pidIn(pidFile)}. Stop that server first, or give this one a folder of its own with CONSILIUM_DATA.`,
      { cause },
    )
  }
  writeFileSync(pidFile, `${process.pid}\n`)
  return { release: () => lock.close() }
}

function pidIn(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim() || 'unknown'
  } catch {
    // Another server is between taking the lock and writing its number.
    return 'unknown'
  }
}
