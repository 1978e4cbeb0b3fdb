/** Going back over HTTP, with pages open: everybody sees it, and nobody goes back over what they may not change. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Restored } from '../../packages/contract/src/history.ts'
import type { Revisions } from '../../packages/contract/src/revisions.ts'
import {
  annotate,
  comment,
  openThread,
  retire,
  setLabel,
  setReasoning,
} from '../../packages/crdt-schema/src/acts/all.ts'
import { readRoots } from '../../packages/crdt-schema/src/changes.ts'
import type { Client, TestServer } from '../support/server.ts'
import { openPage, type Page, until } from './page.ts'
import { box, holdJournal, openWard, type Ward } from './ward.ts'

let ward: Ward
let server: TestServer
let okafor: Client
let lindqvist: Client
let vasquez: Client
let name: string
let caseId: string

beforeAll(async () => {
  ward = await openWard({ LOG_LEVEL: 'silent' })
  ;({ server, okafor, lindqvist, vasquez } = ward)
})
afterAll(() => server?.close())
beforeEach(async () => {
  ;({ name, caseId } = await ward.newDocument())
})

const ask = (person: Client, body: unknown) => person.ask('POST', `/documents/${name}/restore`, body)
const restore = async (person: Client, body: unknown): Promise<number | null> =>
  (await person.post<Restored>(`/documents/${name}/restore`, body)).seq
const revisions = async () => (await vasquez.get<Revisions>(`/documents/${name}/revisions?limit=500`)).items
const head = async (): Promise<number> => (await revisions())[0]?.seq ?? 0
const contentOf = (page: Page) => readRoots(page.doc).annotations
const code = async (answer: Response) => ((await answer.json()) as { code?: string }).code

test('[R15] the document is what it was, as one revision of whoever asked, on every open page', async () => {
  const a = await openPage(okafor, name)
  const b = await openPage(lindqvist, name)
  const kept = annotate(a.doc, box)
  setReasoning(a.doc, kept, 'smooth')
  await a.saved()
  const to = await head()
  const then = contentOf(a)
  setReasoning(a.doc, kept, 'spiculated')
  await a.saved()
  const later = annotate(b.doc, box)
  await b.saved()
  const before = (await revisions()).length
  const seq = await restore(vasquez, { to })
  for (const page of [a, b])
    await until('the old words', () => contentOf(page).get(kept)?.reasoning === 'smooth')
  expect(contentOf(a).get(kept)).toEqual(then.get(kept))
  expect(contentOf(b).get(later)?.retired).toEqual({ reason: `restored to revision ${to}` })
  const [newest, ...older] = await revisions()
  expect(newest).toMatchObject({
    seq,
    act: 'restore',
    moment: to,
    author: { name: 'Prof. H. Vasquez' },
    role: 'adjudicator',
  })
  expect(newest?.touched.map(({ entry }) => entry).toSorted()).toEqual([kept, later].toSorted())
  // The lease it was written under, and nothing else.
  expect(older.slice(0, older.length - before).map(({ act }) => act)).toEqual(['lease'])
  await until('word of it', () =>
    b.said.some(
      (said) =>
        said.t === 'journal' &&
        said.rows.some(({ revision }) => revision.act === 'restore' && revision.moment === to),
    ),
  )
  expect(await vasquez.get(`/documents/${name}/chain`)).toMatchObject({ ok: true })
  // And back again: a restore is a revision like any other.
  await restore(vasquez, { to: (seq ?? 0) - 1 })
  await until('the new words', () => contentOf(a).get(kept)?.reasoning === 'spiculated')
  expect(contentOf(a).get(later)?.retired).toBeNull()
  a.close()
  b.close()
})

test('[R15] it needs no open page, and where nothing differs there is no revision', async () => {
  const page = await openPage(okafor, name)
  const id = annotate(page.doc, box)
  await page.saved()
  const to = await head()
  setLabel(page.doc, id, 'vessel')
  await page.saved()
  page.close()
  const { journal } = server.running.services
  await until('it to be put away', async () => (await journal.open(name)).listeners.size === 0)
  const seq = await restore(okafor, { to, entry: { root: 'annotations', id } })
  expect(seq).toBe(await head())
  expect(await restore(okafor, { to })).toBeNull()
  expect(await restore(vasquez, { to, entry: { root: 'annotations', id } })).toBeNull()
  expect(await head()).toBe(seq)
  await until('it to be put away', async () => (await journal.open(name)).listeners.size === 0)
  const again = await openPage(lindqvist, name)
  expect(contentOf(again).get(id)?.label).toBe('solid-nodule')
  again.close()
})

test('[R16] nobody goes back over what they may not change: others, roles, a decided case', async () => {
  const a = await openPage(okafor, name)
  const b = await openPage(lindqvist, name)
  const mine = annotate(a.doc, box)
  await a.saved()
  const theirs = annotate(b.doc, box)
  await b.saved()
  const to = await head()
  setLabel(a.doc, mine, 'vessel')
  await a.saved()
  setLabel(b.doc, theirs, 'vessel')
  await b.saved()
  const before = await head()
  const refused = async (person: Client, body: unknown) => {
    const answer = await ask(person, body)
    return [answer.status, await code(answer)]
  }
  expect(await refused(okafor, { to })).toEqual([403, 'not-yours'])
  expect(await refused(okafor, { to, entry: { root: 'annotations', id: theirs } })).toEqual([
    403,
    'not-yours',
  ])
  expect(await refused(ward.solberg, { to })).toEqual([403, 'not-allowed'])
  expect(await refused(await server.admin(), { to })).toEqual([403, 'not-allowed'])
  expect(await refused(vasquez, { to: 100_000 })).toEqual([400, 'invalid-body'])
  expect(await refused(vasquez, { to, entry: { root: 'annotations', id: '1-nothing0' } })).toEqual([
    404,
    'not-found',
  ])
  // What was refused leaves nothing behind, not even a lease.
  expect(await head()).toBe(before)
  await vasquez.put(`/cases/${caseId}/phase`, { phase: 'decided' })
  expect(await refused(vasquez, { to })).toEqual([409, 'case-decided'])
  await vasquez.put(`/cases/${caseId}/phase`, { phase: 'panel' })
  expect(await restore(okafor, { to, entry: { root: 'annotations', id: mine } })).not.toBeNull()
  expect(await restore(vasquez, { to })).not.toBeNull()
  a.close()
  b.close()
})

test('[R16] what the adjudicator retired its author does not bring back this way either', async () => {
  const a = await openPage(okafor, name)
  const id = annotate(a.doc, box)
  await a.saved()
  const to = await head()
  const c = await openPage(vasquez, name)
  retire(c.doc, id, 'a vessel')
  await c.saved()
  expect(await code(await ask(okafor, { to }))).toBe('not-yours')
  expect(await restore(vasquez, { to })).not.toBeNull()
  a.close()
  c.close()
})

test('[R14] what was said stays said', async () => {
  const a = await openPage(okafor, name)
  const id = annotate(a.doc, box)
  await a.saved()
  const to = await head()
  const anchor = { series: 's', frame: 0, point: [0, 0, 0], annotation: id } as const
  const thread = openThread(a.doc, { about: 'comment', anchor, reason: '', text: '' })
  const said = comment(a.doc, thread, 'look')
  setLabel(a.doc, id, 'vessel')
  await a.saved()
  const seq = await restore(vasquez, { to })
  const [{ touched } = { touched: [] }] = await revisions()
  expect([seq, touched.map(({ entry }) => entry)]).toEqual([await head(), [id]])
  expect(readRoots(a.doc).comments.get(said)?.text).toBe('look')
  expect(await code(await ask(okafor, { to, entry: { root: 'comments', id: said } }))).toBe('never-removed')
  a.close()
})

test('[R16] whose session ends while it is worked out goes back over nothing', async () => {
  const a = await openPage(okafor, name)
  const id = annotate(a.doc, box)
  await a.saved()
  const to = await head()
  setLabel(a.doc, id, 'vessel')
  await a.saved()
  const leaving = await server.signIn('okafor')
  const release = await holdJournal(server, name)
  const asked = ask(leaving, { to })
  expect((await leaving.ask('DELETE', '/session')).status).toBe(204)
  await release()
  expect([(await asked).status, await code(await asked)]).toEqual([401, 'not-signed-in'])
  expect((await revisions()).map(({ act }) => act)).not.toContain('restore')
  // The document is not held for ever.
  setLabel(a.doc, id, 'solid-nodule')
  await a.saved()
  a.close()
})
