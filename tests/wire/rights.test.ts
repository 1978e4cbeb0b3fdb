/** What changes while people work, rights above all: they are told at once, nothing passes by the old ones, and it is in the journal. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Case } from '../../packages/contract/src/projects.ts'
import type { Revision, Revisions } from '../../packages/contract/src/revisions.ts'
import {
  annotate,
  comment,
  openThread,
  setLabel,
  setReasoning,
} from '../../packages/crdt-schema/src/acts/all.ts'
import { readRoots } from '../../packages/crdt-schema/src/changes.ts'
import type { Client, TestServer } from '../support/server.ts'
import { lease, openPage, type Page, RawPage, until } from './page.ts'
import { box, holdJournal, openWard, type Ward } from './ward.ts'

let ward: Ward
let server: TestServer
let okafor: Client
let lindqvist: Client
let vasquez: Client
let admin: Client
let name: string
let caseId: string

beforeAll(async () => {
  ward = await openWard({ LOG_LEVEL: 'silent' })
  ;({ server, okafor, lindqvist, vasquez } = ward)
  admin = await server.admin()
})
afterAll(() => server?.close())
beforeEach(async () => {
  ;({ name, caseId } = await ward.newDocument())
})

const revisions = async (): Promise<Revision[]> =>
  (await vasquez.get<Revisions>(`/documents/${name}/revisions?limit=500`)).items
const rights = (page: Page) => page.said.filter((message) => message.t === 'rights')

async function giveRole(login: string, role: string): Promise<Response> {
  const person = await server.running.services.people.byLogin(login)
  return admin.ask('PUT', `/projects/${ward.projectId}/members/${person?.handle}`, { role })
}

test('[G47] a change of role is told to every page of that person, and is in the journal when it is answered', async () => {
  const one = await openPage(lindqvist, name)
  const two = await openPage(lindqvist, name)
  const other = await openPage(okafor, name)
  expect((await giveRole('lindqvist', 'observer')).status).toBe(200)
  expect((await revisions())[0]).toMatchObject({
    act: 'role',
    author: { name: 'This machine' },
    gave: { to: { name: 'Dr J. Lindqvist' }, role: 'observer' },
  })
  for (const page of [one, two]) await until('word of it', () => rights(page).at(-1)?.role === 'observer')
  await giveRole('lindqvist', 'reader')
  await until('word of it', () => rights(one).at(-1)?.role === 'reader')
  annotate(one.doc, box)
  await one.saved()
  expect(rights(other)).toEqual([])
  for (const page of [one, two, other]) page.close()
})

test('[G106] another role is seen by the others before the page says anything again', async () => {
  const other = await openPage(okafor, name)
  const [client] = await lease(lindqvist, name)
  const quiet = await RawPage.open(lindqvist, name)
  await quiet.authenticate(client ?? 0)
  quiet.sendPresence(client ?? 0, 1, { selection: 'here' })
  const seen = () => other.provider.awareness?.getStates().get(client ?? 0)
  await until('them to be seen', () => seen()?.user.role === 'reader')
  await giveRole('lindqvist', 'observer')
  await until('the other role to be seen', () => seen()?.user.role === 'observer')
  expect(seen()).toMatchObject({ selection: 'here', user: { name: 'Dr J. Lindqvist' } })
  await giveRole('lindqvist', 'reader')
  quiet.close()
  other.close()
})

test('[G48] what is on its way when a role is taken is in the journal before that, and nothing after', async () => {
  const page = await openPage(lindqvist, name)
  const release = await holdJournal(server, name)
  const first = annotate(page.doc, box)
  await okafor.get('/me')
  const answer = giveRole('lindqvist', 'observer')
  await until('word of it', () => rights(page).at(-1)?.role === 'observer')
  const second = annotate(page.doc, box)
  await okafor.get('/me')
  await release()
  expect((await answer).status).toBe(200)
  await until('the refusal', () => page.refusals.includes('role-may-not-annotate'))
  const rows = (await revisions()).filter(({ act }) => act !== 'lease')
  expect(rows.map(({ act }) => act)).toEqual(['role', 'edit'])
  expect(rows[1]?.touched.map(({ entry }) => entry)).toEqual([first])
  expect(JSON.stringify(rows)).not.toContain(second)
  await giveRole('lindqvist', 'reader')
  page.close()
})

test('[G48] when the end of a session is answered, nothing that was sent under it is written any more', async () => {
  const elsewhere = await server.signIn('lindqvist')
  const page = await openPage(elsewhere, name)
  const release = await holdJournal(server, name)
  const first = annotate(page.doc, box)
  await okafor.get('/me')
  const answer = elsewhere.ask('DELETE', '/session')
  await until('the socket to be closed', () => !page.provider.synced)
  await release()
  expect((await answer).ok).toBe(true)
  const { head } = await okafor.get<Revisions>(`/documents/${name}/revisions?limit=1`)
  const witness = await openPage(okafor, name, { client: null })
  expect([...readRoots(witness.doc).annotations.keys()]).toEqual([first])
  expect((await okafor.get<Revisions>(`/documents/${name}/revisions?limit=1`)).head).toBe(head)
  witness.close()
  page.close()
})

test('[G49] the adjudicator decides a case and reopens it; meanwhile what was decided stands, for everybody', async () => {
  const a = await openPage(okafor, name)
  const c = await openPage(vasquez, name)
  const id = annotate(a.doc, box)
  const thread = openThread(a.doc, {
    about: 'comment',
    anchor: { series: 's', frame: 0, point: [0, 0, 0], annotation: id },
    reason: '',
    text: 'look',
  })
  await a.saved()
  expect((await okafor.ask('PUT', `/cases/${caseId}/phase`, { phase: 'decided' })).status).toBe(403)
  expect((await vasquez.ask('PUT', `/cases/${caseId}/phase`, { phase: 'signed' })).status).toBe(400)
  for (let n = 0; n < 2; n++) {
    const decided = await vasquez.put<Case>(`/cases/${caseId}/phase`, { phase: 'decided' })
    expect(decided).toMatchObject({ id: caseId, phase: 'decided' })
  }
  expect((await revisions()).filter(({ act }) => act === 'phase')).toMatchObject([
    { author: { name: 'Prof. H. Vasquez' }, role: 'adjudicator' },
  ])
  for (const page of [a, c]) await until('word of it', () => rights(page).at(-1)?.phase === 'decided')
  comment(a.doc, thread, 'a pity')
  await a.saved()
  setLabel(c.doc, id, 'vessel')
  await until('the refusal', () => c.refusals.includes('case-decided'))
  // Who opens it now is judged like those who had it open.
  const late = await openPage(okafor, name)
  annotate(late.doc, box)
  await until('the refusal', () => late.refusals.includes('case-decided'))

  await vasquez.put(`/cases/${caseId}/phase`, { phase: 'panel' })
  await until('word of it', () => rights(a).at(-1)?.phase === 'panel')
  setReasoning(a.doc, id, 'reopened')
  await a.saved()
  for (const page of [a, c, late]) page.close()
})

test('[G49] a case that nobody has open is decided, too', async () => {
  const page = await openPage(okafor, name)
  annotate(page.doc, box)
  await page.saved()
  page.close()
  const { journal } = server.running.services
  await until('it to be put away', async () => (await journal.open(name)).listeners.size === 0)
  await vasquez.put(`/cases/${caseId}/phase`, { phase: 'decided' })
  expect((await revisions())[0]).toMatchObject({ act: 'phase', author: { name: 'Prof. H. Vasquez' } })
  const again = await openPage(okafor, name)
  annotate(again.doc, box)
  await until('the refusal', () => again.refusals.includes('case-decided'))
  again.close()
})

test('[G56] while the database does not answer every page is told; what was sent meanwhile is saved once it answers again', async () => {
  const a = await openPage(okafor, name)
  const b = await openPage(lindqvist, name)
  const pauses = (page: Page) =>
    page.said.flatMap((message) => (message.t === 'saving' ? [message.paused] : []))
  const release = await holdJournal(server, name)
  const id = annotate(a.doc, box)
  for (const page of [a, b]) await until('word of it', () => pauses(page).at(-1) === true)
  const late = await RawPage.open(okafor, name)
  await late.authenticate(null)
  await until('to be told', () => late.stateless.length > 0)
  expect(late.stateless[0]).toMatchObject({ t: 'hello', paused: true })
  expect(a.provider.unsyncedChanges).toBe(1)
  expect(readRoots(b.doc).annotations.size).toBe(0)
  await release()
  for (const page of [a, b]) await until('word of it', () => pauses(page).at(-1) === false)
  await a.saved()
  await until('it to arrive', () => readRoots(b.doc).annotations.has(id))
  for (const page of [a, b]) page.close()
  late.close()
})

test('[G50] who was told that something is saved which is not there any more hears so, and the alarm is raised', async () => {
  const [client = 0] = await lease(okafor, name)
  const [newest] = await revisions()
  const seen = { seq: newest?.seq ?? 0, hash: newest?.hash ?? '' }
  const alarms = async (): Promise<string> => {
    const answer = await fetch(`${server.url}/metrics`, { headers: admin.headers() })
    return /consilium_alarms_total\{kind="record-cut"\} (\d+)/.exec(await answer.text())?.[1] ?? '0'
  }
  const open = async (told: { seq: number; hash: string }): Promise<string[]> => {
    const page = await RawPage.open(okafor, name)
    await page.authenticate(client, told)
    page.close()
    return page.denied
  }
  expect(await open(seen)).toEqual([])
  expect(await alarms()).toBe('0')
  expect(await open({ ...seen, seq: seen.seq + 1 })).toEqual(['record-cut'])
  expect(await open({ ...seen, hash: seen.hash.replace(/./g, '0') })).toEqual(['record-cut'])
  expect(await alarms()).toBe('2')
})
