/**
 * Random histories of three people, some of whom are behind; then somebody goes back while the others go on. Whatever the histories: the
 * revision says what was then, by one row of whoever asked, and nothing that the others do meanwhile is lost.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { Refusal } from '@consilium/contract/refusals'
import { ACTS } from '@consilium/contract/revisions'
import * as acts from '@consilium/crdt-schema/acts'
import { readRoots } from '@consilium/crdt-schema/changes'
import type { Role } from '@consilium/crdt-schema/roles'
import { afterAll, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import type { CommittedRow } from '../../apps/collab-server/src/journal/book.ts'
import { journalFixture, OKAFOR } from '../../apps/collab-server/src/journal/fixture.ts'
import { applyRecorded } from '../../apps/collab-server/src/journal/replay.ts'
import { decodeRestore } from '../../apps/collab-server/src/journal/rows.ts'
import { restoreTo } from '../../apps/collab-server/src/revisions/restore.ts'
import type { Restorer } from '../../apps/collab-server/src/revisions/restorer.ts'
import { Restoring } from '../../apps/collab-server/src/revisions/restoreWork.ts'
import { admit, type Writer } from '../../apps/collab-server/src/room/admit.ts'
import { dice } from '../../apps/collab-server/src/room/gateRig.ts'
import { LiveDocument, liveParts, type Subject } from '../../apps/collab-server/src/room/live.ts'
import { SEED } from '../support/seed.ts'
import { runs, tell } from './runs.ts'

vi.setConfig({ testTimeout: 1_800_000 })
const f = journalFixture()
afterAll(() => f.journal.travel.close())

const HISTORIES = runs(150)
const LABELS = ['nodule', 'vessel', 'scar']
const WORDS = ['round', 'smooth', 'spiculated', '8 mm', 'left', 'grün 🫁']
const ROLES = ['reader', 'reader', 'adjudicator'] as const
const subject: Subject = {
  caseId: 'c',
  projectId: 'p',
  phase: () => 'panel',
  labels: () => new Set(LABELS),
  findSeries: async () => null,
}

/** In this thread: hundreds of times a thread of its own would take minutes. */
function inThisThread(): Restorer {
  const restoring = new Restoring()
  return {
    compare: async (states) => restoring.compare(states),
    async write(task) {
      const written = restoring.write(task)
      if ('fault' in written) throw new Refusal('never-removed', { message: written.fault })
      return written
    },
    end: async () => undefined,
  }
}

/** For one annotation the document need not be opened. */
const CLOSED = { moment: () => Promise.reject(new Error('the document was opened')) }

interface Page {
  readonly doc: Y.Doc
  readonly role: Role
  readonly writer: Writer
}

async function scene() {
  const book = await f.journal.open(f.newName())
  const parts = liveParts(f.journal, f.log, () => undefined)
  const onlookers = { row: () => undefined, lost: () => undefined }
  const live = new LiveDocument(new Y.Doc(), book, subject, parts, onlookers)
  await live.load()
  const pages = await Promise.all(
    ROLES.map(async (role, n): Promise<Page> => {
      const holder = { ...OKAFOR, person: n + 1, role }
      const { client } = await f.newLease(book, holder)
      const doc = new Y.Doc()
      doc.clientID = client
      return { doc, role, writer: writerOf(n + 1, role, client) }
    }),
  )
  function writerOf(person: number, role: Role, client: number | null): Writer {
    const holder = { ...OKAFOR, person, role }
    const bind = async (own: number) => void (await f.journal.bind(book, holder, own))
    return { person, client, role: () => role, valid: () => true, bind }
  }
  const send = ({ doc, writer }: Page) =>
    admit(f.journal.append, live, writer, [
      { bytes: Y.encodeStateAsUpdate(doc, Y.encodeStateVector(live.ydoc)), said: 0 },
    ])
  const receive = ({ doc }: Page): void => Y.applyUpdate(doc, Y.encodeStateAsUpdate(live.ydoc))
  const at = async (seq?: number): Promise<Y.Doc> => {
    const doc = new Y.Doc()
    await applyRecorded(doc, await f.journal.recorded(book.doc, seq))
    return doc
  }
  const restore = (to: number, place: acts.Place | null = null) => {
    const visitor = { live, writer: writerOf(3, 'adjudicator', null), append: f.journal.append }
    return restoreTo(f.db.sql, place ? CLOSED : f.journal, visitor, { to, place }, inThisThread)
  }
  return { book, live, pages, send, receive, at, restore }
}

