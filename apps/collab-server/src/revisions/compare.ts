/**
 * What differs between two revisions. Where few entries were touched in between they are made of their own rows alone; else the document
 * is opened at the earlier revision and led on to the later one.
 */
import type { Book } from '../journal/book.ts'
import { fieldBit, ROOT_CODES, rootOfCode } from '../journal/touch.ts'
import type { Directions } from './life.ts'
import type { PaintCanvas } from './painted.ts'
import { type NumberedEntry, type Past, rowsBetween, rowsTouching } from './past.ts'
import { isShorterByRow, touchesOf } from './touched.ts'

export interface Limits {
  readonly entries: number
  /** That touch them, from the beginning. */
  readonly rows: number
}
const FEW: Limits = { entries: 200, rows: 10_000 }

/** From revision `a` to revision `b`, which may be the earlier one: a list of EntryDifference as JSON. */
export async function compare(
  past: Past,
  { doc }: Pick<Book, 'doc'>,
  a: number,
  b: number,
  directions: Directions,
  few: Limits = FEW,
): Promise<Uint8Array> {
  const { sql, sound, travel } = past
  const [from, to] = a < b ? [a, b] : [b, a]
  const between = { doc, from, to }
  const backwards = a > b
  const entries = await touchedIn(past, between, few)
  return past.inTurn(async () => {
    if (entries) {
      const earlier = await rowsTouching(sql, entries, { doc, from: 0, to: from })
      const later = await rowsTouching(sql, entries, between)
      const rows = { earlier: earlier.pages, later: later.pages }
      return travel.ask({ asked: 'difference', entries, stored: null, ...rows, backwards, directions })
    }
    return sound({ doc, upTo: from }, async (stored) => {
      const { pages: later } = await rowsBetween(sql, between)
      return travel.ask({ asked: 'difference', entries, stored, earlier: [], later, backwards, directions })
    })
  })
}

/** What was painted from revision `a` to revision `b`: a list of PaintDifference as JSON. `canvasOf` is asked only where something was. */
export async function comparePainting(
  past: Past,
  book: Pick<Book, 'doc' | 'entries'>,
  a: number,
  b: number,
  canvasOf: (last: number) => Promise<PaintCanvas>,
): Promise<Uint8Array> {
  const { sql, sound, travel } = past
  const { doc } = book
  const [from, to] = a < b ? [a, b] : [b, a]
  const rows = { first: from + 1, last: to }
  const byRow = await isShorterByRow(sql, book, rows)
  const painted = await sql`
    select from ${touchesOf(sql, doc, rows, byRow)}
    where root = ${ROOT_CODES.annotations} and fields & ${fieldBit('annotations', 'voxels')} <> 0 limit 1`
  if (painted.length === 0) return Buffer.from('[]')
  const canvas = await canvasOf(to)
  return past.inTurn(() =>
    sound({ doc, upTo: from }, async (stored) => {
      const { pages: later } = await rowsBetween(sql, { doc, from, to })
      return travel.ask({ asked: 'painting', stored, later, backwards: a > b, canvas })
    }),
  )
}

/** Null where it is more than a few. */
async function touchedIn(
  { sql }: Past,
  { doc, from, to }: { readonly doc: number; readonly from: number; readonly to: number },
  few: Limits,
): Promise<readonly NumberedEntry[] | null> {
  const found = await sql<{ number: number; root: number; key: string; rows: number }[]>`
    select e.id as number, e.root, e.key,
      (select count(*)::int from touch t where t.entry = e.id and t.seq <= ${to}) as rows
    from entry e
    cross join lateral (
      select 1 from touch t where t.entry = e.id and t.seq > ${from} and t.seq <= ${to} limit 1
    ) as touched
    where e.doc = ${doc} order by e.id limit ${few.entries + 1}`
  const rows = found.reduce((sum, one) => sum + one.rows, 0)
  if (found.length > few.entries || rows > few.rows) return null
  return found.map(({ number, root, key }) => ({ number, root: rootOfCode(root), id: key }))
}
