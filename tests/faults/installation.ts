/** One installation that is started, killed and started again: its data folder, its port, its database, and a case for every document. */
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'
import { KIND_BITS, ROOT_CODES } from '../../apps/collab-server/src/journal/touch.ts'
import { ACTS } from '../../packages/contract/src/revisions.ts'
import {
  Client,
  type ServerProcess,
  startServerProcess,
  startTestServer,
  type TestServer,
  temporaryFolder,
} from '../support/server.ts'
import type { StoredRow } from './ledger.ts'

const ON_ITS_WAY_MS = 60
const LOGINS = ['okafor', 'lindqvist', 'vasquez'] as const
type Sql = ReturnType<typeof postgres>

export interface InstallationOptions {
  readonly documents?: number
  /** Absent: the embedded database. A superuser's. */
  readonly databaseUrl?: string
  readonly env?: Record<string, string>
  /** Done once, on the server that makes the documents. */
  readonly prepare?: (server: TestServer, documents: readonly string[]) => Promise<void>
}

/** A port that stays ours while nobody listens there: below the range from which the system hands out others. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 10_000 + Math.floor(Math.random() * 20_000)
    const probe = createServer()
    const isFree = await new Promise<boolean>((resolve) => {
      probe.once('error', () => resolve(false))
      probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
    })
    if (isFree) return port
  }
}

export class Installation {
  readonly data: string
  readonly documents: readonly string[]
  readonly #options: InstallationOptions
  /** The same at every start, so that pages find the server again. */
  readonly #port: number
  readonly #remove: () => void
  #server: ServerProcess | null = null

  private constructor(
    options: InstallationOptions,
    port: number,
    data: string,
    documents: readonly string[],
    remove: () => void,
  ) {
    this.#options = options
    this.#port = port
    this.data = data
    this.documents = documents
    this.#remove = remove
    // Where a row breaks, the port must be free for the next.
    process.once('exit', () => void this.#server?.kill('SIGKILL'))
  }

  static async make(options: InstallationOptions = {}): Promise<Installation> {
    const folder = temporaryFolder('consilium-fault')
    const data = join(folder.path, 'data')
    const { databaseUrl, documents = 1, prepare } = options
    try {
      const first = await startTestServer({
        data,
        demo: true,
        ...(databaseUrl === undefined ? {} : { env: { DATABASE_URL: databaseUrl } }),
      })
      const { projects } = first.running.services
      const [project] = await projects.list()
      const names: string[] = []
      for (let n = 0; n < documents; n++)
        names.push(`panel:${(await projects.addCase(project?.id ?? '')).id}`)
      await prepare?.(first, names)
      await first.close()
      return new Installation(options, await freePort(), data, names, () => folder.remove())
    } catch (error) {
      folder.remove()
      throw error
    }
  }

  async start(): Promise<ServerProcess> {
    const { databaseUrl, env } = this.#options
    const server = await startServerProcess({
      data: this.data,
      demo: true,
      port: this.#port,
      env: { ...env, ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }) },
    })
    this.#server = server
    return server
  }

  get server(): ServerProcess {
    if (!this.#server) throw new Error('it was never started')
    return this.#server
  }

  /** Resolves when what was on its way has arrived: the server has taken its turns, however busy the machine is, and so have we. */
  async settled(): Promise<void> {
    for (let turns = 0; turns < 5; turns++) {
      await (await fetch(`${this.server.url}/healthz`)).arrayBuffer()
      await sleep(ON_ITS_WAY_MS)
    }
  }

  /** Folder of the embedded database. */
  get cluster(): string {
    return join(this.data, 'postgres')
  }

  /** The demo people who may write, signed in. */
  people(): Promise<Client[]> {
    return Promise.all(
      LOGINS.map(async (login) => {
        const person = new Client(this.server.url)
        await person.signIn(login)
        return person
      }),
    )
  }

  /** Its database, beside the server's back, as the superuser. */
  async database<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    const sql = postgres(this.#options.databaseUrl ?? this.#embeddedUrl(), {
      max: 1,
      onnotice: () => undefined,
    })
    try {
      return await work(sql)
    } finally {
      await sql.end({ timeout: 5 })
    }
  }

  #embeddedUrl(): string {
    const password = readFileSync(join(this.data, 'postgres-password'), 'utf8').trim()
    const port = readFileSync(join(this.cluster, 'postmaster.pid'), 'utf8').split('\n')[3]
    return `postgres://postgres:${password}@127.0.0.1:${port}/consilium`
  }

  /** As Prometheus reads it. */
  async metrics(): Promise<string> {
    const token = readFileSync(join(this.data, 'admin-token'), 'utf8').trim()
    const answer = await fetch(`${this.server.url}/metrics`, {
      headers: { authorization: `Bearer ${token}` },
    })
    return answer.text()
  }

  /** How often an alarm of this kind was raised since the last start. */
  async alarms(kind: string): Promise<number> {
    const line = new RegExp(`^consilium_alarms_total\\{kind="${kind}"\\} (\\d+)`, 'm')
    return Number(line.exec(await this.metrics())?.[1] ?? 0)
  }

  journal(document: string): Promise<StoredRow[]> {
    return this.database((sql) => readJournal(sql, document))
  }

  async close(): Promise<void> {
    await this.#server?.kill('SIGTERM')
    this.#remove()
  }
}

async function readJournal(sql: Sql, document: string): Promise<StoredRow[]> {
  const [known] = await sql<{ id: number }[]>`select id from document where name = ${document}`
  if (!known) return []
  const rows = await sql<{ seq: number; hash: string; act: number; bytes: Uint8Array }[]>`
    select seq::int, encode(hash, 'hex') as hash, act, bytes from revision where doc = ${known.id} order by seq`
  const created = await sql<{ seq: number; root: number; key: string }[]>`
    select t.seq::int, e.root, e.key from touch t join entry e on e.id = t.entry
    where e.doc = ${known.id} and t.kind & ${KIND_BITS.create} > 0`
  const names = new Map(Object.entries(ROOT_CODES).map(([name, code]) => [code, name]))
  const entries = Map.groupBy(created, ({ seq }) => seq)
  return rows.map(({ seq, hash, act, bytes }) => ({
    seq,
    hash,
    edit: act === ACTS.edit,
    bytes,
    created: (entries.get(seq) ?? []).map(({ root, key }) => `${names.get(root)}:${key}`),
  }))
}
