/** Long pasts come in parts; names are sealed, and go with whoever gave them. */
import { ACTS } from '@consilium/contract/revisions'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { journalFixture, OKAFOR } from '../journal/fixture.ts'
import { updatesIn } from '../journal/pages.ts'
import { encodeName, encodeRestore } from '../journal/rows.ts'
import { filmOf } from './film.ts'
import { namesOf } from './names.ts'
import { timelineOf } from './timeline.ts'

const f = journalFixture()

test('[R10] a long film comes in parts; one part ends where the next begins', async () => {
  await f.write('x'.repeat(1_100))
  const ydoc = new Y.Doc()
  let rows = 0
  const lengths: number[] = []
  for (let from = 0; from < f.book.head.seq; ) {
    const { bytes, last } = await filmOf(f.db.sql, f.book.doc, from)
    const updates = [...updatesIn([bytes])]
    expect(updates).toHaveLength(last - from)
    lengths.push(updates.length)
    for (const update of updates) {
      if (update.byteLength > 0) Y.applyUpdate(ydoc, update)
      // The first row issued the lease.
      expect(ydoc.getText('t').length).toBe(rows++)
    }
    from = last
  }
  expect(lengths).toEqual([1_000, 101])
})

test('[R10] a part of a film ends early where its rows are large', async () => {
  const page = new Y.Doc()
  page.clientID = f.lease.client
  const updates: Uint8Array[] = []
  page.on('update', (update: Uint8Array) => updates.push(update))
  for (const letter of 'abcd') page.getText('t').insert(page.getText('t').length, letter.repeat(400_000))
  for (const [n, bytes] of updates.entries())
    await f.journal.append(f.book, f.edit(n * 400_000, bytes, { len: 400_000 }))
  const first = await filmOf(f.db.sql, f.book.doc, 0)
  expect(first.last).toBe(4)
  expect([...updatesIn([first.bytes])]).toHaveLength(4)
  expect((await filmOf(f.db.sql, f.book.doc, 4)).last).toBe(5)
})

test('[R11] a long timeline comes in parts, and each row of it once', async () => {
  const [first] = await f.write('abc')
  const bytes = first?.bytes ?? new Uint8Array()
  const drafts = Array.from({ length: 5_100 }, (_, n) => f.edit(3 + n, bytes))
  await Promise.all(drafts.map((draft) => f.journal.append(f.book, draft)))
  const parts = []
  for (let from: number | null = 0; from !== null; from = parts.at(-1)?.next ?? null)
    parts.push(await timelineOf(f.db.sql, f.journal.vault, f.book, from))
  expect(parts.map(({ from, at, next }) => [from, at.length, next])).toEqual([
    [0, 5_000, 5_000],
    [5_000, 104, null],
  ])
  const acts = parts.flatMap(({ act }) => act)
  expect(acts).toEqual([ACTS.lease, ...Array(5_103).fill(ACTS.edit)])
  expect(parts[0]?.touched).toEqual([
    [1, 0, 2, 2],
    [2, 0, 2, 2],
    [3, 0, 2, 2],
  ])
})

const named = () => namesOf(f.db.sql, f.journal.vault, f.book)

test('[J65] a name is sealed; once the key of whoever gave it is destroyed the moment stays, without it', async () => {
  await f.write('abc')
  const by = { ...OKAFOR, person: 71 }
  await f.journal.recordName(f.book, { moment: 2, title: 'Before Mrs Meyer', by })
  await f.journal.recordPhase(f.book.name, { phase: 'decided', by })
  expect(await named()).toMatchObject([
    { seq: 2, title: 'Before Mrs Meyer', named: 5, writer: { author: { name: 'Dr A. Okafor' } } },
    { seq: 6, title: 'Decided', phase: 'decided' },
  ])
  const rows = await f.db.sql`select encode(bytes, 'escape') as bytes from revision where doc = ${f.book.doc}`
  expect(JSON.stringify(rows)).not.toMatch(/Meyer|Okafor/)
  await f.db.sql`delete from person_key where person = ${by.person}`
  expect(await named()).toMatchObject([
    { seq: 2, title: '–', named: 5, writer: { author: { name: 'Erased person 71' } } },
    { seq: 6, title: 'Decided', phase: 'decided' },
  ])
  expect(await f.journal.verify(f.book.name)).toMatchObject({ ok: true })
})

test.each([
  ['a revision that is not there yet', { moment: 4, by: 1 }],
  ['no revision', { moment: 0, by: 1 }],
  ['by nobody', { moment: 1, by: 0 }],
])('[J65] the chain does not hold with a name of %s', async (_, said) => {
  await f.write('ab')
  const bytes = encodeName({ ...said, sealed: new Uint8Array(), title: new Uint8Array() })
  const row = { lease: 0, client: 0, clock: 0, len: 0, act: ACTS.name, role: 2, said: 0, bytes }
  await f.journal.append(f.book, row)
  expect(await f.journal.verify(f.book.name)).toMatchObject({ ok: false, fault: { seq: 4 } })
})

test.each([
  ['goes back to what was not yet', encodeRestore(4, Y.encodeStateAsUpdate(new Y.Doc())), true],
  ['is in a form that nobody knows', Buffer.of(9), true],
  ['is written under no lease', encodeRestore(2, Y.encodeStateAsUpdate(new Y.Doc())), false],
])('[J66] the chain does not hold with a restore that %s', async (_, bytes, leased) => {
  await f.write('ab')
  const row = f.edit(0, bytes, { act: ACTS.restore, len: 0, ...(leased ? {} : { lease: 0 }) })
  await f.journal.append(f.book, row)
  expect(await f.journal.verify(f.book.name)).toMatchObject({ ok: false, fault: { seq: 4 } })
})
