/** Both ways to what rows touched find the same; which is taken depends on how much there is to look through. */
import { expect, test } from 'vitest'
import { journalFixture } from '../journal/fixture.ts'
import { isShorterByRow, type Rows, touchesOf } from './touched.ts'

const f = journalFixture()
const ENTRIES = 600
/** In documents before ours: as in `f.write`, one row of a lease and one for each letter. */
const LETTERS = 20

async function longDocument(): Promise<void> {
  const [{ id: before } = { id: 0 }] = await f.db.sql<
    { id: number }[]
  >`select coalesce(max(id), 0)::int as id from entry`
  await f.write('x'.repeat(LETTERS))
  await f.superuser`insert into entry (id, doc, root, key)
    select ${before}::int + 100 + n, ${f.book.doc}, 1, 'entry-' || n from generate_series(1, ${ENTRIES}) as n`
  await f.superuser`insert into touch (seq, entry, kind, fields)
    select 2 + n % ${LETTERS}, ${before}::int + 100 + n, 2, 3 from generate_series(1, ${ENTRIES}) as n`
}

const foundIn = (rows: Rows, byRow: boolean) =>
  f.db
    .sql`select seq, kind, fields, entry, root, key from ${touchesOf(f.db.sql, f.book.doc, rows, byRow)} order by seq, entry`

test('[H18] what rows touched is the same entry by entry and row by row, and nothing of another document', async () => {
  const other = await f.journal.open('panel:of-somebody-else')
  await longDocument()
  await f.superuser`insert into entry (id, doc, root, key) select max(id) + 1, ${other.doc}, 1, 'another' from entry`
  await f.superuser`insert into touch (seq, entry, kind, fields) select 5, max(id), 1, 1 from entry`
  for (const rows of [
    { first: 3, last: 9 },
    { first: 1, last: 9, only: [9, 4] },
    { first: 30, last: 40 },
  ]) {
    const found = await foundIn(rows, false)
    expect(await foundIn(rows, true)).toEqual(found)
    expect(found.every(({ key }) => key !== 'another')).toBe(true)
    const wanted = rows.only ?? Array.from({ length: 7 }, (_, n) => rows.first + n)
    expect(new Set(found.map(({ seq }) => seq))).toEqual(new Set(wanted.filter((seq) => seq <= LETTERS + 1)))
    const entries = [...new Set(found.map(({ entry }) => entry as number))].slice(0, 7)
    for (const byRow of [false, true])
      expect(await foundIn({ ...rows, entries }, byRow)).toEqual(
        found.filter(({ entry }) => entries.includes(entry as number)),
      )
  }
})

test('[H18] a document with many entries is gone through row by row where few are as long', async () => {
  await longDocument()
  const reread = await f.another().open(f.book.name)
  const byRow = (rows: Rows) => isShorterByRow(f.db.sql, reread, rows)
  expect(reread.entries.size).toBeGreaterThanOrEqual(ENTRIES)
  expect(await byRow({ first: 2, last: 21 })).toBe(true)
  // As many rows as there are entries: no time is lost with asking.
  expect(await byRow({ first: 2, last: 1 + 3 * ENTRIES })).toBe(false)
  // Many documents reach that far.
  await f.superuser`insert into document (created_at, head_seq, name)
    select 1, 30, 'panel:long-' || n from generate_series(1, ${ENTRIES}) as n`
  expect(await byRow({ first: 2, last: 21 })).toBe(false)
  expect(await byRow({ first: 31, last: 50 })).toBe(true)
  expect(await isShorterByRow(f.db.sql, f.book, { first: 2, last: 21 })).toBe(false)
})
