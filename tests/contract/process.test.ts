import { once } from 'node:events'
import { chmodSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import { type Cluster, startCluster } from '../../apps/collab-server/src/db/cluster.ts'
import { openLog } from '../../apps/collab-server/src/log.ts'
import {
  Client,
  type ServerProcess,
  serverThatRefuses,
  startServerProcess,
  startTestServer,
  temporaryFolder,
} from '../support/server.ts'

const linux = process.platform === 'linux'
let folder: ReturnType<typeof temporaryFolder>
let data: string
const running: ServerProcess[] = []

beforeEach(() => {
  folder = temporaryFolder()
  data = join(folder.path, 'data')
})
afterEach(async () => {
  for (const server of running.splice(0)) await server.kill('SIGTERM')
  folder.remove()
})

async function start(
  options: { env?: Record<string, string>; ownCluster?: boolean } = {},
): Promise<ServerProcess> {
  const server = await startServerProcess({ demo: true, data, ...options })
  running.push(server)
  return server
}

async function signedIn(server: ServerProcess): Promise<Client> {
  const client = new Client(server.url)
  await client.signIn('okafor')
  return client
}

describe('[I11] one process per data folder', () => {
  it('the second is refused, naming the first, which goes on', async () => {
    const first = await start()
    const second = await serverThatRefuses({ demo: true, data })
    expect(second).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(`${data} is in use by process ${first.pid}.`),
    })
    expect((await fetch(`${first.url}/readyz`)).status).toBe(200)
  })
})

