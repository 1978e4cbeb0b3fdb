/** What is asked for is found, all of it and nothing else: held against a look through every revision. */
import { ACTS, type Revision } from '@consilium/contract/revisions'
import * as acts from '@consilium/crdt-schema/acts'
import { afterAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { entryId } from '../journal/book.ts'
import { bytesOf, journalFixture, LINDQVIST, OKAFOR } from '../journal/fixture.ts'
import { encodeRestore } from '../journal/rows.ts'
import { KIND_BITS, ROOT_CODES, type Touch } from '../journal/touch.ts'
import { dice } from '../room/gateRig.ts'
import { type Filter, KINDS, matching } from './filter.ts'
import { revisionAt } from './instants.ts'
import { everLabelled } from './labels.ts'
import { listRevisions } from './list.ts'
import { isShorterByRow } from './touched.ts'

const f = journalFixture()
afterAll(() => f.journal.travel.close())

const ENTRIES = ['1-aaaaaaaa', '1-bbbbbbbb', '2-cccccccc', '2-dddddddd']

/** Rows of every kind, by two people with two leases each, some at the same millisecond. */
async function history(roll: (sides: number) => number): Promise<void> {
  const leases = [f.lease, await f.newLease(f.book, LINDQVIST)]
  const clocks = new Map<number, number>()
  for (let n = 0; n < 120; n++) {
    f.now += roll(3) * 500
    if (n === 60) leases.push(await f.newLease(f.book, OKAFOR), await f.newLease(f.book, LINDQVIST))
    const lease = leases[roll(leases.length)] ?? f.lease
    const by = lease.person === 1 ? OKAFOR : LINDQVIST
    const kind = roll(12)
    const head = f.book.head.seq
    if (kind === 0) await f.journal.recordName(f.book, { moment: 1 + roll(head), title: 'x', by })
    else if (kind === 1) await f.journal.recordPhase(f.book.name, { phase: 'decided', by })
    else if (kind === 2)
      await f.journal.recordRole(f.book.name, { person: 2, role: 'reader', by: roll(2) ? by : null })
    else {
      const clock = clocks.get(lease.id) ?? 0
      const len = roll(4) === 0 ? 0 : 1 + roll(3)
      clocks.set(lease.id, clock + len)
      const touched = ENTRIES.filter(() => roll(3) === 0).map(
        (entry): Touch => ({ root: 'annotations', entry, kind: [1, 2, 3, 4, 6][roll(5)] ?? 2, fields: 1 }),
      )
      const restore = kind === 3
      const bytes = restore ? encodeRestore(roll(head), bytesOf('x')) : bytesOf('x')
      const act = restore ? ACTS.restore : ACTS.edit
      const draft = {
        lease: lease.id,
        client: lease.client,
        clock: len ? clock : 0,
        len,
        bytes,
        touched,
        act,
      }
      await f.journal.append(f.book, f.edit(0, bytes, draft))
    }
  }
}

const matches = (
  revision: Revision,
  { author, kind, from, to }: Filter,
  entry: string | undefined,
): boolean => {
  const touched = revision.touched.filter((one) => entry === undefined || one.entry === entry)
  const isTouch = kind === 'create' || kind === 'change' || kind === 'remove'
  if (entry !== undefined && touched.length === 0) return false
  if (isTouch && !touched.some(({ op }) => op === kind)) return false
  if (kind && !isTouch && revision.act !== kind) return false
  if (author !== undefined && revision.author.id !== author) return false
  return (from === undefined || revision.at >= from) && (to === undefined || revision.at <= to)
}

const list = (filter: Filter, page: { before?: number; limit: number }) =>
  listRevisions(f.db.sql, f.journal.vault, f.book, page, filter)

async function inPages(filter: Filter, limit: number): Promise<number[]> {
  const found: number[] = []
  for (let before: number | undefined; ; ) {
    const { items, next } = await list(filter, before === undefined ? { limit } : { before, limit })
    found.push(...items.map(({ seq }) => seq))
    if (next === null) return found
    before = next
  }
}

test('[R17] revisions by author, entry, kind and time are those that a look through all of them finds', async () => {
  const roll = dice(17)
  await history(roll)
  const { items: all } = await list({}, { limit: 500 })
  expect(all.map(({ seq }) => seq)).toEqual(
    Array.from({ length: f.book.head.seq }, (_, n) => f.book.head.seq - n),
  )
  const maybe = <T>(value: T): T | undefined => (roll(2) === 0 ? value : undefined)
  let found = 0
  for (let n = 0; n < 250; n++) {
    const entry = maybe(ENTRIES[roll(5)] ?? 'nothing')
    const filter: Filter = {
      author: maybe([OKAFOR.id, LINDQVIST.id, 'nobody'][roll(3)] ?? ''),
      kind: maybe(KINDS[roll(KINDS.length)]),
      from: maybe((all[roll(all.length)]?.at ?? 0) + roll(2)),
      to: maybe((all[roll(all.length)]?.at ?? 0) + roll(2)),
      entries: entry === undefined ? undefined : [f.book.entries.get(entryId('annotations', entry)) ?? 0],
    }
    const expected = all.filter((one) => matches(one, filter, entry)).map(({ seq }) => seq)
    expect(await inPages(filter, 1 + roll(40)), JSON.stringify({ ...filter, entry })).toEqual(expected)
    found += expected.length
  }
  expect(found).toBeGreaterThan(500)
})

test('[H18] in a document with many entries the same is found, whichever way to what rows touched is shorter', async () => {
  const MANY = 600
  await history(dice(20))
  const head = f.book.head.seq
  // Each change touches a fifth of them. No other document is as long; then many are.
  await f.superuser`insert into entry (id, doc, root, key)
    select 1000000 + n, ${f.book.doc}, ${ROOT_CODES.annotations}, 'many-' || n from generate_series(1, ${MANY}) as n`
  await f.superuser`insert into touch (seq, entry, kind, fields)
    select r.seq, e.id, (array[1, 2, 3, 4])[1 + (e.id + r.seq) % 4], 1 from revision r join entry e on e.doc = r.doc
    where r.doc = ${f.book.doc} and r.act in (${ACTS.edit}, ${ACTS.restore}) and e.key like 'many-%' and (e.id + r.seq) % 5 = 0`
  const book = await f.another().open(f.book.name)
  expect(book.entries.size).toBeGreaterThanOrEqual(MANY)
  const numbers = [...book.entries].flatMap(([id, number]) => (id.includes('many-') ? [number] : []))
  const filters: Filter[] = [
    ...(['create', 'change', 'remove'] as const).flatMap((kind) => [
      { kind },
      { kind, author: OKAFOR.id },
      { kind, author: 'nobody' },
      { kind, entries: numbers },
      { kind, from: f.now - 20_000 },
    ]),
    { entries: numbers, author: LINDQVIST.id },
    { entries: numbers.slice(0, 520), author: OKAFOR.id, kind: 'create' },
    { entries: numbers.slice(0, 520), kind: 'restore' },
  ]
  const { items: all } = await listRevisions(f.db.sql, f.journal.vault, book, { limit: 500 })
  const keys = new Map([...book.entries].map(([id, number]) => [number, id.slice(id.indexOf(':') + 1)]))
  const expected = filters.map((filter) => {
    const names = filter.entries && new Set(filter.entries.map((number) => keys.get(number)))
    return all
      .map((one) => (names ? { ...one, touched: one.touched.filter(({ entry }) => names.has(entry)) } : one))
      .filter((one) => (names ? one.touched.length > 0 : true) && matches(one, filter, undefined))
      .map(({ seq }) => seq)
  })
  const found = () =>
    Promise.all(filters.map((filter) => matching(f.db.sql, f.journal.vault, book, filter, { limit: 500 })))
  expect(await isShorterByRow(f.db.sql, book, { first: 1, last: head })).toBe(true)
  expect(await found()).toEqual(expected)
  await f.superuser`insert into document (created_at, head_seq, name)
    select 1, ${head + 1}::int, 'panel:long-' || n from generate_series(1, ${MANY}) as n`
  expect(await isShorterByRow(f.db.sql, book, { first: 1, last: head })).toBe(false)
  expect(await found()).toEqual(expected)
  expect(expected.map((rows) => rows.length > 0)).toEqual(filters.map(({ author }) => author !== 'nobody'))
})

test('[R18] a time means the last revision that was there then', async () => {
  await history(dice(18))
  const { items: all } = await list({}, { limit: 500 })
  const first = all.at(-1)?.at ?? 0
  for (let time = first - 500; time <= f.now + 500; time += 250)
    expect(await revisionAt(f.db.sql, f.book.doc, f.book.head.seq, time)).toBe(
      all.find(({ at }) => at <= time)?.seq ?? 0,
    )
})

test('[R17] a label finds the annotations that have it and those that had it', async () => {
  const draft = {
    kind: 'keypoint',
    source: { series: 's', frame: 0, normal: [0, 0, 1] },
    points: [[0, 0, 0]],
  } as const
  const pages = [f.lease, await f.newLease(f.book, LINDQVIST)].map((lease) => {
    const doc = new Y.Doc()
    doc.clientID = lease.client
    return { doc, lease }
  })
  const ids: string[] = []
  /** One row; the others see it at once, or never. */
  async function write(
    n: 0 | 1,
    touches: readonly string[],
    change: (doc: Y.Doc) => void,
    seen = true,
  ): Promise<void> {
    const { doc, lease } = pages[n] ?? { doc: new Y.Doc(), lease: f.lease }
    const before = Y.encodeStateVector(doc)
    const clock = Y.getState(doc.store, lease.client)
    doc.transact(() => change(doc))
    const bytes = Y.encodeStateAsUpdate(doc, before)
    const touched = touches.map(
      (entry): Touch => ({ root: 'annotations', entry, kind: KIND_BITS.change, fields: 2 }),
    )
    const len = Y.getState(doc.store, lease.client) - clock
    await f.journal.append(
      f.book,
      f.edit(0, bytes, {
        lease: lease.id,
        client: lease.client,
        clock,
        len,
        touched: touched.length ? touched : newest(doc),
      }),
    )
    if (seen) for (const other of pages) Y.applyUpdate(other.doc, bytes)
  }
  const newest = (doc: Y.Doc): Touch[] =>
    [...doc.getMap('annotations').keys()]
      .filter((id) => !f.book.entries.has(entryId('annotations', id)))
      .map((entry) => ({ root: 'annotations', entry, kind: KIND_BITS.create, fields: 255 }))
  const labelled = async (label: string): Promise<string[]> => {
    const numbers = await everLabelled(f.db.sql, f.book, label)
    return ids.filter((id) => numbers.includes(f.book.entries.get(entryId('annotations', id)) ?? 0))
  }

  for (const label of ['nodule', 'vessel', ''])
    await write(0, [], (doc) => void ids.push(acts.annotate(doc, { ...draft, label })))
  const [first = '', second = '', third = ''] = ids
  expect(await labelled('nodule')).toEqual([first])
  await write(1, [first], (doc) => acts.setLabel(doc, first, 'scar'))
  await write(0, [first, second], (doc) => {
    acts.setLabel(doc, first, 'vessel')
    acts.setLabel(doc, second, 'nodule')
  })
  // Two at once who do not see each other.
  await write(0, [third], (doc) => acts.setLabel(doc, third, 'scar'), false)
  await write(1, [third], (doc) => acts.setLabel(doc, third, 'nodule'), false)
  expect(await labelled('nodule')).toEqual([first, second, third])
  expect(await labelled('scar')).toEqual([first, third])
  expect(await labelled('vessel')).toEqual([first, second])
  expect(await labelled('')).toEqual([third])
  expect(await labelled('reasoning')).toEqual([])
})
