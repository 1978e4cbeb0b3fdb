/** What happens to what a page sends: in which order, how much of it at once, and what the page is told of it. */
import * as encoding from 'lib0/encoding'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { Revision, Revisions } from '../../packages/contract/src/revisions.ts'
import { annotate, setLabel, setReasoning } from '../../packages/crdt-schema/src/acts/all.ts'
import { readRoots } from '../../packages/crdt-schema/src/changes.ts'
import type { Client, TestServer } from '../support/server.ts'
import { FRAME, lease, openPage, RawPage, until } from './page.ts'
import { box, holdJournal, openWard, type Ward } from './ward.ts'

let server: TestServer
let okafor: Client
let lindqvist: Client
let newDocument: Ward['newDocument']

beforeAll(async () => {
  ;({ server, okafor, lindqvist, newDocument } = await openWard({ LOG_LEVEL: 'silent' }))
})
afterAll(() => server?.close())

/** A page that does what it likes, and the updates it makes. */
class Scribe {
  readonly page: RawPage
  readonly doc = new Y.Doc()
  readonly updates: Uint8Array[] = []

  constructor(page: RawPage, client: number) {
    this.page = page
    this.doc.clientID = client
    this.doc.on('update', (update: Uint8Array) => this.updates.push(update))
  }

  static async open(person: Client, document: string): Promise<Scribe> {
    const client = (await lease(person, document))[0] ?? 0
    const scribe = new Scribe(await RawPage.open(person, document), client)
    await scribe.page.authenticate(client)
    await until('to be asked back', () => scribe.page.count(FRAME.sync) >= 2)
    return scribe
  }

  /** Sends what was written since the last time, each change in a frame of its own. */
  send(): void {
    for (const update of this.updates.splice(0)) this.page.sendUpdate(update)
  }

  /** Numbers and hashes of the rows that the page was told are saved. */
  get rowsSaved(): { seq: number; hash: string }[] {
    return this.page.stateless.flatMap((message) =>
      message.t === 'saved' ? [{ seq: message.seq, hash: message.hash }] : [],
    )
  }
}

const edits = async (document: string): Promise<Revision[]> =>
  (await okafor.get<Revisions>(`/documents/${document}/revisions?limit=500`)).items
    .filter(({ act }) => act === 'edit')
    .reverse()

const isPutAway = async (document: string): Promise<boolean> =>
  (await server.running.services.journal.open(document)).listeners.size === 0

test('[G40] what a page sends while its last change is being written is written together after it', async () => {
  const { name } = await newDocument()
  const scribe = await Scribe.open(okafor, name)
  const release = await holdJournal(server, name)
  const id = annotate(scribe.doc, box)
  scribe.send()
  // The first is on its way to the disk when the others arrive.
  await until('the first to be on its way', () => scribe.page.socket.bufferedAmount === 0)
  await okafor.get('/me')
  for (const label of ['vessel', 'other', 'lymph-node']) {
    setLabel(scribe.doc, id, label)
    scribe.send()
    await okafor.get('/me')
  }
  await release()
  await until('all to be acknowledged', () => scribe.page.count(FRAME.status) === 4)
  const rows = await edits(name)
  expect(rows.map(({ touched }) => touched)).toEqual([
    [{ root: 'annotations', entry: id, op: 'create', fields: expect.anything() }],
    [{ root: 'annotations', entry: id, op: 'change', fields: ['label'] }],
  ])
  expect(scribe.rowsSaved).toEqual(rows.map(({ seq, hash }) => ({ seq, hash })))
  scribe.page.close()
})

test('[G40] where one of several is refused, those before it are kept and only it is lost', async () => {
  const { name } = await newDocument()
  const other = await openPage(lindqvist, name)
  const theirs = annotate(other.doc, box)
  await other.saved()
  const scribe = await Scribe.open(okafor, name)
  Y.applyUpdate(scribe.doc, Y.encodeStateAsUpdate(other.doc))
  scribe.updates.splice(0)
  const own = annotate(scribe.doc, box)
  setLabel(scribe.doc, own, 'vessel')
  setReasoning(scribe.doc, theirs, 'not mine')
  annotate(scribe.doc, box)
  scribe.send()
  await until('the refusal', () => scribe.page.count(FRAME.close) === 1)
  expect(scribe.page.stateless).toContainEqual(expect.objectContaining({ t: 'refused', code: 'not-yours' }))
  expect(scribe.page.count(FRAME.status)).toBe(2)
  await until('what was good', () => readRoots(other.doc).annotations.get(own)?.label === 'vessel')
  expect(readRoots(other.doc).annotations.size).toBe(2)
  expect(readRoots(other.doc).annotations.get(theirs)?.reasoning).toBe('')
  other.close()
  scribe.page.close()
})

