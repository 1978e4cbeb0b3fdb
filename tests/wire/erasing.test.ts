/** Forgetting people: who may, whom not, what happens when it is cut off, and what stood in clear before people were sealed. */
import { createHash, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { hash } from '@node-rs/argon2'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startCluster } from '../../apps/collab-server/src/db/cluster.ts'
import { allMigrations, applyInside } from '../../apps/collab-server/src/db/migrations.ts'
import type { Sql } from '../../apps/collab-server/src/db/open.ts'
import { copyTemplate } from '../../apps/collab-server/src/db/template.ts'
import { openLog } from '../../apps/collab-server/src/log.ts'
import type { Person } from '../../packages/contract/src/people.ts'
import { consilium } from '../support/consilium.ts'
import {
  Client,
  type ServerProcess,
  startServerProcess,
  startTestServer,
  type TestServer,
  temporaryFolder,
} from '../support/server.ts'
import { until } from './page.ts'
import { filesIn, found, tablesOf } from './traces.ts'

const PASSWORD = 'a long enough secret'
const newcomer = (login: string, more: object = {}) => ({
  name: `Dr ${login}`,
  login,
  password: PASSWORD,
  ...more,
})

const codeOf = async (answer: Response): Promise<[number, string | undefined]> => {
  const { code } = (answer.status === 204 ? {} : await answer.json()) as { code?: string }
  return [answer.status, code]
}

describe('who may be forgotten, and by whom', () => {
  let server: TestServer
  let machine: Client
  beforeAll(async () => {
    server = await startTestServer()
    machine = await server.admin()
  })
  afterAll(() => server.close())
  const erase = async (by: Client, { id }: Person, login: string) =>
    codeOf(await by.ask('POST', `/people/${id}/erase`, { login }))

  test('[P33] only by an administrator who types their sign-in name; nobody forgets themselves, the last administrator or this machine', async () => {
    const chief = await machine.post<Person>('/people', newcomer('chief', { admin: true }))
    const reader = await machine.post<Person>('/people', newcomer('reader'))
    const me = await machine.get<{ person: Person }>('/me')
    const asChief = await server.signIn('chief', PASSWORD)
    const asReader = await server.signIn('reader', PASSWORD)
    expect(await erase(asReader, chief, 'chief')).toEqual([403, 'not-allowed'])
    expect(await erase(server.client(), reader, 'reader')).toEqual([401, 'not-signed-in'])
    expect(await erase(asChief, reader, 'readers')).toEqual([400, 'invalid-body'])
    expect(await erase(asChief, { ...reader, id: 'aaaaaaaaaaaaaaaa' }, 'reader')).toEqual([404, 'not-found'])
    expect(await erase(asChief, chief, 'chief')).toEqual([409, 'must-stay'])
    expect(await erase(machine, chief, 'chief')).toEqual([409, 'must-stay'])
    expect(await erase(asChief, me.person, 'this-machine')).toEqual([409, 'must-stay'])
    await asReader.get('/me')
    const second = await machine.post<Person>('/people', newcomer('second', { admin: true }))
    expect(await erase(asChief, second, ' Second ')).toEqual([204, undefined])
    expect(await erase(asChief, second, 'second')).toEqual([409, 'already-erased'])
    expect(await erase(asChief, reader, 'reader')).toEqual([204, undefined])
    expect((await machine.get<Person[]>('/people')).map(({ login }) => login)).toEqual(['chief'])
    expect((await asReader.ask('GET', '/me')).status).toBe(401)
  })

  test('[P33] from the command line by whoever reads the data folder, who says the sign-in name twice', async () => {
    await machine.post<Person>('/people', newcomer('quits'))
    const own = { PORT: String(server.port), CONSILIUM_DATA: server.data }
    const forget = (login: string, again: string) =>
      consilium(['user', 'forget', login, '--for-good', again], own)
    expect(await forget('quit', 'quit')).toMatchObject({ code: 1, stderr: expect.stringContaining('nobody') })
    expect(await forget('quits', 'quit')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('not their'),
    })
    await server.signIn('quits', PASSWORD)
    expect(await forget('quits', 'quits')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Forgotten'),
    })
    await expect(server.signIn('quits', PASSWORD)).rejects.toThrow('401')
  })

  test('[P34] who reads the database while somebody is forgotten holds up that alone; then it leaves the disk by itself', async () => {
    const { db, people } = server.running.services
    const patient = await machine.post<Person>('/people', newcomer('patient'))
    const { id = 0 } = (await people.byHandle(patient.id)) ?? {}
    const [key] = await db.sql<{ wrapped: Buffer }[]>`select wrapped from person_key where person = ${id}`
    await db.upkeep((sql) => sql`checkpoint`)
    let erased: Promise<unknown> = Promise.resolve()
    await db.sql.begin('isolation level repeatable read', async (reader) => {
      await reader`select count(*) from revision`
      erased = erase(machine, patient, 'patient')
      await until('them to be forgotten', async () => (await people.byHandle(patient.id))?.erased === true)
      // Everybody signs in meanwhile.
      await server.signIn('chief', PASSWORD)
      expect(await reader`select 1 from person_key where person = ${id}`).toHaveLength(1)
    })
    expect(await erased).toEqual([204, undefined])
    await until('the disk', async () => (await db.sql`select 1 from erasing`).length === 0)
    expect(found({ key: key?.wrapped ?? '' }, filesIn(server.data))).toEqual([])
  })
})

