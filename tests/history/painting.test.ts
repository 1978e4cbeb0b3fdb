/** Much painting, over a real journal: it is archived by the server's own hand, and everything goes on as before. */
import { createHash } from 'node:crypto'
import { annotate, OwnHistory, paint } from '@consilium/crdt-schema/acts'
import { actsIn } from '@consilium/crdt-schema/painting/archive'
import { archivesOf } from '@consilium/crdt-schema/painting/archives'
import { lanesOf } from '@consilium/crdt-schema/painting/lanes'
import { recordOf } from '@consilium/crdt-schema/painting/record'
import { afterAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { journalFixture, LINDQVIST, OKAFOR } from '../../apps/collab-server/src/journal/fixture.ts'
import { deepFault } from '../../apps/collab-server/src/revisions/deepCheck.ts'
import { admit, type Writer } from '../../apps/collab-server/src/room/admit.ts'
import { LiveDocument, liveParts, type Subject } from '../../apps/collab-server/src/room/live.ts'
import { paintFile, paintFiles, paintRevisions } from '../../apps/collab-server/src/room/paintFiles.ts'
import { dab, GRID } from '../wire/studio.ts'

const f = journalFixture()
afterAll(() => f.journal.travel.close())

const SERIES = 'series0000000001'
const MOST = 2_000
const shape = { columns: 64, rows: 48, slices: 8, spacing: { column: 0.7, row: 0.7, slice: 1.25 } }
const subject: Subject = {
  caseId: 'c',
  projectId: 'p',
  phase: () => 'panel',
  labels: () => new Set(),
  findSeries: async (id) => (id === SERIES ? shape : null),
  lanesBytes: MOST,
}

async function open(name: string): Promise<LiveDocument> {
  const book = await f.journal.open(name)
  const onlookers = { row: () => undefined, lost: () => undefined }
  const live = new LiveDocument(
    new Y.Doc(),
    book,
    subject,
    liveParts(f.journal, f.log, () => undefined),
    onlookers,
  )
  await live.load()
  return live
}

test('[M56] painting that has become much is archived by the server, and everybody goes on', async () => {
  const name = f.newName()
  let live = await open(name)
  const page = async (holder: typeof OKAFOR) => {
    const [lease] = await f.journal.lease(live.book, holder, 1)
    const doc = new Y.Doc()
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(live.ydoc))
    doc.clientID = lease?.client ?? 0
    const writer: Writer = {
      person: holder.person,
      client: doc.clientID,
      role: () => 'reader',
      valid: () => true,
      bind: () => Promise.reject(new Error('it has a lease')),
    }
    const send = () =>
      admit(f.journal.append, live, writer, [
        { bytes: Y.encodeStateAsUpdate(doc, Y.encodeStateVector(live.ydoc)), said: 0 },
      ])
    const receive = async (): Promise<void> => {
      Y.applyUpdate(doc, Y.encodeStateAsUpdate(live.ydoc))
      const files = await paintFiles(f.journal, live.book.doc, paintRevisions(doc))
      for (const file of files.values()) recordOf(doc).archived(actsIn(file))
    }
    return { doc, send, receive }
  }
  const ann = await page(OKAFOR)
  const source = { series: SERIES, frame: 1, normal: [0, 0, 1] } as const
  const segment = annotate(ann.doc, { kind: 'segment', label: '', source, points: [] })
  const put = (doc: Y.Doc, x: number) => paint(doc, GRID, [{ segment, value: 1, shape: dab(x) }])
  await ann.send()
  const ben = await page(LINDQVIST)
  const offline = put(ben.doc, 30)
  const history = new OwnHistory(ann.doc)
  for (let n = 0; n < 300; n++) {
    put(ann.doc, n % 60)
    await ann.send()
  }
  await live.archivist.idle()

  const notes = [...archivesOf(live.ydoc)]
  expect(notes.length).toBeGreaterThan(0)
  const laid = [...lanesOf(live.ydoc).values()].reduce((sum, lane) => sum + lane.length, 0)
  expect(laid).toBeLessThan(300)
  for (const [sha256, { revision, bytes }] of notes) {
    const file = (await paintFile(f.journal, live.book.doc, revision)) ?? new Uint8Array()
    expect(createHash('sha256').update(file).digest('hex')).toBe(sha256)
    expect(file.length).toBe(bytes)
  }

  // Who was away comes back, and what was archived is undone like any other.
  await ben.send()
  history.undo()
  await ann.send()
  for (let n = 0; n < 149; n++) history.undo()
  await ann.send()
  live.detach()
  live = await open(name)
  const late = await page(LINDQVIST)
  await late.receive()
  await ann.receive()
  const record = recordOf(late.doc)
  expect(record.acts).toHaveLength(recordOf(ann.doc).acts.length)
  expect(record.acts.filter(({ act }) => act.body.act === 'paint' && record.effective(act.id))).toHaveLength(
    151,
  )
  expect(record.effective(offline)).toBe(true)
  put(late.doc, 3)
  await late.send()
  await live.archivist.idle()

  expect(live.book.leases.byId.size).toBeGreaterThan(2)
  expect(await f.journal.verify(name)).toMatchObject({ ok: true })
  expect(await deepFault(f.db.sql, f.journal, live.book.doc, live)).toBeNull()
})
