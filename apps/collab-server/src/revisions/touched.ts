/**
 * What rows of a document touched. The table of touches knows nothing of documents, so there are two ways to them: entry by entry (the
 * touches of one lie together in the order of revisions), or row by row, among those of every other document that is as long. The one
 * with less to look through is taken. Questions are written so that the planner cannot choose: it plans them once for documents of all
 * sizes, and of a document with 10,000 entries it went through every touch for a hundred rows.
 */
import type { Sql } from '../db/open.ts'
import type { Book } from '../journal/book.ts'

export interface Rows {
  readonly first: number
  readonly last: number
  /** Of these only; else all from the first to the last. */
  readonly only?: readonly number[] | undefined
  /** What they did to these alone, by number; else to whatever the document has. */
  readonly entries?: readonly number[] | undefined
}

/** Fewer are looked through sooner than it is asked how long other documents are. */
const FEW_ENTRIES = 500
/** Entries that are looked through in the time of one row with what it touched. */
const ENTRIES_A_ROW = 0.5

/** Whether it is less work to go row by row. */
export async function isShorterByRow(
  sql: Sql,
  book: Pick<Book, 'entries'>,
  { first, last, only, entries }: Rows,
): Promise<boolean> {
  const stretch = last - first + 1
  const count = only?.length ?? stretch
  // Entry by entry one also comes by the rows in between.
  const effort = (entries?.length ?? book.entries.size) + (stretch - count) * ENTRIES_A_ROW
  if (count === 0 || effort <= FEW_ENTRIES) return false
  const most = Math.floor(effort / ENTRIES_A_ROW / count)
  if (most < 1) return false
  const [found] = await sql<{ documents: number }[]>`
    select count(*)::int as documents from (select from document where head_seq >= ${first} limit ${most + 1}) as long`
  return (found?.documents ?? 0) <= most
}

/** To be selected from: `seq`, `kind`, `fields`, `entry` with its `root` and `key`, in no order. */
export function touchesOf(sql: Sql, doc: number, { first, last, only, entries }: Rows, byRow: boolean) {
  const inStretch = sql`seq between ${first}::bigint and ${last}::bigint`
  const ofRows = only ? sql`and t.seq = any(${`{${only}}`}::bigint[])` : sql``
  const ofThese = entries ? sql`and e.id = any(${`{${entries}}`}::int[])` : sql``
  // `offset 0`: looked up as it stands, whatever seems cheaper. A list of rows is looked up once, never once for each entry.
  return byRow
    ? sql`(select t.seq, t.kind, t.fields, t.entry, e.root, e.key
        from (select * from touch t where ${inStretch} ${ofRows} offset 0) as t
        cross join lateral (select id, root, key from entry where id = t.entry and doc = ${doc} offset 0) as e
        where true ${ofThese}) as touched`
    : sql`(select t.seq, t.kind, t.fields, t.entry, e.root, e.key from entry e
        cross join lateral (select * from touch where entry = e.id and ${inStretch} offset 0) as t
        where e.doc = ${doc} ${ofThese} ${ofRows}) as touched`
}