describe('cut off', () => {
  const folder = temporaryFolder('consilium-erasing')
  const data = join(folder.path, 'data')
  let process: ServerProcess
  afterAll(async () => {
    await process?.kill('SIGTERM')
    folder.remove()
  })

  /** Its database, beside the server's back. */
  function database(): Sql {
    const password = readFileSync(join(data, 'postgres-password'), 'utf8').trim()
    const port = readFileSync(join(data, 'postgres/postmaster.pid'), 'utf8').split('\n')[3]
    return postgres(`postgres://postgres:${password}@127.0.0.1:${port}/consilium`, {
      max: 2,
      onnotice: () => undefined,
    }) as unknown as Sql
  }
  const admin = () => Client.withToken(process.url, readFileSync(join(data, 'admin-token'), 'utf8').trim())

  /** Holds what the next step needs, erases, and kills the server when it waits there. */
  async function killedAt(login: string, hold: string): Promise<{ id: string; key: Buffer }> {
    process = await startServerProcess({ data, demo: true })
    const { id } = await admin().post<Person>(
      '/people',
      newcomer(login, { credential: `credential of ${login}` }),
    )
    const [project] = await admin().get<{ id: string }[]>('/projects')
    await admin().put(`/projects/${project?.id}/members/${id}`, { role: 'reader' })
    const sql = database()
    const [kept] = await sql<{ wrapped: Buffer }[]>`
      select wrapped from person_key join people on id = person where handle = ${id}`
    const holder = await sql.reserve()
    await holder.unsafe(hold)
    const asked = admin().ask('POST', `/people/${id}/erase`, { login })
    asked.catch(() => undefined)
    await until('it to wait there', async () => {
      const [row] = await sql<{ waits: boolean }[]>`
        select exists (select 1 from pg_locks where not granted) or exists (
          select 1 from people p join erasing on person = id where erased_at is not null) as waits`
      return row?.waits === true
    })
    await process.kill('SIGKILL')
    await expect(asked).rejects.toThrow()
    holder.release()
    await sql.end({ timeout: 1 }).catch(() => undefined)
    return { id, key: kept?.wrapped ?? Buffer.alloc(0) }
  }

  test.each([
    ['their memberships end', 'begin; lock table members in share mode'],
    ['their key goes', 'begin; lock table person_key in share mode'],
    ['their sessions go', 'begin; lock table tokens in share mode'],
    ['it leaves the disk', 'begin isolation level repeatable read; select count(*) from revision'],
  ])('[P35] killed when %s: the next start finishes it', async (step, hold) => {
    const login = `patient.${createHash('sha256').update(step).digest('hex').slice(0, 6)}`
    const { id, key } = await killedAt(login, hold)
    process = await startServerProcess({ data, demo: true })
    const sql = database()
    await until('it to be finished', async () => (await sql`select 1 from erasing`).length === 0)
    expect(await codeOf(await admin().ask('POST', `/people/${id}/erase`, { login }))).toEqual([
      409,
      'already-erased',
    ])
    expect(
      (await new Client(process.url).ask('POST', '/session', { login, password: PASSWORD })).status,
    ).toBe(401)
    const traces = { key, login, credential: `credential of ${login}` }
    expect(found(traces, await tablesOf(sql))).toEqual([])
    await sql.end()
    await process.kill('SIGTERM')
    expect(found(traces, filesIn(data))).toEqual([])
  })

  test('[P35] killed before it began: they are still here', async () => {
    await killedAt('stays', 'begin; lock table erasing in share mode')
    process = await startServerProcess({ data, demo: true })
    const them = new Client(process.url)
    await them.signIn('stays', PASSWORD)
    expect((await them.get<{ person: Person }>('/me')).person.name).toBe('Dr stays')
    await process.kill('SIGTERM')
  })
})

