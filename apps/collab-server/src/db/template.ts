/**
 * For tests: a new data folder begins with a copy of one empty cluster, made by whoever needs it first. It is what the server would make
 * there itself (cluster.ts), in a third of the time. Whoever tests the first start of all begins with a folder of their own.
 */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { openLog } from '../log.ts'
import { startCluster } from './cluster.ts'

/** Names a folder that several processes share, as long as the tests run. Absent: nothing is copied. */
export const TEMPLATE = 'CONSILIUM_TEST_TEMPLATE'

const run = promisify(execFile)

/** Makes `data`, which must not exist, with a cluster in it. */
export async function copyTemplate(data: string): Promise<void> {
  const folder = process.env[TEMPLATE]
  if (folder !== undefined && process.platform !== 'win32')
    // With owners and modes: as root, the database runs under an account of its own.
    await run('cp', ['-a', await template(folder), data])
}

async function template(folder: string): Promise<string> {
  const made = join(folder, 'made')
  // Of several that come at once, one can make the folder.
  const isFirst = await mkdir(join(folder, 'begun')).then(
    () => true,
    () => false,
  )
  if (isFirst) {
    const making = join(folder, 'making')
    await mkdir(making, { mode: 0o700 })
    const cluster = await startCluster(making, openLog({ logLevel: 'silent' }))
    await cluster.stop()
    await rename(making, made)
  }
  while (!existsSync(made)) await sleep(20)
  return made
}
