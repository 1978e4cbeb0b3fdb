/** What was written is read back. */
import { hash } from 'node:crypto'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { journalFixture } from './fixture.ts'
import { createJournal } from './journal.ts'
import { pageOf } from './pages.ts'
import { applyRecorded } from './replay.ts'

const f = journalFixture()

const textAt = async (upTo?: number): Promise<string> => {
  const ydoc = new Y.Doc()
  await applyRecorded(ydoc, await f.journal.recorded(f.book.doc, upTo))
  return ydoc.getText('t').toString()
}

const inWorker = async (): Promise<string> => {
  const ydoc = new Y.Doc()
  Y.applyUpdate(ydoc, await f.journal.moment(f.book.doc, undefined, 'update'))
  return ydoc.getText('t').toString()
}

test('[J4] a snapshot and the rows after it give what all rows give, at every revision', async () => {
  const letters = 'abcdefghijklmnop'
  await f.write(letters)
  await f.journal.keepSnapshot(f.book.doc, 9, await f.journal.moment(f.book.doc, 9, 'snapshot'))
  // Again: it is there already.
  await f.journal.keepSnapshot(f.book.doc, 9, await f.journal.moment(f.book.doc, 9, 'snapshot'))
  expect((await f.journal.recorded(f.book.doc)).snapshot?.seq).toBe(9)
  for (let seq = 1; seq <= letters.length + 1; seq++)
    expect(await textAt(seq)).toBe(letters.slice(0, seq - 1))
  const update = await f.journal.moment(f.book.doc, 12, 'update')
  const ydoc = new Y.Doc()
  Y.applyUpdate(ydoc, update)
  expect(ydoc.getText('t').toString()).toBe(letters.slice(0, 11))
  await f.journal.travel.close()
})

test('[J10] a damaged snapshot is passed over for the one before it, or for none', async () => {
  await f.write('abcdefgh')
  for (const seq of [4, 7])
    await f.journal.keepSnapshot(f.book.doc, seq, await f.journal.moment(f.book.doc, seq, 'snapshot'))
  await f.superuser`update snapshot set bytes = overlay(bytes placing '\\x0000'::bytea from 12) where doc = ${f.book.doc} and seq = 7`
  expect((await f.journal.recorded(f.book.doc)).snapshot?.seq).toBe(4)
  expect(await textAt()).toBe('abcdefgh')
  expect(await inWorker()).toBe('abcdefgh')
  // It is made anew meanwhile; that must not come in between.
  await expect
    .poll(async () => (await f.journal.recorded(f.book.doc)).snapshot?.seq, { timeout: 20_000 })
    .toBe(7)
  await f.superuser`update snapshot set sha256 = ${hash('sha256', 'x', 'buffer')} where doc = ${f.book.doc}`
  expect((await f.journal.recorded(f.book.doc)).snapshot).toBeNull()
  expect(await textAt()).toBe('abcdefgh')
  expect(await inWorker()).toBe('abcdefgh')
  await f.journal.travel.close()
})

test('however many ask for a moment at once, few documents are in memory', async () => {
  await f.write('abc')
  let [reading, most] = [0, 0]
  const begin = async (...said: Parameters<typeof f.db.sql.begin>) => {
    most = Math.max(most, ++reading)
    return f.db.sql.begin(...said).finally(() => reading--)
  }
  const reader = createJournal({
    sql: Object.assign(f.db.sql.bind(null), { begin }) as never,
    log: f.log,
    instanceKey: f.instanceKey,
  })
  const states = await Promise.all(Array.from({ length: 30 }, () => reader.moment(f.book.doc, 3, 'update')))
  expect(new Set(states.map((state) => Buffer.from(state).toString('hex'))).size).toBe(1)
  expect(most).toBeLessThanOrEqual(3)
  await reader.close()
})

test('rows that do not fit together make no state', async () => {
  const rows = await f.write('abc')
  const { seq, tail } = await f.journal.recorded(f.book.doc)
  expect(tail.map((row) => Buffer.from(row))).toEqual(rows.map(({ bytes }) => Buffer.from(bytes)))
  await expect(
    f.journal.travel.make('update', { snapshot: null, pages: [pageOf(tail.slice(1))], rows: 2, seq }),
  ).rejects.toThrow('do not fit together')
  await f.journal.travel.close()
})
