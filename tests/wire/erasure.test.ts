/** A person is forgotten: of who they were nothing is left in any table, file or export, and the record of what they did verifies. */
import { hash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { Link } from '../../apps/cli/src/link.ts'
import { verifyServer } from '../../apps/cli/src/verify/ofServer.ts'
import { takeAway } from '../../apps/cli/src/verify/takeAway.ts'
import { inWords, recordIn, verifyRecord } from '../../apps/cli/src/verify/verify.mjs'
import type { LatestCheckpoint } from '../../packages/contract/src/checkpoints.ts'
import type { Person } from '../../packages/contract/src/people.ts'
import type { Case } from '../../packages/contract/src/projects.ts'
import type { Revisions } from '../../packages/contract/src/revisions.ts'
import {
  annotate,
  comment,
  openThread,
  retire,
  setReasoning,
} from '../../packages/crdt-schema/src/acts/all.ts'
import { Client, startTestServer, type TestServer, temporaryFolder } from '../support/server.ts'
import { openPage, until } from './page.ts'
import { filesIn, found, tablesOf } from './traces.ts'
import { box } from './ward.ts'

const folder = temporaryFolder('consilium-erasure')
const data = join(folder.path, 'data')
const servers: TestServer[] = []
afterAll(async () => {
  for (const server of servers) await server.close()
  folder.remove()
})

async function start(): Promise<TestServer> {
  const server = await startTestServer({ data, demo: true })
  servers.push(server)
  return server
}

const WHO = {
  name: 'Dr Quillon Zephyrine',
  login: 'quillon.zephyrine@clinic.example',
  credential: 'xenopathology fellow',
  password: 'a long enough secret',
}
const AGENT = 'Zephyr-Browser/9.1'
const TOKEN = 'nightly run of the north wing'
const TITLE = 'What I saw on Tuesday'
/** Parts, too: what is split over pages or shortened is still theirs. */
const TEXTS = {
  name: 'Zephyrine',
  'first name': 'Quillon',
  login: WHO.login,
  'part of the login': 'clinic.example',
  credential: WHO.credential,
  browser: AGENT,
  'title of a token': TOKEN,
  'title of a moment': TITLE,
}

const until401 = (client: Client, path: string) =>
  until('to be let in no more', async () => (await client.ask('GET', path)).status === 401)

test('[P30][P31][P32] whoever is forgotten is nowhere any more, and what they did verifies under a number', async () => {
  const server = await start()
  const { db, journal, people, projects } = server.running.services
  const projectId = (await projects.list())[0]?.id ?? ''
  const admin = await server.admin()
  const lindqvist = await server.signIn('lindqvist')
  const { id: caseId } = await projects.addCase(projectId)
  const document = `panel:${caseId}`

  // Everything a person does that leaves something behind.
  const made = await admin.post<Person>('/people', WHO)
  await admin.put(`/projects/${projectId}/members/${made.id}`, { role: 'reader' })
  const them = server.client()
  const failed = { login: WHO.login, password: 'not the password' }
  expect((await them.ask('POST', '/session', failed, { 'user-agent': AGENT })).status).toBe(401)
  const signIn = { login: WHO.login, password: WHO.password }
  expect((await them.ask('POST', '/session', signIn, { 'user-agent': AGENT })).status).toBe(200)
  const elsewhere = await server.signIn(WHO.login, WHO.password)
  const { secret } = await them.post<{ secret: string }>('/tokens', { title: TOKEN })
  const script = Client.withToken(server.url, secret)
  expect(await them.get('/me/sessions')).toContainEqual(expect.objectContaining({ agent: AGENT }))
  expect(await script.get('/tokens')).toEqual([expect.objectContaining({ title: TOKEN })])
  const page = await openPage(them, document)
  const other = await openPage(lindqvist, document)
  const shape = annotate(page.doc, box)
  setReasoning(page.doc, shape, 'spiculated')
  const thread = openThread(page.doc, {
    about: 'comment',
    anchor: { series: 'series0000000001', frame: 1, point: [1, 2, 3], annotation: shape },
    reason: '',
    text: 'seen before?',
  })
  comment(page.doc, thread, 'not here')
  await page.saved()
  page.provider.awareness?.setLocalState({ selection: shape })
  await until('them to be seen', () =>
    [...(other.provider.awareness?.getStates().values() ?? [])].some((one) => one['user']?.name === WHO.name),
  )
  const { head } = await them.get<Revisions>(`/documents/${document}/revisions?limit=1`)
  await them.post(`/documents/${document}/names`, { seq: head, title: TITLE })
  retire(page.doc, shape, 'drawn twice')
  await page.saved()
  await them.post(`/documents/${document}/restore`, { to: head })
  await admin.put(`/projects/${projectId}/members/${made.id}`, { role: 'adjudicator' })
  await them.put(`/cases/${caseId}/phase`, { phase: 'decided' })
  await them.put(`/cases/${caseId}/phase`, { phase: 'panel' })
  await elsewhere.get(`/cases/${caseId}`)

  // They are known, and their key is in the files; else what follows proves nothing.
  const paths = [
    '/people',
    `/projects/${projectId}/members`,
    `/cases/${caseId}`,
    `/documents/${document}/authors`,
    `/documents/${document}/revisions?limit=50`,
    `/documents/${document}/timeline?from=0`,
    `/documents/${document}/names`,
    `/documents/${document}/annotations/${shape}/history`,
    `/documents/${document}/annotations/${shape}/blame`,
    '/audit?limit=500',
  ]
  const shown = () => Promise.all(paths.map(async (path) => JSON.stringify(await admin.get(path))))
  for (const [n, text] of (await shown()).entries())
    expect([paths[n], text]).toEqual([paths[n], expect.stringContaining(WHO.name)])
  const number = (await people.byHandle(made.id))?.id ?? 0
  const [kept] = await db.sql<
    { wrapped: Buffer; sealed: Buffer; login_mac: Buffer; password_hash: string }[]
  >`
    select wrapped, sealed, login_mac, password_hash from people join person_key on person = id where id = ${number}`
  if (!kept) throw new Error('they have no key')
  const traces = {
    ...TEXTS,
    key: kept.wrapped,
    self: kept.sealed,
    mac: kept.login_mac,
    password: kept.password_hash,
  }
  await db.upkeep((sql) => sql`analyze`)
  await db.upkeep((sql) => sql`checkpoint`)
  const before = found(traces, [...filesIn(data), ...(await db.upkeep(tablesOf))])
  for (const trace of ['key', 'self', 'mac', 'password']) {
    expect(before).toContain(`${trace} in table public.${trace === 'key' ? 'person_key' : 'people'}`)
    expect(before.filter((line) => line.startsWith(`${trace} in ${data}/postgres/`))).not.toEqual([])
  }
  // In clear they were nowhere even then.
  expect(before.filter((line) => Object.keys(TEXTS).some((text) => line.startsWith(`${text} in `)))).toEqual(
    [],
  )

  expect((await admin.ask('POST', `/people/${made.id}/erase`, { login: WHO.login })).status).toBe(204)

  // Let in nowhere, and shown out.
  await until('their socket to close', () => !page.provider.synced)
  expect(page.reasons.length).toBeGreaterThan(0)
  await until401(them, '/me')
  await until401(elsewhere, '/me')
  await until401(script, '/me')
  expect((await server.client().ask('POST', '/session', signIn)).status).toBe(401)
  await until('them to be gone', () => other.provider.awareness?.getStates().size === 1)
  // Nor by a session that was begun in that very moment.
  const late = 'a'.repeat(40)
  await db.sql`
    insert into sessions (hash, handle, person, created_at, last_seen_at, expires_at)
    values (${hash('sha256', late)}, 'late', ${number}, 1, ${Date.now()}, ${Date.now() + 1e9})`
  them.cookie = `consilium=${late}`
  expect((await them.ask('GET', '/me')).status).toBe(401)
  // A request that was still under way gets no new key.
  await expect(journal.vault.sealWords(1, number, 'a last word')).rejects.toMatchObject({
    code: 'not-signed-in',
  })
  expect(await db.sql`select 1 from person_key where person = ${number}`).toHaveLength(0)

  // Under a number wherever they were shown; no member, nobody who may sign in.
  const after = await shown()
  const erased = `Erased person ${number}`
  for (const [n, text] of after.entries()) {
    expect([paths[n], found(TEXTS, [{ where: 'it', bytes: Buffer.from(text) }])]).toEqual([paths[n], []])
    if (n >= 3) expect([paths[n], text]).toEqual([paths[n], expect.stringContaining(erased)])
  }
  for (const text of after.slice(0, 3)) expect(text).not.toContain(made.id)
  expect(
    (await admin.ask('PUT', `/projects/${projectId}/members/${made.id}`, { role: 'reader' })).status,
  ).toBe(404)
  const again = await admin.ask('POST', `/people/${made.id}/erase`, { login: WHO.login })
  expect([again.status, await again.json()]).toEqual([
    409,
    expect.objectContaining({ code: 'already-erased' }),
  ])

  // What they did verifies, here and taken away.
  page.close()
  other.close()
  const latest = () => lindqvist.get<LatestCheckpoint>('/checkpoints/latest')
  await until('all of it to be sealed', async () => (await latest()).unsealed === 0)
  const { fingerprint } = await latest()
  const link = new Link({ server: server.url, token: admin.token ?? '' }, {})
  const online = await verifyServer(link, caseId, { key: fingerprint })
  const taken = join(folder.path, 'taken')
  mkdirSync(taken)
  await takeAway(link, await admin.get<Case>(`/cases/${caseId}`), join(taken, 'history'))
  for (const file of ['audit.csv', 'audit.json'])
    writeFileSync(join(taken, file), await (await admin.ask('GET', `/${file}`)).text())
  const offline = await verifyRecord(recordIn(join(taken, 'history')), { key: fingerprint })
  for (const report of [online, offline]) {
    expect(report).toMatchObject({ ok: true, faults: [], documents: [{ name: document, unsealed: 0 }] })
    expect(inWords(report)).toContain(erased)
  }

  // Nowhere: in no table while the server runs, in no file once it has stopped.
  expect(found(traces, [...(await db.upkeep(tablesOf)), ...filesIn(taken)])).toEqual([])
  expect(await db.sql`select person from erasing`).toHaveLength(0)
  await servers.pop()?.close()
  const files = filesIn(data)
  expect(found({ title: 'Lung nodule consensus' }, files)).not.toEqual([])
  expect(found(traces, files)).toEqual([])

  // Everybody else is who they were; the sign-in name is free, its number is not.
  const next = await start()
  for (const login of ['okafor', 'lindqvist', 'vasquez', 'solberg']) await next.signIn(login)
  const anew = await (await next.admin()).post<Person>('/people', { ...WHO, name: 'Q. Other' })
  expect(anew.id).not.toBe(made.id)
  await next.signIn(WHO.login, WHO.password)
  const { items } = await (await next.admin()).get<Revisions>(`/documents/${document}/revisions?limit=50`)
  expect(items.map(({ author }) => author.name)).toContain(erased)
  expect(items.map(({ author }) => author.name)).not.toContain('Q. Other')
})
