/** Words taken out of the record over HTTP, with pages open: they are nowhere any more, and everything still verifies. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { Link } from '../../apps/cli/src/link.ts'
import { verifyServer } from '../../apps/cli/src/verify/ofServer.ts'
import { recordRedaction } from '../../apps/collab-server/src/revisions/redact.ts'
import type { Blame, Redacted } from '../../packages/contract/src/history.ts'
import type { Revisions } from '../../packages/contract/src/revisions.ts'
import {
  annotate,
  comment,
  openThread,
  retire,
  setReasoning,
} from '../../packages/crdt-schema/src/acts/all.ts'
import { readRoots } from '../../packages/crdt-schema/src/changes.ts'
import { TAKEN_OUT } from '../../packages/crdt-schema/src/takenOut.ts'
import { type Client, startTestServer, type TestServer, temporaryFolder } from '../support/server.ts'
import { openPage, type Page, until } from './page.ts'
import { box, openWard, type Ward } from './ward.ts'

const NAME = 'Sigurd Kristoffersen'

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

const place = { series: box.source.series, frame: 1, point: [1, 1, 0], annotation: null } as const
const say = (page: Page, text: string): string =>
  comment(page.doc, openThread(page.doc, { about: 'comment', anchor: place, reason: '', text: '' }), text)
const ask = (person: Client, body: unknown) => person.ask('POST', `/documents/${name}/redactions`, body)
const redact = (person: Client, root: string, id: string, field: string, reason = 'names the patient') =>
  person.post<Redacted>(`/documents/${name}/redactions`, { root, id, field, reason })
const revisions = async () => (await vasquez.get<Revisions>(`/documents/${name}/revisions?limit=500`)).items
const textOf = (page: Page, id: string) => readRoots(page.doc).comments.get(id)?.text
const code = async (answer: Response) => ((await answer.json()) as { code?: string }).code
const verified = (only: string) =>
  verifyServer(
    new Link(
      { server: server.url, token: readFileSync(join(server.data, 'admin-token'), 'utf8').trim() },
      {},
    ),
    only,
    {},
  )

/** Files below a folder that hold the words, as they are or as the database writes bytes in text. */
function filesWith(words: string, folder: string): string[] {
  const hex = Buffer.from(words).toString('hex')
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => {
      const bytes = readFileSync(path)
      return bytes.includes(words) || bytes.includes(hex)
    })
}

test('[R21] words that are taken out are in no page, no past, no answer and no file, and everything verifies', async () => {
  const a = await openPage(okafor, name)
  const b = await openPage(lindqvist, name)
  const kept = say(a, 'two centimetres')
  const id = say(a, `as seen in ${NAME} before`)
  await a.saved()
  await until('the comment', () => textOf(b, id)?.includes(NAME) ?? false)
  const then = (await revisions())[0]?.seq ?? 0
  expect(filesWith(NAME, server.data)).not.toEqual([])
  const { seq, rows } = await redact(vasquez, 'comments', id, 'text')
  expect(rows).toBe(1)
  for (const page of [a, b]) await until('the words to go', () => textOf(page, id) === TAKEN_OUT)
  expect(textOf(a, kept)).toBe('two centimetres')
  for (const path of [
    `at/${then}?as=json`,
    `at/${then}`,
    `compare/0/${then}`,
    'film/0',
    'journal',
    `at/${seq}`,
  ]) {
    const answer = await vasquez.ask('GET', `/documents/${name}/${path}`)
    expect(answer.status, path).toBe(200)
    const body = Buffer.from(await answer.arrayBuffer())
    expect(body.includes(NAME), path).toBe(false)
    expect(Buffer.from(body.toString(), 'base64').includes(NAME), path).toBe(false)
  }
  expect(await (await vasquez.ask('GET', `/documents/${name}/at/${then}?as=json`)).text()).toContain(
    TAKEN_OUT,
  )
  const [newest] = await revisions()
  expect(newest).toMatchObject({
    seq,
    act: 'redact',
    author: { name: 'Prof. H. Vasquez' },
    role: 'adjudicator',
    reason: 'names the patient',
    touched: [{ root: 'comments', entry: id, op: 'change', fields: ['text'] }],
  })
  expect(await vasquez.get(`/documents/${name}/chain`)).toMatchObject({ ok: true })
  expect(await verified(caseId)).toMatchObject({ ok: true, faults: [] })
  await until('the files to be written anew', () => filesWith(NAME, server.data).length === 0)
  a.close()
  b.close()
})

