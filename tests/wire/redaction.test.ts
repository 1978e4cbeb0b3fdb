/** Words taken out of the record over HTTP, with pages open: they are nowhere any more, and everything still verifies. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import * as Y from 'yjs'
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