/** Something this person may do. */
function act({ doc, role }: Page, roll: (sides: number) => number): void {
  const pick = <T>(list: readonly T[]): T | undefined => list[roll(list.length)]
  const own = `${doc.clientID}-`
  const mine = [...readRoots(doc).annotations.values()].filter(
    ({ id }) => role === 'adjudicator' || id.startsWith(own),
  )
  const one = pick(mine)
  const kind = roll(11)
  const far = (): number => roll(40)
  try {
    if (!one || kind === 0)
      acts.annotate(doc, {
        kind: 'polygon',
        label: pick(LABELS) ?? '',
        source: { series: 's', frame: 1, normal: [0, 0, 1] },
        points: [
          [0, 0, 0],
          [50, far(), 0],
          [50, 50, 0],
          [far(), 50, 0],
        ],
      })
    else if (one.retired && role === 'adjudicator') acts.reinstate(doc, one.id)
    else if (one.retired) return
    else if (kind < 3) acts.setLabel(doc, one.id, pick(LABELS) ?? '')
    else if (kind < 5)
      acts.setReasoning(doc, one.id, `${pick(WORDS)} ${pick(WORDS)}${one.reasoning.slice(roll(9))}`)
    else if (kind < 7)
      acts.moveVertices(doc, one.id, [{ key: pick(one.vertices)?.key ?? '', at: [far(), far(), 0] }])
    else if (kind === 7) acts.insertVertex(doc, one.id, pick(one.vertices)?.key ?? null, [far(), far(), 0])
    else if (kind === 8) acts.removeVertex(doc, one.id, pick(one.vertices)?.key ?? '')
    else if (kind === 9) acts.retire(doc, one.id, 'drawn twice')
    else acts.setConfidence(doc, one.id, roll(101))
  } catch (error) {
    // Some of what is rolled cannot be drawn.
    if (!(error instanceof acts.ActFault)) throw error
  }
}

const entriesOf = (doc: Y.Doc) => doc.getMap('annotations').toJSON() as Record<string, { retired: unknown }>

test('[R15][R40] in random histories what was then is now, by one revision, and nothing said meanwhile is lost', async () => {
  let [restored, alone, concurrent] = [0, 0, 0]
  for (let seed = SEED; seed < SEED + HISTORIES; seed++) {
    const roll = dice(seed)
    const { book, live, pages, send, receive, at, restore } = await scene()
    for (let n = 8 + roll(12); n > 0; n--) {
      const page = pages[roll(3)] as Page
      act(page, roll)
      if (roll(3) > 0) await send(page)
      if (roll(3) === 0) receive(page)
    }
    const to = roll(book.head.seq + 1)
    const then = entriesOf(await at(to))
    for (const page of pages) if (roll(2) === 0) act(page, roll)
    // Everything, or one annotation that is there.
    const here = Object.keys(entriesOf(await at()))
    const one = roll(2) === 0 ? here[roll(here.length)] : undefined
    const place = one === undefined ? null : ({ root: 'annotations', id: one } as const)

    // Some have edits that nobody has seen; others go on until it is done.
    const meanwhile: Promise<CommittedRow | null>[] = []
    let done = false
    const restoring = restore(to, place).finally(() => {
      done = true
    })
    while (!done) {
      const page = pages[roll(3)] as Page
      act(page, roll)
      meanwhile.push(send(page))
      await sleep(roll(8))
    }
    const row = await restoring
    for (const page of pages) meanwhile.push(send(page))
    const edits = (await Promise.all(meanwhile)).filter((one) => one !== null)

    const rows = await f.db.sql<{ seq: number; lease: number; bytes: Buffer }[]>`
        select seq, lease, bytes from revision where doc = ${book.doc} and act = ${ACTS.restore}`
    const why = `TEST_SEED=${seed}, ${one ?? 'all'} back to ${to}`
    expect(
      rows.map(({ seq }) => seq),
      why,
    ).toEqual(row ? [row.seq] : [])
    if (row) {
      if (one === undefined) restored++
      else alone++
      expect(book.leases.byId.get(row.lease)?.person, why).toBe(3)
      expect(decodeRestore(row.bytes), why).toBe(to)
      const before = entriesOf(await at(row.seq - 1))
      const after = entriesOf(await at(row.seq))
      expect(Object.keys(after).toSorted(), why).toEqual(Object.keys(before).toSorted())
      for (const [id, entry] of Object.entries(after))
        if (one !== undefined && one !== id) expect(entry, `${why}, ${id}`).toEqual(before[id])
        else if (then[id]) expect(entry, `${why}, ${id}`).toEqual(then[id])
        else
          expect(entry.retired, `${why}, ${id}`).toEqual(
            before[id]?.retired ?? { reason: `restored to revision ${to}` },
          )
    }
    // Every edit is a row, before or after it; what was made after it is not retired by it.
    const now = entriesOf(live.ydoc)
    for (const edit of edits) {
      if (!row || edit.seq < row.seq) continue
      concurrent++
      expect(
        (await f.db.sql`select from revision where doc = ${book.doc} and seq = ${edit.seq}`).length,
      ).toBe(1)
      for (const { entry, kind } of edit.touched)
        if (kind & 1) expect(now[entry]?.retired, why).not.toEqual({ reason: `restored to revision ${to}` })
    }
    for (const page of pages) receive(page)
    for (const { doc } of pages) expect(entriesOf(doc), why).toEqual(now)
    expect(entriesOf(await at()), why).toEqual(now)
    expect(await f.journal.verify(book.name), why).toMatchObject({ ok: true })
    live.detach()
  }
  tell({ 'documents restored, as they were then, by one revision of whoever asked': restored })
  tell({ 'annotations restored by themselves': alone })
  tell({ 'edits that had not seen it and came after it, all kept': concurrent })
  // The histories are such that this happens.
  expect(restored).toBeGreaterThan(HISTORIES / 4)
  expect(alone).toBeGreaterThan(HISTORIES / 8)
  expect(concurrent).toBeGreaterThan(HISTORIES / 2)
})
