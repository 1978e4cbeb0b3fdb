/**
 * The process that runs a cluster, found through its `postmaster.pid` and stopped safely.
 * A number in that file proves nothing (it may belong to somebody else by now): only a process that works in the cluster's folder is touched.
 */

import { execFile } from 'node:child_process'
import { readFile, readlink, realpath, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { Log } from '../log.ts'

const run = promisify(execFile)

export interface Postmaster {
  readonly pid: number
  /** `starting`, `stopping`, `ready`, `standby`; '' while not yet written. */
  readonly status: string
}

export async function postmasterOf(folder: string): Promise<Postmaster | null> {
  const lines = (await readFile(join(folder, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')
  const pid = Number(lines[0])
  return Number.isInteger(pid) && pid > 1 ? { pid, status: lines[7]?.trim() ?? '' } : null
}

/** Is process `pid` alive, and is the cluster in `folder` what it works on? PostgreSQL's processes change into it. */
export async function isRunningIn(pid: number, folder: string): Promise<boolean> {
  const real = await realpath(folder)
  if (process.platform === 'linux') {
    const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => null) // gone, a zombie, or of somebody else
    return cwd === real
  }
  const command = await run('ps', ['-o', 'command=', '-p', String(pid)]).catch(() => ({ stdout: '' }))
  return command.stdout.includes(real) || command.stdout.includes(folder)
}

/**
 * Stops what runs on the cluster, if anything does, and returns when it is gone: first in an orderly way (transactions rolled back,
 * everything flushed), after that at once (the next start recovers from the log; a commit that was answered is never lost).
 */
export async function stopPostmaster(folder: string, log: Log): Promise<void> {
  const postmaster = await postmasterOf(folder)
  if (!postmaster) return
  const { pid } = postmaster
  for (const [signal, patienceMs] of [
    ['SIGINT', 5_000],
    ['SIGQUIT', 3_000],
    ['SIGKILL', 2_000],
  ] as const) {
    if (!(await isRunningIn(pid, folder))) break
    if (signal !== 'SIGINT') log.warn({ pid, signal }, 'the database does not stop; insisting')
    try {
      process.kill(pid, signal)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    }
    for (let waited = 0; waited < patienceMs && (await isRunningIn(pid, folder)); waited += 10)
      await sleep(10)
  }
  if (await isRunningIn(pid, folder))
    throw new Error(`process ${pid} holds the database in ${folder} and does not end`)
  // Left behind where it was killed; the number could be taken for a running server.
  await rm(join(folder, 'postmaster.pid'), { force: true })
}