test('[P37] in a PostgreSQL that is not ours the tables are written anew, too, by whoever owns them', async () => {
  const folder = temporaryFolder('consilium-foreign')
  const there = join(folder.path, 'there')
  await copyTemplate(there)
  const cluster = await startCluster(there, openLog({ logLevel: 'silent' }))
  const address = `127.0.0.1:${cluster.port}`
  const root = postgres(`postgres://postgres:${cluster.password}@${address}/postgres`, {
    max: 1,
  }) as unknown as Sql
  await root.unsafe(
    `create role owner login password 'secret'; create role consilium_app nologin; grant consilium_app to owner`,
  )
  await root.unsafe('create database theirs owner owner')
  const server = await startTestServer({ env: { DATABASE_URL: `postgres://owner:secret@${address}/theirs` } })
  const machine = await server.admin()
  const { db, people } = server.running.services
  const { id } = await machine.post<Person>('/people', newcomer('patient'))
  const number = (await people.byHandle(id))?.id ?? 0
  const [key] = await db.sql<{ wrapped: Buffer }[]>`select wrapped from person_key where person = ${number}`
  const traces = { key: key?.wrapped ?? '' }
  const tables = () => filesIn(join(there, 'postgres/base'))
  await root`checkpoint`
  expect(found(traces, tables())).not.toEqual([])
  expect(await codeOf(await machine.ask('POST', `/people/${id}/erase`, { login: 'patient' }))).toEqual([
    204,
    undefined,
  ])
  expect(await db.sql`select 1 from erasing`).toHaveLength(0)
  await server.close()
  // Files of tables that were written anew go with the next checkpoint.
  await root`checkpoint`
  expect(found(traces, tables())).toEqual([])
  await root.end()
  await cluster.stop()
  folder.remove()
})

test('[P38] with another instance key nobody could be named: the server says so instead of starting', async () => {
  const folder = temporaryFolder('consilium-other-key')
  const data = join(folder.path, 'data')
  await (await startTestServer({ data })).close()
  const env = { CONSILIUM_INSTANCE_KEY: '00'.repeat(32) }
  await expect(startTestServer({ data, env })).rejects.toThrow(/instance key is another one/)
  await (await startTestServer({ data })).close()
  folder.remove()
})

test('[P36] what stood in clear before people were sealed is sealed at the start, works as before, and stands in clear nowhere', async () => {
  const folder = temporaryFolder('consilium-in-clear')
  const data = join(folder.path, 'data')
  await copyTemplate(data)
  const cluster = await startCluster(data, openLog({ logLevel: 'silent' }))
  const url = (user: string, secret: string, database: string) =>
    `postgres://${user}:${secret}@127.0.0.1:${cluster.port}/${database}`
  const root = postgres(url('postgres', cluster.password, 'postgres'), { max: 1 })
  await root.unsafe(`create role consilium login password 'secret'`)
  await root.unsafe('create role consilium_app login')
  await root.unsafe('create database consilium owner consilium')
  await root.end()
  const sql = postgres(url('consilium', 'secret', 'consilium'), {
    max: 1,
    onnotice: () => undefined,
  }) as unknown as Sql
  const before = allMigrations().filter(({ tag }) => tag < '0008')
  await sql.begin((tx) => applyInside(tx as unknown as Sql, before))
  const secret = `consilium_${randomBytes(20).toString('hex')}`
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
  const password = await hash(PASSWORD)
  await sql`
    insert into people (handle, login, name, initials, credential, password_hash, created_at) values
      ('aaaaaaaaaaaaaaaa', 'zephyrine', 'Dr Q. Zephyrine', 'QZ', 'xenopathology', ${password}, 1),
      ('bbbbbbbbbbbbbbbb', 'gone', 'Dr G. Oneandaway', 'GO', '', null, 1)`
  await sql`delete from people where login = 'gone'`
  await sql`insert into tokens (handle, hash, person, title, created_at) values ('tttttttttttttttt', ${sha256(secret)}, 1, 'northwing run', 1)`
  await sql`
    insert into sessions (hash, handle, person, created_at, last_seen_at, expires_at, agent)
    values (${sha256('a cookie')}, 'ssssssssssssssss', 1, 1, 1, ${Date.now() + 1e9}, 'Zephyr-Browser')`
  await sql`analyze`
  await sql.end()
  await cluster.stop()
  const traces = {
    name: 'Zephyrine',
    login: 'zephyrine',
    credential: 'xenopathology',
    gone: 'Oneandaway',
    title: 'northwing run',
    agent: 'Zephyr-Browser',
  }
  expect(new Set(found(traces, filesIn(data)).map((line) => line.split(' in ')[0]))).toEqual(
    new Set(Object.keys(traces)),
  )

  const server = await startTestServer({ data })
  const { db } = server.running.services
  const them = await server.signIn('Zephyrine', PASSWORD)
  expect((await them.get<{ person: Person }>('/me')).person).toMatchObject({
    name: 'Dr Q. Zephyrine',
    initials: 'QZ',
    login: 'zephyrine',
    credential: 'xenopathology',
  })
  const script = Client.withToken(server.url, secret)
  expect(await script.get('/tokens')).toEqual([expect.objectContaining({ title: 'northwing run' })])
  expect(await script.get('/me/sessions')).toContainEqual(
    expect.objectContaining({ id: 'ssssssssssssssss', agent: 'Zephyr-Browser' }),
  )
  await until('it to leave the disk', async () => (await db.sql`select 1 from erasing`).length === 0)
  expect(found(traces, await db.upkeep(tablesOf))).toEqual([])
  await server.close()
  expect(found(traces, filesIn(data))).toEqual([])
  folder.remove()
})
