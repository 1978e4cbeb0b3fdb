/**
 * The past of random documents, read from a real journal, against what somebody knows who replays all of it or watched all of it.
 * TEST_SEED repeats a run (seed.ts). Longer than other files: every question is asked of journals in the same database.
 */
import type { Blame, Comparison, EntryHistory } from '@consilium/contract/history'
import { ACTS } from '@consilium/contract/revisions'
import { readEntry, readRoots } from '@consilium/crdt-schema/changes'
import { differenceOf, differencesBetween, type EntryDifference } from '@consilium/crdt-schema/compare'
import fc from 'fast-check'
import * as decoding from 'lib0/decoding'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { type Book, type CommittedRow, entryId } from '../../apps/collab-server/src/journal/book.ts'
import { Fixture, OKAFOR } from '../../apps/collab-server/src/journal/fixture.ts'
import type { Holder } from '../../apps/collab-server/src/journal/journal.ts'
import { encodeRestore } from '../../apps/collab-server/src/journal/rows.ts'
import { updateOf } from '../../apps/collab-server/src/journal/update.ts'
import { blame } from '../../apps/collab-server/src/revisions/blame.ts'
import { blameIndex, indexOf } from '../../apps/collab-server/src/revisions/blameIndex.ts'
import { compare } from '../../apps/collab-server/src/revisions/compare.ts'
import { entryHistory } from '../../apps/collab-server/src/revisions/entryHistory.ts'
import { openMarks } from '../../apps/collab-server/src/revisions/openBlame.ts'
import { createPast, type NumberedEntry, type Past } from '../../apps/collab-server/src/revisions/past.ts'
import { dice } from '../../apps/collab-server/src/room/randomDoc.ts'
import { canonical } from '../convergence/crowd.ts'
import { SEED } from '../support/seed.ts'
import { clientOfPage, journalOf, personOfPage, story } from './journalOf.ts'
import { runs, tell } from './runs.ts'
import { type Seen, Watcher } from './watcher.ts'

const HISTORIES = runs(150)
const roll = dice(SEED)

const holder = (person: number): Holder => ({
  ...OKAFOR,
  person,
  id: `person000000000${person}`,
  name: `Dr ${person}`,
  credential: `radiology ${person}`,
  role: 'adjudicator',
})

/** Of the one series there is: turned by some 53°. */
const AXES = { row: [0.6, 0.8, 0], column: [-0.8, 0.6, 0] } as const
const DIRECTIONS = { ser1: [...AXES.row, ...AXES.column, 0, 0, 1] }
const axesOf = () => AXES

/** One row in so many is a restore: its bytes begin with where it went back to. */
const RESTORES = 8
/** One document in so many is opened from a snapshot. */
const SNAPSHOTS = 3

interface Recorded {
  readonly book: Book
  readonly rows: readonly CommittedRow[]
}

vi.setConfig({ testTimeout: 1_800_000 })

const fixture = new Fixture()
const histories: Recorded[] = []
let past: Past

beforeAll(async () => {
  await fixture.open()
  await fixture.begin()
  const { journal } = fixture
  const { vault, travel, sound } = journal
  past = createPast({ sql: fixture.db.sql, vault, travel, sound })
  for (const told of fc.sample(story(60), { numRuns: HISTORIES, seed: SEED })) {
    fixture.now += 1_000
    const book = await journal.open(fixture.newName())
    const leases = []
    for (let page = 0; page < told[0]; page++)
      leases.push(await journal.bind(book, holder(personOfPage(page)), clientOfPage(page)))
    const drafts = journalOf(told, leases).rows.map((row) =>
      roll(RESTORES) > 0 ? row : { ...row, act: ACTS.restore, bytes: encodeRestore(1, row.bytes) },
    )
    const rows = await Promise.all(drafts.map((row) => journal.append(book, row)))
    histories.push({ book, rows })
    if (roll(SNAPSHOTS) > 0) continue
    const seq = 1 + roll(book.head.seq)
    await journal.keepSnapshot(book.doc, seq, await journal.moment(book.doc, seq, 'snapshot'))
  }
}, 1_800_000)
afterAll(async () => {
  await fixture.journal?.close()
  await fixture.close()
})

/** Every document, one after the other; a failure names it. */
async function eachOne(look: (one: Recorded) => Promise<void>): Promise<void> {
  for (const [n, one] of histories.entries())
    try {
      await look(one)
    } catch (error) {
      throw new Error(`history ${n}, TEST_SEED=${SEED}`, { cause: error })
    }
}

/** What a row does to the document. */
const update = (row: CommittedRow): Uint8Array => updateOf(row) ?? new Uint8Array([0, 0])

const at = ({ rows }: Recorded, seq: number): Y.Doc => {
  const ydoc = new Y.Doc()
  for (const row of rows) if (row.seq <= seq) Y.applyUpdate(ydoc, update(row))
  return ydoc
}

