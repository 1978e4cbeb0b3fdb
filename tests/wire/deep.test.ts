/** Looking into the bytes of a record: what rows hold, and whether every state that is kept or shown is what they make. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { Link } from '../../apps/cli/src/link.ts'
import { verifyServer } from '../../apps/cli/src/verify/ofServer.ts'
import { takeAway } from '../../apps/cli/src/verify/takeAway.ts'
import { recordIn, verifyRecord } from '../../apps/cli/src/verify/verify.mjs'
import type { ChainReport } from '../../packages/contract/src/revisions.ts'
import {
  annotate,
  comment,
  moveVertices,
  OwnHistory,
  openThread,
  removeVertex,
  setLabel,
  setReasoning,
} from '../../packages/crdt-schema/src/acts/all.ts'
import { readRoots } from '../../packages/crdt-schema/src/changes.ts'
import { superuserOf } from '../faults/tamper/archive.ts'
import type { TestServer } from '../support/server.ts'
import { openPage, type Page, until } from './page.ts'
import { box, openWard, type Ward } from './ward.ts'

let ward: Ward
let server: TestServer
let link: Link
let name: string
let caseId: string
let pages: readonly [Page, Page]
const SQUARE = [
  [0, 0, 0],
  [40, 0, 0],
  [40, 40, 0],
  [0, 40, 0],
] as const
const folder = mkdtempSync(join(tmpdir(), 'consilium-deep-'))

/** A case that two people worked on, with all that makes a document differ from its letters: deletions, undo, losers of a conflict. */
beforeAll(async () => {
  ward = await openWard({ LOG_LEVEL: 'silent' })
  ;({ server } = ward)
  link = new Link(
    { server: server.url, token: readFileSync(join(server.data, 'admin-token'), 'utf8').trim() },
    {},
  )
  ;({ name, caseId } = await ward.newDocument())
  const a = await openPage(ward.okafor, name)
  const b = await openPage(ward.vasquez, name)
  pages = [a, b]
  const history = new OwnHistory(a.doc)
  const id = annotate(a.doc, { ...box, reasoning: 'rund 🫁, glatt' })
  await a.saved()
  await until('the annotation', () => readRoots(b.doc).annotations.has(id))
  b.disconnect()
  setLabel(b.doc, id, 'vessel')
  setReasoning(b.doc, id, 'rund 🫁 und glatt')
  moveVertices(b.doc, id, [{ key: 'a1', at: [41, 0.5, 0] }])
  setLabel(a.doc, id, '')
  setReasoning(a.doc, id, 'rund, glatt')
  moveVertices(a.doc, id, [{ key: 'a1', at: [42, 1e-3, 0] }])
  annotate(a.doc, box)
  history.undo()
  removeVertex(a.doc, annotate(a.doc, { ...box, points: SQUARE }), 'a0')
  await a.saved()
  b.connect()
  await b.saved()
  const anchor = { series: box.source.series, frame: 1, point: [1, 1, 0], annotation: id } as const
  const said = comment(
    b.doc,
    openThread(b.doc, { about: 'dispute', anchor, reason: 'is it one?', text: '' }),
    'as seen in Mr Jones',
  )
  await b.saved()
  await ward.vasquez.post(`/documents/${name}/redactions`, {
    root: 'comments',
    id: said,
    field: 'text',
    reason: 'names the patient',
  })
  await until('the words to go', () => !JSON.stringify(readRoots(a.doc).comments.get(said)).includes('Jones'))
  await ward.vasquez.post(`/documents/${name}/restore`, { to: 4 })
})
afterAll(async () => {
  for (const page of pages ?? []) page.close()
  await server?.close()
  rmSync(folder, { recursive: true, force: true })
})

type Documented =
  Extract<Parameters<typeof verifyRecord>[0]['documents'], Iterable<unknown>> extends Iterable<infer One>
    ? One
    : never
type Row = Documented['rows'] extends AsyncIterable<infer One> ? One : never

const online = () => verifyServer(link, caseId, { deep: true })
const offline = (path: string, deep = true) => verifyRecord(recordIn(path), { deep })
async function taken(as: string): Promise<string> {
  const path = join(folder, as)
  await takeAway(link, { id: caseId, key: 'LN' }, path)
  return path
}
const documentIn = (path: string): string =>
  join(path, 'documents', JSON.parse(readFileSync(join(path, 'manifest.json'), 'utf8')).documents[0])

test('[R25] a record that nobody touched holds what it says, online and offline', async () => {
  expect(await online()).toMatchObject({ ok: true, faults: [] })
  expect(await offline(await taken('whole'))).toMatchObject({ ok: true, faults: [] })
})

