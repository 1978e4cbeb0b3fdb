/** What the record shows of people who worked: every revision as it was, who changed what, and the document read back from it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { createJournal } from '../../apps/collab-server/src/journal/journal.ts'
import { decodeRole } from '../../apps/collab-server/src/journal/rows.ts'
import { instanceKeyOf } from '../../apps/collab-server/src/journal/sealing.ts'
import type { ChainReport, Revisions } from '../../packages/contract/src/revisions.ts'
import {
  annotate,
  moveVertices,
  retire,
  setLabel,
  setReasoning,
} from '../../packages/crdt-schema/src/acts/all.ts'
import { readRoots } from '../../packages/crdt-schema/src/changes.ts'
import type { Client, TestServer } from '../support/server.ts'
import { openPage, until } from './page.ts'
import { box, openWard, type Ward } from './ward.ts'

let server: TestServer
let okafor: Client
let lindqvist: Client
let vasquez: Client
let solberg: Client
let projectId: string
let newDocument: Ward['newDocument']

beforeAll(async () => {
  ;({ server, okafor, lindqvist, vasquez, solberg, projectId, newDocument } = await openWard())
})
afterAll(() => server?.close())

const values = (doc: Y.Doc) => [...readRoots(doc).annotations.values()].sort((a, b) => (a.id < b.id ? -1 : 1))

describe('the record', () => {
  test('[R2] the list tells who changed what, newest first, and names who stands behind every clientID', async () => {
    const { name } = await newDocument()
    const a = await openPage(okafor, name)
    const b = await openPage(vasquez, name)
    const id = annotate(a.doc, box)
    await a.saved()
    await until('it to arrive', () => values(b.doc).length === 1)
    setLabel(b.doc, id, 'vessel')
    await b.saved()
    await until('it to arrive', () => values(a.doc)[0]?.label === 'vessel')
    retire(a.doc, id, 'it was a vessel')
    await a.saved()
    const { items, head, next } = await lindqvist.get<Revisions>(`/documents/${name}/revisions?limit=2`)
    expect(items.map(({ author, touched }) => [author.name, touched])).toEqual([
      ['Dr A. Okafor', [{ root: 'annotations', entry: id, op: 'change', fields: ['retired'] }]],
      ['Prof. H. Vasquez', [{ root: 'annotations', entry: id, op: 'change', fields: ['label'] }]],
    ])
    expect(head).toBe(items[0]?.seq)
    const rest = await lindqvist.get<Revisions>(`/documents/${name}/revisions?before=${next}`)
    expect(rest.items[0]?.touched[0]?.op).toBe('create')
    expect(rest.next).toBeNull()
    const { clients } = await lindqvist.get<{ clients: { client: number; author: { name: string } }[] }>(
      `/documents/${name}/authors`,
    )
    expect(new Map(clients.map((one) => [one.client, one.author.name]))).toEqual(
      new Map([
        [a.client, 'Dr A. Okafor'],
        [b.client, 'Prof. H. Vasquez'],
      ]),
    )
    a.close()
    b.close()
  })

  test('[R1] revision n shows exactly the document of revision n', async () => {
    const { name } = await newDocument()
    const a = await openPage(okafor, name)
    const b = await openPage(vasquez, name)
    const shown = new Map<number, unknown>()
    let id = ''
    for (const write of [
      () => (id = annotate(a.doc, box)),
      () => setLabel(b.doc, id, 'vessel'),
      () => setReasoning(a.doc, id, 'round and smooth'),
      () => moveVertices(b.doc, id, [{ key: values(b.doc)[0]?.vertices[1]?.key ?? '', at: [50, 5, 0] }]),
      () => setReasoning(a.doc, id, 'round'),
      () => annotate(b.doc, box),
      () => retire(a.doc, id, 'no'),
    ]) {
      write()
      await Promise.all([a.saved(), b.saved()])
      await until(
        'both to be the same',
        () => JSON.stringify(values(a.doc)) === JSON.stringify(values(b.doc)) && values(a.doc).length > 0,
      )
      shown.set((await okafor.get<Revisions>(`/documents/${name}/revisions?limit=1`)).head, values(a.doc))
    }
    for (const [seq, expected] of shown) {
      const update = new Uint8Array(
        await (await solberg.ask('GET', `/documents/${name}/at/${seq}`)).arrayBuffer(),
      )
      const then = new Y.Doc()
      Y.applyUpdate(then, update)
      expect(values(then)).toEqual(expected)
      const plain = await solberg.get<{ annotations: { id: string }[] }>(
        `/documents/${name}/at/${seq}?as=json`,
      )
      expect(plain.annotations.sort((x, y) => (x.id < y.id ? -1 : 1))).toEqual(expected)
    }
    expect(await solberg.get(`/documents/${name}/at/0?as=json`)).toMatchObject({
      annotations: [],
      threads: [],
    })
    for (const wrong of ['9999', '-1', '1.5', 'x'])
      expect((await solberg.ask('GET', `/documents/${name}/at/${wrong}`)).status).toBe(404)
    a.close()
    b.close()
  })

  test('[J4] a document that nobody has open any more is read back from its journal as it was', async () => {
    const { name, caseId } = await newDocument()
    const a = await openPage(okafor, name)
    for (let n = 0; n < 5; n++) annotate(a.doc, box)
    await a.saved()
    const before = values(a.doc)
    a.close()
    await until('it to be put away', () => server.running.services.room.here(caseId).length === 0)
    const b = await openPage(lindqvist, name)
    expect(values(b.doc)).toEqual(before)
    b.close()
  })

  test('[J4] a document that grew is snapshotted by itself, and opens from there as it was', async () => {
    const { name, caseId } = await newDocument()
    const { sql } = server.running.services.db
    const snapshots = async (): Promise<number> =>
      (await sql`select 1 from snapshot s join document d on d.id = s.doc where d.name = ${name}`).length
    const a = await openPage(okafor, name)
    for (let n = 0; n < 25; n++) {
      const id = annotate(a.doc, box)
      setReasoning(a.doc, id, `${n} `.repeat(1_500).slice(0, 3_900))
    }
    await a.saved()
    await until('a snapshot', async () => (await snapshots()) === 1)
    const last = annotate(a.doc, box)
    setLabel(a.doc, last, 'other')
    await a.saved()
    const before = values(a.doc)
    a.close()
    await until('it to be put away', () => server.running.services.room.here(caseId).length === 0)
    const b = await openPage(vasquez, name)
    expect(values(b.doc)).toEqual(before)
    setLabel(b.doc, last, 'vessel')
    await b.saved()
    expect(await okafor.get<ChainReport>(`/documents/${name}/chain`)).toMatchObject({ ok: true })
    b.close()
  })

  test('a document that is opened again and again leaves nothing behind', async () => {
    const { name, caseId } = await newDocument()
    const book = await server.running.services.journal.open(name)
    for (let n = 0; n < 3; n++) {
      const page = await openPage(okafor, name)
      expect([book.listeners.size, book.lost.size]).toEqual([1, 1])
      page.close()
      await until('it to be put away', () => server.running.services.room.here(caseId).length === 0)
      await until('nobody to listen', () => book.listeners.size === 0)
    }
    expect(book.lost.size).toBe(0)
  })

  test('[R2] roles stand in the journal in the order in which they counted, with who gave them', async () => {
    const { name } = await newDocument()
    const { db, journal, memberships, people } = server.running.services
    const book = await journal.open(name)
    const person = await people.create({ name: 'Dr M. Any', login: 'many', password: 'long enough 1' })
    await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        memberships.set(projectId, person.id, n % 3 ? 'observer' : 'reader'),
      ),
    )
    const rows = () =>
      db.sql<{ bytes: Buffer }[]>`select bytes from revision where doc = ${book.doc} and act = 3 order by seq`
    await until('all of them to be recorded', async () => (await rows()).length === 20)
    const said = (await rows()).map(({ bytes }) => decodeRole(bytes).role)
    expect(said).toEqual(Array.from({ length: 20 }, (_, n) => (n % 3 ? 'observer' : 'reader')))
    expect(await memberships.roleIn(projectId, person.id)).toBe(said.at(-1))
    const admin = await server.admin()
    await admin.put(`/projects/${projectId}/members/${person.handle}`, { role: 'auditor' })
    await admin.ask('DELETE', `/projects/${projectId}/members/${person.handle}`)
    await until('both to be recorded', async () => (await rows()).length === 22)
    const { items } = await okafor.get<Revisions>(`/documents/${name}/revisions?limit=2`)
    expect(items.map(({ act, author }) => [act, author.name])).toEqual([
      ['role', 'This machine'],
      ['role', 'This machine'],
    ])
  })

  test('[J9] where another process wrote to the document, everybody comes back to what the journal says and nothing is lost', async () => {
    const { name } = await newDocument()
    const a = await openPage(okafor, name)
    const b = await openPage(lindqvist, name)
    annotate(a.doc, box)
    await until('it to arrive', () => values(b.doc).length === 1)
    const { db, log, config } = server.running.services
    const other = createJournal({ sql: db.sql, log, instanceKey: instanceKeyOf(config.data) })
    await other.recordPhase(name, { phase: 'panel', by: null })
    const id = annotate(a.doc, box)
    await until('it to arrive after all', () => values(b.doc).some((one) => one.id === id))
    await a.saved()
    expect(values(a.doc)).toEqual(values(b.doc))
    expect([...a.refusals, ...b.refusals]).toEqual([])
    const { items } = await okafor.get<Revisions>(`/documents/${name}/revisions`)
    expect(items.map((item) => item.act)).toEqual(['edit', 'phase', 'edit', 'lease', 'lease'])
    expect(await okafor.get<ChainReport>(`/documents/${name}/chain`)).toMatchObject({ ok: true, rows: 5 })
    await other.close()
    a.close()
    b.close()
  })
})