describe('[I12] what was answered is there after the server is killed, and the next one starts at once', () => {
  it('killed together with nothing else: the database is stopped and started anew', async () => {
    const first = await start()
    const okafor = await signedIn(first)
    const token = await okafor.post<{ secret: string }>('/tokens', { title: 'made just before' })
    await first.kill('SIGKILL')
    const second = await start()
    const script = Client.withToken(second.url, token.secret)
    expect(await script.get('/tokens')).toMatchObject([{ title: 'made just before' }])
  })

  it.runIf(linux)('killed while nobody stops the database: the orphan is found and stopped', async () => {
    const first = await start()
    const okafor = await signedIn(first)
    await okafor.post('/tokens', { title: 'made just before' })
    const orphan = Number(readFileSync(join(data, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
    for (const guard of processesWith(`\0sh\0${orphan}\0`)) process.kill(guard, 'SIGKILL')
    await first.kill('SIGKILL')
    expect(processesIn(join(data, 'postgres'))).toContain(orphan)
    const second = await start()
    expect(processesIn(join(data, 'postgres'))).not.toContain(orphan)
    expect(await (await signedIn(second)).get('/tokens')).toMatchObject([{ title: 'made just before' }])
  })

  it.runIf(linux)(
    'the database is killed under the server: it says so, brings it back, and has lost nothing',
    async () => {
      const server = await start({ env: { LOG_LEVEL: 'info' } })
      const okafor = await signedIn(server)
      await okafor.post('/tokens', { title: 'made just before' })
      process.kill(
        Number(readFileSync(join(data, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]),
        'SIGKILL',
      )
      await until(() => server.stderr().includes('the embedded database is back'))
      await until(async () => (await fetch(`${server.url}/readyz`)).ok)
      expect(await okafor.get('/tokens')).toMatchObject([{ title: 'made just before' }])
    },
  )

  it.runIf(linux)('asked to stop, it ends with 0 and leaves no process behind', async () => {
    const server = await start()
    await (await signedIn(server)).post('/tokens', { title: 'x' })
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/collab`, {
      headers: { origin: server.url, cookie: (await signedIn(server)).cookie },
    })
    await once(socket, 'open')
    const goodbye = once(socket, 'close')
    expect(await server.kill('SIGTERM')).toEqual({ code: 0, signal: null })
    expect((await goodbye)[0]).toBe(1012)
    expect(processesIn(join(data, 'postgres'))).toEqual([])
    expect(() => readFileSync(join(data, 'postgres', 'postmaster.pid'))).toThrow('ENOENT')
  })
})

describe('[I13] the server says whether a commit reaches the disk', () => {
  const log = openLog({ logLevel: 'silent' })
  let cluster: Cluster
  async function beside(flags: readonly string[], check: (url: string) => Promise<void>): Promise<void> {
    const other = join(folder.path, 'elsewhere')
    mkdirSync(other)
    cluster = await startCluster(other, log, flags)
    try {
      await check(`postgres://postgres:${cluster.password}@127.0.0.1:${cluster.port}/postgres`)
    } finally {
      await cluster.stop()
    }
  }

  it('its own database does', async () => {
    const server = await start({ ownCluster: true })
    expect(await (await fetch(`${server.url}/readyz`)).json()).toEqual({
      ready: true,
      reason: null,
      database: 'embedded',
      durable: { fsync: true, synchronousCommit: 'on' },
      faults: [],
    })
  })

  it.each([
    ['fsync=off', { fsync: false, synchronousCommit: 'on' }],
    ['synchronous_commit=off', { fsync: true, synchronousCommit: 'off' }],
  ])('with DATABASE_URL and %s it is never ready, though documents can be opened', async (flag, durable) => {
    await beside(['-c', flag], async (url) => {
      const server = await startTestServer({
        demo: true,
        data,
        env: { DATABASE_URL: url, LOG_LEVEL: 'silent' },
      })
      const answer = await fetch(`${server.url}/readyz`)
      expect([answer.status, await answer.json()]).toEqual([
        503,
        { ready: false, reason: 'durability', database: 'external', durable, faults: [] },
      ])
      expect(server.running.services.journal.durable).toBe(false)
      expect(await liveStatus(server.url, (await server.signIn('okafor')).cookie)).toBe(101)
      await server.close()
    })
  })

  it('with DATABASE_URL it works there in a role that owns nothing', async () => {
    await beside([], async (url) => {
      const server = await startTestServer({ demo: true, data, env: { DATABASE_URL: url } })
      expect((await fetch(`${server.url}/readyz`)).status).toBe(200)
      expect(await (await server.signIn('okafor')).get('/projects')).toHaveLength(1)
      const { sql } = server.running.services.db
      expect(await sql`select current_user::text as role`).toEqual([{ role: 'consilium_app' }])
      expect(await sql`select count(*) as n from pg_class where relowner = 'consilium_app'::regrole`).toEqual(
        [{ n: 0 }],
      )
      await expect(sql`drop table people`).rejects.toMatchObject({ code: '42501' })
      await expect(sql`truncate people`).rejects.toMatchObject({ code: '42501' })
      await server.close()
    })
  })
})

describe('DATABASE_URL with an ordinary user', () => {
  it('is told what an administrator must do, and works once it is done', async () => {
    const log = openLog({ logLevel: 'silent' })
    const other = join(folder.path, 'elsewhere')
    mkdirSync(other)
    const cluster = await startCluster(other, log)
    const address = (user: string, password: string, database: string) =>
      `postgres://${user}:${password}@127.0.0.1:${cluster.port}/${database}`
    const admin = postgres(address('postgres', cluster.password, 'postgres'), { max: 1 })
    try {
      await admin.unsafe("create role plain login password 'plain'")
      await admin.unsafe('create database plain owner plain')
      const env = { DATABASE_URL: address('plain', 'plain', 'plain') }
      const refused = await serverThatRefuses({ data, env })
      expect(refused.code).toBe(1)
      expect(refused.stderr).toContain('create role consilium_app nologin; grant consilium_app to')
      await admin.unsafe('create role consilium_app nologin; grant consilium_app to plain')
      const server = await startTestServer({ demo: true, data, env })
      expect((await fetch(`${server.url}/readyz`)).status).toBe(200)
      expect(await (await server.signIn('okafor')).get('/projects')).toHaveLength(1)
      await server.close()
    } finally {
      await admin.end()
      await cluster.stop()
    }
  })
})

describe('what keeps the server from starting is said in one sentence, and it ends with 1', () => {
  it('a wrong setting', async () => {
    const { code, stderr } = await serverThatRefuses({ data, env: { PORT: 'four thousand' } })
    expect([code, stderr]).toEqual([1, 'PORT must be a port number from 0 to 65535, not "four thousand".\n'])
  })

  it('a port that is taken', async () => {
    const first = await start()
    const { code, stderr } = await serverThatRefuses({ data: join(folder.path, 'other'), port: first.port })
    expect([code, stderr]).toEqual([
      1,
      `Port ${first.port} is in use by another program. Stop it, or set PORT to another number.\n`,
    ])
  })

  it('a database that is not there', async () => {
    const { code, stderr } = await serverThatRefuses({
      data,
      env: { DATABASE_URL: 'postgres://me:hunter2@no-such-host.invalid/x' },
    })
    expect(code).toBe(1)
    expect(stderr).toMatch(/^DATABASE_URL: the PostgreSQL at no-such-host\.invalid:5432 does not let us in/)
    expect(stderr).not.toContain('hunter2')
  })

  it.runIf(process.getuid?.() === 0)(
    'as root, a folder that the database’s account cannot enter: both ways out are named',
    async () => {
      chmodSync(folder.path, 0o700)
      const { code, stderr } = await serverThatRefuses({ data })
      expect(code).toBe(1)
      expect(stderr).toContain(`cannot enter the data folder ${data}`)
      expect(stderr).toContain('CONSILIUM_DATA')
      expect(stderr).toContain('DATABASE_URL')
    },
  )
})

it('[I14] no secret, name or address with a secret in it reaches the log', async () => {
  const server = await start({ env: { LOG_LEVEL: 'trace' }, ownCluster: true })
  const okafor = await signedIn(server)
  const token = await okafor.post<{ secret: string }>('/tokens', { title: 'Telltale title' })
  await fetch(`${server.url}/api/me?token=${token.secret}`)
  await new Client(server.url).ask('POST', '/session', {
    login: 'Jane.Telltale',
    password: 'telltale password',
  })
  const admin = Client.withToken(server.url, readFileSync(join(data, 'admin-token'), 'utf8').trim())
  for (let twice = 0; twice < 2; twice++)
    await admin.ask('POST', '/people', {
      name: 'Jane Telltale',
      login: 'jane.telltale',
      password: 'telltale password',
    })
  await server.kill('SIGTERM')
  const written = server.stderr() + readFileSync(join(data, 'postgres.log'), 'utf8')
  expect(written).toContain('"ready"')
  for (const secret of [
    token.secret,
    okafor.cookie.split('=')[1] as string,
    'elltale',
    'Okafor',
    'consilium-demo',
  ])
    expect(written).not.toContain(secret)
})

/** Processes of this machine whose command line contains the text. */
function processesWith(text: string): number[] {
  return pids().filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(text)
    } catch {
      return false // gone meanwhile
    }
  })
}

/** Postmasters over this folder. */
const processesIn = (cluster: string): number[] => processesWith(`\0-D\0${cluster}\0`)

const pids = (): number[] => readdirSync('/proc').map(Number).filter(Number.isInteger)

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 20))
}

/** Status that a live connection is turned away with. */
function liveStatus(url: string, cookie: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const headers = {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
      'sec-websocket-version': '13',
      origin: url,
      cookie,
    }
    const asked = request(`${url}/collab`, { headers }, (answer) => resolve(answer.statusCode))
    asked
      .on('upgrade', () => resolve(101))
      .on('error', reject)
      .end()
  })
}
