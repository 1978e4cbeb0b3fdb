/** The life of one entry: every revision that touched it, who made it, and what it made of it; newest first, a page at a time. */
import type { EntryHistory, EntryRevision } from '@consilium/contract/history'
import type { Book } from '../journal/book.ts'
import { updatesIn } from '../journal/pages.ts'
import { type NumberedEntry, type Past, rowsTouching } from './past.ts'
import type { Directions } from './questions.ts'
import { personOf, writerOf } from './writer.ts'

interface Row {
  readonly seq: number
  readonly at: number
  readonly lease: number
  readonly role: number
  readonly act: number
}

/** EntryHistory as JSON: put together from pieces, because the differences of a large shape are more than one turn can parse. */
export async function entryHistory(
  past: Past,
  book: Book,
  entry: NumberedEntry,
  { before = Number.MAX_SAFE_INTEGER, limit }: { before?: number | undefined; limit: number },
  directions: Directions,
): Promise<Uint8Array<ArrayBuffer>> {
  const { sql } = past
  const rows = await sql<Row[]>`
    select t.seq, r.at, r.lease, r.role, r.act
    from touch t join revision r on r.doc = ${book.doc} and r.seq = t.seq
    where t.entry = ${entry.number} and t.seq < ${before} order by t.seq desc limit ${limit + 1}`
  const shown = rows.slice(0, limit)
  const next = rows.length > limit ? (shown.at(-1)?.seq ?? null) : null
  const differences = await differencesOf(past, book, entry, shown, directions)
  const items = await Promise.all(shown.map((row, n) => told(past, book, row, differences[n])))
  return joined(items, next)
}

/** In the order of the rows, each as JSON. */
async function differencesOf(
  { sql, travel, inTurn }: Past,
  { doc }: Book,
  entry: NumberedEntry,
  shown: readonly Row[],
  directions: Directions,
): Promise<Uint8Array[]> {
  const newest = shown[0]
  if (!newest) return []
  const answer = await inTurn(async () => {
    const life = await rowsTouching(sql, [entry], { doc, from: 0, to: newest.seq })
    const from = life.rows - shown.length
    return travel.ask({ asked: 'life', entry, rows: life.pages, from, directions })
  })
  return [...updatesIn([answer])].reverse()
}

async function told(
  { vault }: Past,
  book: Book,
  row: Row,
  difference: Uint8Array | undefined,
): Promise<Uint8Array[]> {
  const person = await personOf(vault, book, { ...row, words: null })
  const head = {
    seq: row.seq,
    at: row.at,
    writer: writerOf(person, row.role),
  } satisfies Omit<EntryRevision, 'difference'>
  if (!difference) throw new Error(`revision ${row.seq} has no difference`)
  return [Buffer.from(`${JSON.stringify(head).slice(0, -1)},"difference":`), difference, Buffer.from('}')]
}

function joined(items: readonly Uint8Array[][], next: EntryHistory['next']): Uint8Array<ArrayBuffer> {
  const comma = Buffer.from(',')
  const list = items.flatMap((item, n) => (n === 0 ? item : [comma, ...item]))
  return Buffer.concat([Buffer.from('{"items":['), ...list, Buffer.from(`],"next":${next}}`)])
}