const parsed = <T>(bytes: Uint8Array): T => JSON.parse(Buffer.from(bytes).toString()) as T

const annotationsOf = ({ entries }: Book): NumberedEntry[] =>
  [...entries]
    .filter(([name]) => name.startsWith(entryId('annotations', '')))
    .map(([name, number]) => ({ root: 'annotations', id: name.slice(name.indexOf(':') + 1), number }))

const byName = (differences: readonly EntryDifference[]): EntryDifference[] =>
  differences.toSorted((a, b) => (`${a.root} ${a.entry}` < `${b.root} ${b.entry}` ? -1 : 1))

/** Through JSON, as it goes over the wire: -0 is 0 there. */
const sent = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T

it('[R1] a document at any revision is what a replay from the beginning makes of it', async () => {
  let annotations = 0
  await eachOne(async (one) => {
    const seq = roll(one.book.head.seq + 1)
    const opened = new Y.Doc()
    Y.applyUpdate(opened, await fixture.journal.moment(one.book.doc, seq, 'update'))
    const replayed = at(one, seq)
    expect(canonical(opened)).toBe(canonical(replayed))
    expect(Y.encodeStateVector(opened)).toEqual(Y.encodeStateVector(replayed))
    annotations += opened.getMap('annotations').size
  })
  expect(annotations).toBeGreaterThan(HISTORIES)
  tell({ 'documents opened at a random revision, each as a replay from zero': HISTORIES })
})

describe('a comparison of two revisions', () => {
  const WAYS = [
    ['made of few entries', { entries: 200, rows: 10_000 }],
    ['made of the whole document', { entries: 0, rows: 0 }],
  ] as const
  it.each(WAYS)('[R5] %s is what two replays from the beginning differ by', async (way, limits) => {
    let told = 0
    await eachOne(async (one) => {
      const [a, b] = [roll(one.book.head.seq + 1), roll(one.book.head.seq + 1)]
      const differences = parsed<Comparison['differences']>(
        await compare(past, one.book, a, b, DIRECTIONS, limits),
      )
      const expected = differencesBetween(readRoots(at(one, a)), readRoots(at(one, b)), axesOf)
      expect(byName(differences as EntryDifference[])).toEqual(sent(byName(expected)))
      told += differences.length
    })
    expect(told).toBeGreaterThan(HISTORIES)
    tell({ [`differences ${way}, each as by brute force`]: told })
  })
})

describe('a snapshot that a comparison finds damaged', () => {
  it('[R50] is passed over, and made anew of the rows', async () => {
    const [found] = await fixture.superuser<{ doc: number; seq: number; bytes: Buffer }[]>`
      select doc, seq, bytes from snapshot order by doc limit 1`
    const one = histories.find(({ book }) => book.doc === found?.doc)
    if (!found || !one) throw new Error('no history has a snapshot')
    const kept = async (): Promise<Buffer | undefined> => {
      const [row] = await fixture.superuser<{ bytes: Buffer }[]>`
        select bytes from snapshot where doc = ${found.doc} and seq = ${found.seq}`
      return row?.bytes
    }
    const damaged = Buffer.concat([found.bytes.subarray(0, 12), Buffer.from('damaged')])
    await fixture.superuser`
      update snapshot set bytes = ${damaged} where doc = ${found.doc} and seq = ${found.seq}`
    const differences = parsed<Comparison['differences']>(
      await compare(past, one.book, found.seq, one.book.head.seq, DIRECTIONS, { entries: 0, rows: 0 }),
    )
    const expected = differencesBetween(
      readRoots(at(one, found.seq)),
      readRoots(at(one, one.book.head.seq)),
      axesOf,
    )
    expect(byName(differences as EntryDifference[])).toEqual(sent(byName(expected)))
    await expect.poll(kept, { timeout: 60_000 }).toEqual(found.bytes)
  })
})