test('[R25] a state that is not what the rows make is found, whatever is other in it', async () => {
  const path = await taken('states')
  const file = join(documentIn(path), 'state.yjs')
  const state = readFileSync(file)
  const other = (change: (doc: Y.Doc) => void): Uint8Array => {
    const doc = new Y.Doc()
    Y.applyUpdate(doc, state)
    change(doc)
    return Y.encodeStateAsUpdate(doc)
  }
  const letter = Buffer.from(state)
  letter[letter.indexOf('rund')] = 'b'.charCodeAt(0)
  const early = new Y.Doc()
  Y.applyUpdate(
    early,
    Buffer.from(await (await ward.okafor.ask('GET', `/documents/${name}/at/6`)).arrayBuffer()),
  )
  for (const [what, forged] of [
    ['a letter', letter],
    ['something more', other((doc) => doc.getMap('comments').set('x', 1))],
    ['something less', Y.encodeStateAsUpdate(early)],
    ['nothing at all', Uint8Array.of(0, 0)],
    ['no state', Buffer.from('no state')],
  ] as const) {
    writeFileSync(file, forged)
    const report = await offline(path)
    expect([what, report.ok, report.faults.map(({ layer }) => layer)]).toEqual([what, false, ['contents']])
    expect((await offline(path, false)).ok, `${what}, by the hashes alone`).toBe(true)
  }
})

test('[R25] a row that holds other clocks than its header says, or somebody else’s, is found', async () => {
  const path = await taken('rows')
  const record = recordIn(path)
  const [document] = [...(record.documents as Iterable<Documented>)]
  if (!document) throw new Error('nothing was taken away')
  const all: Row[] = []
  for await (const row of document.rows) all.push(row)
  const edits = all.filter(({ act, len }) => act === 1 && len > 0)
  const [first] = edits
  const another = edits.find(({ lease }) => lease !== first?.lease)
  if (!first || !another) throw new Error('two people have to write')
  async function* each(changed: Row) {
    for (const row of all) yield row.seq === changed.seq ? changed : row
  }
  for (const forged of [
    { ...first, len: first.len + 1 },
    { ...first, clock: first.clock + 1 },
    { ...first, lease: another.lease },
    { ...another, bytes: first.bytes },
    { ...another, bytes: 'AAAA' },
  ]) {
    const report = await verifyRecord(
      { ...record, checkpoints: nothing(), documents: [{ ...document, rows: each(forged) }] },
      { deep: true },
    )
    const found = report.faults.filter(({ layer }) => layer === 'contents')
    expect(found[0], JSON.stringify(forged)).toMatchObject({ revision: forged.seq })
  }
})

async function* nothing(): AsyncGenerator<never> {}

test('[R25] a snapshot, or a document that is open, that is not what the rows make is found', async () => {
  const { journal, db, room } = server.running.services
  const book = await journal.open(name)
  const keep = async (seq: number, from: number) =>
    journal.keepSnapshot(book.doc, seq, await journal.moment(book.doc, from, 'snapshot'))
  const head = book.head.seq
  const look = () => ward.vasquez.get<ChainReport>(`/documents/${name}/chain?deep=true`)
  expect((await ward.okafor.ask('GET', `/documents/${name}/chain?deep=true`)).status).toBe(403)
  await keep(head - 1, head - 1)
  expect(await look()).toMatchObject({ ok: true, fault: null })
  expect(await online()).toMatchObject({ ok: true })
  await keep(head, 6)
  expect(await look()).toMatchObject({
    ok: false,
    fault: { seq: head, what: expect.stringMatching(/snapshot/) },
  })
  expect(await online()).toMatchObject({ ok: false })
  await journal.dropSnapshots(book.doc)
  await db.sql`insert into snapshot (seq, doc, format, sha256, bytes)
    select ${head - 1}::int8, ${book.doc}::int, format, sha256, bytes from (values (2::int2, '\\x00'::bytea, '\\x0011'::bytea)) as v (format, sha256, bytes)`
  expect(await look()).toMatchObject({ ok: false, fault: { what: expect.stringMatching(/damaged/) } })
  await journal.dropSnapshots(book.doc)
  expect(await look()).toMatchObject({ ok: true })
  const superuser = superuserOf(server.data)
  await superuser`set session_replication_role = replica`
  for (const statement of ['set fields = 16', 'set fields = fields | 4']) {
    const [{ entry, seq, fields }] = await superuser<[{ entry: number; seq: number; fields: number }]>`
      select t.* from touch t join entry e on e.id = t.entry where e.doc = ${book.doc} and t.seq > 6 and fields < 16 and fields & 4 = 0 order by seq limit 1`
    await superuser.unsafe(`update touch ${statement} where entry = ${entry} and seq = ${seq}`)
    expect(await look(), statement).toMatchObject({ ok: false, fault: { seq: Number(seq) } })
    await superuser`update touch set fields = ${fields} where entry = ${entry} and seq = ${seq}`
  }
  await superuser.end()
  expect(await look()).toMatchObject({ ok: true })
  room.live(name)?.ydoc.getMap('comments').set('made up', 1)
  expect(await look()).toMatchObject({ ok: false, fault: { what: expect.stringMatching(/open/) } })
})
