/**
 * For tests: a new data folder begins with a copy of one cluster, made by whoever needs it first: empty, or with the server's database
 * after all migrations. It is what the server would make there itself (cluster.ts, open.ts), in a fraction of the time. Whoever tests the
 * first start of all begins with a folder of their own.
 */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { openLog } from '../log.ts'
import { startCluster } from './cluster.ts'
import { openDatabase } from './open.ts'

/** Names a folder that several processes share, as long as the tests run. Absent: nothing is copied. */
export const TEMPLATE = 'CONSILIUM_TEST_TEMPLATE'

const run = promisify(execFile)

/** What a new data folder begins with: a cluster with nothing in it, or with the database that the server opens. */
type Beginning = 'empty' | 'migrated'

const MAKE: Record<Beginning, (data: string) => Promise<void>> = {
  empty: async (data) => (await startCluster(data, openLog({ logLevel: 'silent' }))).stop(),
  migrated: async (data) =>
    (await openDatabase({ data, databaseUrl: null }, openLog({ logLevel: 'silent' }))).close(),
}

/** Makes `data`, which must not exist, with a cluster in it. */
export async function copyTemplate(data: string, beginning: Beginning = 'empty'): Promise<void> {
  const folder = process.env[TEMPLATE]
  if (folder !== undefined && process.platform !== 'win32')
    // With owners and modes: as root, the database runs under an account of its own.
    await run('cp', ['-a', await template(folder, beginning), data])
}

async function template(folder: string, beginning: Beginning): Promise<string> {
  const made = join(folder, beginning)
  // Of several that come at once, one can make the folder.
  const isFirst = await mkdir(join(folder, `${beginning}-begun`)).then(
    () => true,
    () => false,
  )
  if (isFirst) {
    const making = join(folder, `${beginning}-making`)
    if (beginning === 'empty') await mkdir(making, { mode: 0o700 })
    else await copyTemplate(making)
    await MAKE[beginning](making)
    await rename(making, made)
  }
  while (!existsSync(made)) await sleep(20)
  return made
}