describe('the history of an annotation', () => {
  it('[R6] tells every revision that touched it, who made it, and what was another afterwards', async () => {
    const seen = { changes: 0, void: 0, pages: 0 }
    await eachOne(async (one) => {
      const entries = annotationsOf(one.book)
      const entry = entries[roll(entries.length)]
      if (!entry) return
      const whole = new Y.Doc()
      let before: ReturnType<typeof readEntry> = null
      const expected: unknown[] = []
      for (const row of one.rows) {
        Y.applyUpdate(whole, update(row))
        if (!row.touched.some(({ root, entry: id }) => root === 'annotations' && id === entry.id)) continue
        const after = readEntry(whole, 'annotations', entry.id)
        const difference = sent(differenceOf('annotations', before, after, axesOf))
        expected.unshift({ seq: row.seq, at: row.at, writer: writer(one, row.seq), difference })
        if (difference) seen.changes += 1
        else seen.void += 1
        before = after
      }
      const items: unknown[] = []
      const limit = 1 + roll(5)
      for (let next: number | null | undefined; next !== null; seen.pages++) {
        const page: EntryHistory = parsed(
          await entryHistory(
            past,
            one.book,
            entry,
            { before: next, limit },
            async () => DIRECTIONS,
            roll(2) === 0 ? 0 : undefined,
          ),
        )
        expect(page.items.length).toBeLessThanOrEqual(limit)
        items.push(...page.items)
        next = page.next
      }
      expect(items).toEqual(expected)
    })
    expect(seen.changes).toBeGreaterThan(HISTORIES)
    expect(seen.void).toBeGreaterThan(0)
    expect(seen.pages).toBeGreaterThan(HISTORIES)
    tell({ 'revisions told in the lives of annotations': seen.changes + seen.void })
  })
})

/** As the row says. */
function writer({ book, rows }: Recorded, seq: number): unknown {
  const row = rows.find((one) => one.seq === seq)
  const person = book.leases.byId.get(row?.lease ?? 0)?.person ?? 0
  return {
    author: { id: `person000000000${person}`, name: `Dr ${person}`, initials: OKAFOR.initials },
    role: 'adjudicator',
    credential: `radiology ${person}`,
  }
}

describe('blame', () => {
  it('[R7] names for every field, vertex and character the row in which it came, at any revision', async () => {
    const seen = { marks: 0, letters: 0, several: 0 }
    await eachOne(async (one) => {
      const moment = roll(2) === 0 ? one.book.head.seq : roll(one.book.head.seq + 1)
      const watcher = new Watcher()
      for (const row of one.rows) if (row.seq <= moment) watcher.apply(row.seq, update(row))
      const expected = watcher.seen()
      for (const entry of annotationsOf(one.book)) {
        // By turns here and in the worker.
        const made = await blame(past, one.book, entry, moment, { here: roll(2) === 0 ? 0 : undefined })
        const known = expected.get(entry.id)
        if (!known) {
          expect(made).toBeNull()
          continue
        }
        expect(inShort(made as Blame)).toEqual(known)
        for (const credit of creditsIn(made as Blame)) {
          const row = one.rows.find(({ seq }) => seq === credit.seq)
          expect(credit).toMatchObject({ at: row?.at, writer: writer(one, credit.seq) })
        }
        seen.marks += Object.keys(known.fields).length + Object.keys(known.vertices).length
        for (const letters of Object.values(known.texts)) {
          seen.letters += letters.length
          if (new Set(letters).size > 1) seen.several += 1
        }
      }
    })
    // Texts that several rows made are the rarest.
    for (const many of Object.values(seen)) expect(many).toBeGreaterThan(HISTORIES / 4)
    tell({ 'fields and vertices blamed, each as the watcher saw it': seen.marks, characters: seen.letters })
  })

  it('[R7] says the same of a document that is open, which it looks at where it stands', async () => {
    const seen = { marks: 0, letters: 0, 'moments that are gone': 0 }
    await eachOne(async (one) => {
      const { head } = one.book
      const watcher = new Watcher()
      for (const row of one.rows) watcher.apply(row.seq, update(row))
      const expected = watcher.seen()
      const open = { ydoc: at(one, head.seq), upTo: head.seq }
      for (const entry of annotationsOf(one.book)) {
        const made = await openMarks(fixture.db.sql, one.book, entry, head.seq, open)
        const known = expected.get(entry.id)
        if (!known) {
          expect(made).toBeNull()
          continue
        }
        expect(made).not.toBeNull()
        const told = (await blame(past, one.book, entry, head.seq, { open })) as Blame
        expect(told).toEqual(await blame(past, one.book, entry, head.seq))
        expect(inShort(told)).toEqual(known)
        seen.marks += Object.keys(known.fields).length + Object.keys(known.vertices).length
        seen.letters += Object.values(known.texts).flat().length
        // Before its last row the entry was another.
        const before = Math.max(...(made?.heads ?? []).map(({ seq }) => seq)) - 1
        expect(await openMarks(fixture.db.sql, one.book, entry, before, open)).toBeNull()
        expect(
          await openMarks(fixture.db.sql, one.book, entry, head.seq, { ...open, upTo: before }),
        ).toBeNull()
        seen['moments that are gone'] += 1
      }
    })
    for (const many of Object.values(seen)) expect(many).toBeGreaterThan(HISTORIES / 4)
    tell(seen)
  })

  it('[R7] says the same of a document that is open and so long that nobody waits until it is known who wrote it', async () => {
    const one = histories.find(({ book }) => book.head.seq > 3)
    if (!one) throw new Error('no history is long enough')
    // A book of its own: nobody has asked of this one yet.
    const book = { ...one.book }
    const { seq } = book.head
    const open = { ydoc: at(one, seq), upTo: seq }
    const told = () =>
      Promise.all(
        annotationsOf(book).map((entry) => blame(past, book, entry, seq, { open, awaited: seq - 1 })),
      )
    const standing = () =>
      Promise.all(
        annotationsOf(book).map((entry) =>
          openMarks(fixture.db.sql, book, entry, seq, open, seq - 1).then((found) => found !== null),
        ),
      )
    const rows = await Promise.all(annotationsOf(book).map((entry) => blame(past, book, entry, seq)))
    expect(rows.some((made) => made !== null)).toBe(true)
    expect(
      (await standing()).some((found) => found),
      'the rows are not read yet',
    ).toBe(false)
    const index = indexOf(book)
    await vi.waitUntil(() => index.upTo === seq)
    expect(await standing(), 'they are now').toEqual(rows.map((made) => made !== null))
    expect(await told()).toEqual(rows)
    const unread = { ...one.book }
    for (const [n, entry] of annotationsOf(unread).entries())
      expect(await blame(past, unread, entry, seq, { open, awaited: 0 })).toEqual(rows[n])
  })

  it('[R8] of a whole document fits into its index, which grows with the journal', async () => {
    await eachOne(async ({ book, rows }) => {
      const expected = new Map<string, number>()
      for (const row of rows)
        for (const { id, length } of Y.decodeUpdate(update(row)).structs)
          for (let n = 0; n < length; n++) expected.set(`${id.client} ${id.clock + n}`, row.seq)
      expect(decoded(await blameIndex(fixture.db.sql, book))).toEqual(expected)
    })
    const [{ book, rows }] = histories as [Recorded]
    const before = decoded(await blameIndex(fixture.db.sql, book))
    const lease = book.leases.byClient.get(clientOfPage(0))
    if (!lease) throw new Error('nobody has the first lease')
    const clock = Y.getState(at({ book, rows }, book.head.seq).store, lease.client)
    const row = await fixture.journal.append(book, {
      ...fixture.edit(clock, new Uint8Array([0, 0])),
      lease: lease.id,
      client: lease.client,
    })
    expect(decoded(await blameIndex(fixture.db.sql, book))).toEqual(
      new Map([...before, [`${lease.client} ${clock}`, row.seq]]),
    )
  })

  it('[R7] names nobody whose key was destroyed', async () => {
    const peopleIn = async (parts: Past, book: Book): Promise<string[]> => {
      const people = new Set<string>()
      for (const entry of annotationsOf(book))
        for (const { writer } of creditsIn((await blame(parts, book, entry, book.head.seq)) as Blame))
          people.add(`${writer.author.name}, ${writer.credential}`)
      return [...people]
    }
    let name = ''
    // Of what the first person wrote nothing need be left in any one of them.
    for (const { book } of histories)
      if (name === '' && (await peopleIn(past, book)).includes('Dr 1, radiology 1')) name = book.name
    await fixture.superuser`delete from person_key where person = 1`
    const anew = fixture.another()
    const book = (await anew.find(name)) as Book
    const people = await peopleIn({ ...past, vault: anew.vault }, book)
    expect(people).toContain('Erased person 1, ')
    expect(people.join()).not.toContain('Dr 1')
    await anew.close()
  })
})