test('[R21] of a text that several typed, deleted and retyped, and of a page that was away with its copy', async () => {
  const a = await openPage(okafor, name)
  const b = await openPage(vasquez, name)
  const id = annotate(a.doc, { ...box, reasoning: `${NAME}, round` })
  await a.saved()
  await until('the annotation', () => readRoots(b.doc).annotations.has(id))
  setReasoning(b.doc, id, `smooth; ${NAME}, round`)
  await b.saved()
  setReasoning(b.doc, id, 'smooth, round')
  await b.saved()
  const away = await openPage(lindqvist, name)
  await until('the text', () => readRoots(away.doc).annotations.get(id)?.reasoning === 'smooth, round')
  away.disconnect()
  const aside = comment(
    away.doc,
    openThread(away.doc, { about: 'comment', anchor: place, reason: '', text: '' }),
    'written meanwhile',
  )
  const { rows } = await redact(vasquez, 'annotations', id, 'reasoning')
  expect(rows).toBe(2)
  await until('the text to go', () => readRoots(a.doc).annotations.get(id)?.reasoning === '')
  away.connect()
  await until('what was written meanwhile', () => textOf(a, aside) === 'written meanwhile')
  await away.saved()
  expect(readRoots(away.doc).annotations.get(id)).toMatchObject({ reasoning: '', label: box.label })
  const blame = await vasquez.get<Blame>(`/documents/${name}/annotations/${id}/blame`)
  expect(blame.fields['label']?.writer.author.name).toBe('Dr A. Okafor')
  await vasquez.post(`/documents/${name}/restore`, { to: 4 })
  expect(
    JSON.stringify(await vasquez.get(`/documents/${name}/at/${(await revisions())[0]?.seq}?as=json`)),
  ).not.toContain('Kristoffersen')
  expect(await verified(caseId)).toMatchObject({ ok: true, faults: [] })
  for (const page of [a, b, away]) page.close()
  const { journal } = server.running.services
  await until('it to be put away', async () => (await journal.open(name)).listeners.size === 0)
})

test('[R23] an adjudicator or a manager takes words out, whoever wrote them, also of a case that is decided; nobody else', async () => {
  const a = await openPage(okafor, name)
  const id = say(a, `as in ${NAME}`)
  const mark = annotate(a.doc, box)
  retire(a.doc, mark, `of ${NAME}`)
  const dispute = openThread(a.doc, { about: 'dispute', anchor: place, reason: `is it ${NAME}?`, text: '' })
  await a.saved()
  const before = (await revisions())[0]?.seq
  const text = { root: 'comments', id, field: 'text', reason: 'names the patient' }
  for (const [person, body, status, why] of [
    [okafor, text, 403, 'not-allowed'],
    [ward.solberg, text, 403, 'not-allowed'],
    [await server.admin(), text, 403, 'not-allowed'],
    [vasquez, { ...text, field: 'writtenAt' }, 400, 'invalid-body'],
    [vasquez, { ...text, reason: ' ' }, 400, 'invalid-body'],
    [vasquez, { ...text, id: '1-nothing0' }, 404, 'not-found'],
    [vasquez, { ...text, root: 'annotations', id: mark, field: 'reasoning' }, 404, 'not-found'],
  ] as const) {
    const answer = await ask(person, body)
    expect([answer.status, await code(answer)]).toEqual([status, why])
  }
  expect((await revisions())[0]?.seq).toBe(before)
  await vasquez.put(`/cases/${caseId}/phase`, { phase: 'decided' })
  await redact(vasquez, 'comments', id, 'text')
  const { person } = await ward.solberg.get<{ person: { id: string } }>('/me')
  const roleOf = async (role: string) =>
    (await server.admin()).put(`/projects/${ward.projectId}/members/${person.id}`, { role })
  await roleOf('manager')
  await redact(ward.solberg, 'annotations', mark, 'retired')
  await roleOf('observer')
  await redact(vasquez, 'threads', dispute, 'reason')
  expect(await code(await ask(vasquez, text))).toBe('not-found')
  await until('the reason to go', () => readRoots(a.doc).threads.get(dispute)?.reason === TAKEN_OUT)
  expect(readRoots(a.doc).annotations.get(mark)?.retired).toEqual({ reason: TAKEN_OUT })
  expect(readRoots(a.doc).unreadable).toEqual([])
  expect(await verified(caseId)).toMatchObject({ ok: true, faults: [] })
  a.close()
})

test('[R24] a server that stops after the record says so takes the words out when it starts', async () => {
  const folder = temporaryFolder()
  const options = { data: join(folder.path, 'data'), demo: true, env: { LOG_LEVEL: 'silent' } }
  let again = await startTestServer(options)
  try {
    const { projects, room, journal, db } = again.running.services
    const { id: inCase } = await projects.addCase((await projects.list())[0]?.id ?? '')
    const document = `panel:${inCase}`
    const page = await openPage(await again.signIn('okafor'), document)
    const id = say(page, `as in ${NAME}`)
    await page.saved()
    page.close()
    const person = await again.signIn('vasquez')
    const request = new Request(again.url, { headers: person.headers() })
    const who = await again.running.services.whoIs(request)
    if (!who) throw new Error('nobody is signed in')
    const wanted = { root: 'comments', id, field: 'text', reason: 'names the patient' } as const
    const { row, left } = await room.visit(document, who, request, (visitor) =>
      recordRedaction(db.sql, journal, visitor, wanted),
    )
    expect(left).toHaveLength(1)
    expect(await journal.verify(document)).toMatchObject({ ok: false, fault: { seq: left[0]?.seq } })
    await again.close()
    expect(filesWith(NAME, options.data)).not.toEqual([])
    again = await startTestServer(options)
    expect(await again.running.services.journal.verify(document)).toMatchObject({ ok: true, rows: row.seq })
    await until('the files to be written anew', async () => {
      const due = await again.running.services.db.sql`select from purge_due`
      return due.length === 0
    })
    expect(filesWith(NAME, options.data)).toEqual([])
    // What nobody recorded nobody can do, not even with the server's own hands.
    await expect(
      again.running.services.db.sql`select take_words_out(${1}, ${row.seq}, ${1}, ${Buffer.of(0, 0)})`,
    ).rejects.toMatchObject({ code: '42501' })
  } finally {
    await again.close()
    folder.remove()
  }
})
