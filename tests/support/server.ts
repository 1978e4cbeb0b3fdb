/**
 * A server to test against. `startTestServer` runs the real one inside the test's process, on a free port and a data folder of its own;
 * `startServerProcess` starts it as a process that can be killed. `Client` speaks to either as one person.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { readConfig } from '../../apps/collab-server/src/config.ts'
import { copyTemplate } from '../../apps/collab-server/src/db/template.ts'
import { openLog } from '../../apps/collab-server/src/log.ts'
import { type RunningServer, startServer } from '../../apps/collab-server/src/server.ts'

const MAIN = join(import.meta.dirname, '../../apps/collab-server/src/main.ts')
const DEMO_PASSWORD = 'consilium-demo'

/** A folder that the account of the embedded database can pass through; `remove` deletes it. */
export function temporaryFolder(name = 'consilium-test'): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), `${name}-`))
  chmodSync(path, 0o755)
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 5 }) }
}

export interface TestServerOptions {
  /** Demo people and project (no pictures: see `demoStudy`). */
  readonly demo?: boolean
  /** Also make the demo study, as `npm start` does. */
  readonly demoStudy?: boolean
  /** An existing folder, kept afterwards; else a new one, deleted afterwards. */
  readonly data?: string
  readonly env?: Record<string, string>
  /** The server makes its cluster itself, as on the first start of all; else a new folder begins with one, migrated. */
  readonly ownCluster?: boolean
}

export interface TestServer {
  readonly url: string
  readonly port: number
  readonly data: string
  readonly running: RunningServer
  /** A stranger. */
  client(): Client
  /** One of the demo people, by login: `okafor`, `lindqvist`, `vasquez`, `solberg`. */
  signIn(login: string, password?: string): Promise<Client>
  /** Whoever reads `admin-token` in the data folder. */
  admin(): Promise<Client>
  close(): Promise<void>
}

const environment = (data: string, { demo, demoStudy, env }: TestServerOptions): Record<string, string> => ({
  PORT: '0',
  CONSILIUM_DATA: data,
  CONSILIUM_DEMO: demoStudy ? '1' : demo ? 'empty' : '0',
  LOG_LEVEL: 'error',
  ...env,
})

/** Nothing is made where there is a data folder already, or a database elsewhere. */
async function prepare(data: string, { env, ownCluster = false }: TestServerOptions): Promise<void> {
  if (!ownCluster && env?.DATABASE_URL === undefined && !existsSync(data))
    await copyTemplate(data, 'migrated')
}

export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const folder = options.data === undefined ? temporaryFolder() : null
  const data = options.data ?? join(folder?.path ?? '', 'data')
  await prepare(data, options)
  const config = readConfig(environment(data, options))
  const running = await startServer(config, openLog(config))
  const client = () => new Client(running.url)
  return {
    url: running.url,
    port: running.port,
    data,
    running,
    client,
    signIn: async (login, password = DEMO_PASSWORD) => {
      const person = client()
      await person.signIn(login, password)
      return person
    },
    admin: async () => Client.withToken(running.url, await adminToken(data)),
    close: async () => {
      await running.close()
      folder?.remove()
    },
  }
}

export interface ServerProcess {
  readonly url: string
  readonly port: number
  readonly pid: number
  readonly data: string
  /** What it printed for people so far. */
  stdout(): string
  stderr(): string
  /** Resolves when it is gone. */
  kill(signal?: NodeJS.Signals): Promise<{ code: number | null; signal: NodeJS.Signals | null }>
}

/** Resolves when the server is ready; rejects, with what it said, where it ends before. The folder is the caller's to remove. */
export async function startServerProcess(
  options: TestServerOptions & { data: string; port?: number },
): Promise<ServerProcess> {
  await prepare(options.data, options)
  const { child, out, gone } = spawnServer(options)
  const ended = gone.then(({ code, signal }) => {
    throw new Error(`the server ended (${signal ?? code}) before it was ready:\n${out.stdout}${out.stderr}`)
  })
  ended.catch(() => undefined)
  const url = await Promise.race([addressIn(out), ended])
  await Promise.race([untilReady(url), ended])
  return {
    url,
    port: Number(new URL(url).port),
    pid: child.pid as number,
    data: options.data,
    stdout: () => out.stdout,
    stderr: () => out.stderr,
    kill: (signal = 'SIGKILL') => {
      child.kill(signal)
      return gone
    },
  }
}

/** For a server that is expected to refuse: its exit code and what it said. */
export async function serverThatRefuses(
  options: TestServerOptions & { data: string; port?: number },
): Promise<{ code: number | null; stderr: string }> {
  const { out, gone } = spawnServer(options)
  const { code } = await gone
  return { code, stderr: out.stderr }
}

function spawnServer(options: TestServerOptions & { data: string; port?: number }) {
  const child: ChildProcess = spawn(process.execPath, [MAIN], {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
      ...environment(options.data, options),
      ...(options.port === undefined ? {} : { PORT: String(options.port) }),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const out = { stdout: '', stderr: '' }
  child.stdout?.on('data', (bytes) => {
    out.stdout += bytes
  })
  child.stderr?.on('data', (bytes) => {
    out.stderr += bytes
  })
  const gone = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => resolve({ code, signal }))
  })
  return { child, out, gone }
}

async function addressIn(out: { stdout: string }): Promise<string> {
  for (;;) {
    const address = /ready: (http\S+)/.exec(out.stdout)?.[1]
    if (address) return address
    await sleep(10)
  }
}

async function untilReady(url: string): Promise<void> {
  while (
    !(await fetch(`${url}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    ))
  )
    await sleep(20)
}

async function adminToken(data: string): Promise<string> {
  const { readFile } = await import('node:fs/promises')
  return (await readFile(join(data, 'admin-token'), 'utf8')).trim()
}

/** One person's browser (keeps the cookie, says where it comes from) or script (brings its token). */
export class Client {
  readonly url: string
  /** `Cookie` header. */
  cookie = ''
  token: string | null = null

  constructor(url: string) {
    this.url = url
  }

  static withToken(url: string, token: string): Client {
    const client = new Client(url)
    client.token = token
    return client
  }

  async signIn(login: string, password = DEMO_PASSWORD): Promise<void> {
    const answer = await this.ask('POST', '/session', { login, password })
    if (!answer.ok) throw new Error(`sign-in as ${login} answered ${answer.status}: ${await answer.text()}`)
    await answer.body?.cancel()
  }

  headers(): Record<string, string> {
    if (this.token !== null) return { authorization: `Bearer ${this.token}` }
    return { origin: this.url, ...(this.cookie ? { cookie: this.cookie } : {}) }
  }

  /** `path` is below /api; `body` is sent as JSON. */
  async ask(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const answer = await fetch(`${this.url}/api${path}`, {
      method,
      headers: {
        ...this.headers(),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      this.cookie = pair.endsWith('=') || pair.endsWith('=""') ? '' : pair
    }
    return answer
  }

  /** The JSON of a good answer; throws with the refusal otherwise. */
  async get<T = unknown>(path: string): Promise<T> {
    return read<T>(await this.ask('GET', path))
  }

  async post<T = unknown>(path: string, body: unknown): Promise<T> {
    return read<T>(await this.ask('POST', path, body))
  }

  async put<T = unknown>(path: string, body: unknown): Promise<T> {
    return read<T>(await this.ask('PUT', path, body))
  }
}

async function read<T>(answer: Response): Promise<T> {
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${answer.url} answered ${answer.status}: ${text}`)
  return (text === '' ? undefined : JSON.parse(text)) as T
}