test('[G41] each update is acknowledged once, after word of its row, also where it was there already', async () => {
  const { name } = await newDocument()
  const scribe = await Scribe.open(okafor, name)
  annotate(scribe.doc, box)
  const [update] = scribe.updates as [Uint8Array]
  for (let n = 0; n < 3; n++) scribe.page.sendUpdate(update)
  scribe.page.sendUpdate(Y.encodeStateAsUpdate(scribe.doc), 1)
  await until('all of it to be acknowledged', () => scribe.page.count(FRAME.status) === 4)
  expect(scribe.rowsSaved).toHaveLength(1)
  annotate(scribe.doc, box)
  scribe.page.sendUpdate(scribe.updates[1] as Uint8Array)
  await until('the last to be saved', () => scribe.rowsSaved.length === 2)
  await until('it to be acknowledged', () => scribe.page.count(FRAME.status) === 5)
  const told = scribe.page.frames.filter(({ type }) => type === FRAME.status || type === FRAME.stateless)
  const saved = scribe.page.stateless.findIndex(({ t }) => t === 'saved')
  expect(told.findIndex(({ type }) => type === FRAME.status)).toBeGreaterThan(saved)
  const rows = await edits(name)
  expect(rows.reduce((sum, { touched }) => sum + touched.filter(({ op }) => op === 'create').length, 0)).toBe(
    2,
  )
  scribe.page.close()
})

test('[G42] the time at which a page says a change was made is written down as what it said', async () => {
  const { name } = await newDocument()
  const scribe = await Scribe.open(okafor, name)
  annotate(scribe.doc, box)
  scribe.page.sendUpdate(scribe.updates.splice(0)[0] as Uint8Array, 2, 1_700_000_000_000)
  await until('it to be saved', () => scribe.page.count(FRAME.status) === 1)
  annotate(scribe.doc, box)
  scribe.send()
  await until('the other to be saved', () => scribe.page.count(FRAME.status) === 2)
  expect((await edits(name)).map(({ saidAt }) => saidAt)).toEqual([1_700_000_000_000, null])
  annotate(scribe.doc, box)
  scribe.page.sendUpdate(scribe.updates.splice(0)[0] as Uint8Array, 2, 2 ** 50)
  await until('the end of the socket', () => scribe.page.closed !== null)
  expect(scribe.page.closed?.code).toBe(1003)
})

test('[G43] a page is told first of all what it may do, and whether what is saved is on the disk', async () => {
  const { name } = await newDocument()
  const page = await RawPage.open(okafor, name)
  await page.authenticate(null)
  await until('the document', () => page.count(FRAME.sync) >= 2)
  expect(page.stateless[0]).toEqual({
    t: 'hello',
    role: 'reader',
    phase: 'panel',
    durable: true,
    paused: false,
    prior: null,
  })
  const first = page.frames.findIndex(({ type }) => type === FRAME.sync)
  expect(page.frames.findIndex(({ type }) => type === FRAME.stateless)).toBeLessThan(first)
  page.close()
})

test('[G44] what was received is written although its page has gone; then the document is put away', async () => {
  const { name } = await newDocument()
  const scribe = await Scribe.open(okafor, name)
  const release = await holdJournal(server, name)
  annotate(scribe.doc, box)
  scribe.send()
  await until('it to be sent', () => scribe.page.socket.bufferedAmount === 0)
  await okafor.get('/me')
  annotate(scribe.doc, box)
  scribe.send()
  await until('it to be sent', () => scribe.page.socket.bufferedAmount === 0)
  scribe.page.socket.close()
  await until('the page to be gone', () => scribe.page.closed !== null)
  expect(await isPutAway(name)).toBe(false)
  await release()
  await until('it to be put away', () => isPutAway(name))
  expect(
    (await edits(name)).flatMap(({ touched }) => touched.filter(({ op }) => op === 'create')),
  ).toHaveLength(2)
})

test('[G45] a page that sends faster than the journal writes is read more slowly, and nothing of it is lost', async () => {
  const { name } = await newDocument()
  const scribe = await Scribe.open(okafor, name)
  const release = await holdJournal(server, name)
  const id = annotate(scribe.doc, box)
  scribe.send()
  const updates = 4_000
  for (let n = 0; n < updates; n++) setLabel(scribe.doc, id, n % 2 ? 'vessel' : 'other')
  scribe.send()
  await release()
  await until('all to be acknowledged', () => scribe.page.count(FRAME.status) === updates + 1)
  expect(scribe.page.closed).toBeNull()
  const last = await openPage(lindqvist, name)
  expect(readRoots(last.doc).annotations.get(id)?.label).toBe('vessel')
  last.close()
  scribe.page.close()
})

test('[G45] nobody else notices a flood', async () => {
  const { name } = await newDocument()
  const flood = await RawPage.open(okafor, name)
  await flood.authenticate(null)
  const calm = await openPage(lindqvist, name)
  // Words of a page: nobody listens to them, but somebody has to read them.
  const noise = flood.frame(FRAME.stateless, (encoder) => encoding.writeVarString(encoder, 'x'.repeat(100)))
  for (let n = 0; n < 12_000; n++) flood.socket.send(noise)
  annotate(calm.doc, box)
  await calm.saved()
  flood.ask()
  await until(
    'all of it to be read',
    () => flood.frames.filter(({ type }) => type === FRAME.sync).length >= 4,
  )
  expect(flood.closed).toBeNull()
  calm.close()
  flood.close()
})

test('[G46] a document that is closed and opened again in one breath is open', async () => {
  const { name } = await newDocument()
  const page = await RawPage.open(okafor, name)
  for (let n = 0; n < 3; n++) {
    page.sendToken(null)
    page.ask()
    page.socket.send(page.frame(FRAME.close))
  }
  page.sendToken(null)
  page.ask()
  await until('an answer', () => page.count(FRAME.sync) === 2)
  page.ask()
  await until('another', () => page.count(FRAME.sync) === 4)
  expect(page.denied).toEqual([])
  page.close()
})