const creditsIn = ({ fields, vertices, texts }: Blame) => [
  ...Object.values(fields),
  ...Object.values(vertices),
  ...Object.values(texts).flat(),
]

const inShort = ({ fields, vertices, texts }: Blame): Seen => ({
  fields: Object.fromEntries(Object.entries(fields).map(([name, { seq }]) => [name, seq])),
  vertices: Object.fromEntries(Object.entries(vertices).map(([key, { seq }]) => [key, seq])),
  texts: Object.fromEntries(
    Object.entries(texts).map(([name, runs]) => [
      name,
      runs.flatMap(({ seq, length }) => Array.from({ length }, () => seq)),
    ]),
  ),
})

/** `client clock` -> revision, as the contract says. */
function decoded(bytes: Uint8Array): Map<string, number> {
  const reader = decoding.createDecoder(bytes)
  const uint = () => decoding.readVarUint(reader)
  const made = new Map<string, number>()
  for (let clients = uint(); clients > 0; clients--) {
    const client = uint()
    let [clock, seq] = [0, 0]
    for (let ranges = uint(); ranges > 0; ranges--) {
      clock += uint()
      const length = uint()
      const later = uint()
      seq += later % 2 === 0 ? later / 2 : -(later + 1) / 2
      for (const end = clock + length; clock < end; clock++) made.set(`${client} ${clock}`, seq)
    }
  }
  expect(decoding.hasContent(reader)).toBe(false)
  return made
}
