/** The life of one entry: every revision that touched it, who made it, and what it made of it; newest first, a page at a time. */
import type { EntryHistory, EntryRevision } from '@consilium/contract/history'
import type { Book } from '../journal/book.ts'
import { updatesIn } from '../journal/pages.ts'
import type { RowHead } from '../journal/rowPages.ts'
import { type Directions, lifeIn } from './life.ts'
import { type NumberedEntry, type Past, rowsOf } from './past.ts'
import { personOf, writerOf } from './writer.ts'

/** Of rows: up to here (some 80) their life is told in 3 ms, which is no more than it takes to ask the worker. */
const HERE_BYTES = 6 * 1024

/** EntryHistory as JSON: put together from pieces, because the differences of a large shape are more than one turn can parse. */
export async function entryHistory(
  past: Past,
  book: Book,
  entry: NumberedEntry,
  { before = book.head.seq + 1, limit }: { before?: number | undefined; limit: number },
  directionsOf: () => Promise<Directions>,
  here: number = HERE_BYTES,
): Promise<Uint8Array<ArrayBuffer>> {
  const { rows, older, differences } = await past.inTurn(async () => {
    const [{ pages, heads }, directions] = await Promise.all([
      rowsOf(past.sql, entry, { doc: book.doc, to: before - 1 }),
      directionsOf(),
    ])
    const from = Math.max(0, heads.length - limit)
    return {
      rows: heads.slice(from),
      older: from,
      differences: await lifeOf(past, entry, pages, from, directions, here),
    }
  })
  const items = await Promise.all(rows.map((row, n) => told(past, book, row, differences[n])))
  return joined(items.reverse(), older > 0 ? (rows[0]?.seq ?? null) : null)
}

async function lifeOf(
  { travel }: Past,
  entry: NumberedEntry,
  pages: readonly Uint8Array[],
  from: number,
  directions: Directions,
  here: number,
): Promise<Uint8Array[]> {
  const bytes = pages.reduce((sum, { byteLength }) => sum + byteLength, 0)
  if (bytes <= here) return lifeIn(updatesIn(pages), entry, from, directions)
  return [...updatesIn([await travel.ask({ asked: 'life', entry, rows: pages, from, directions })])]
}

async function told(
  { vault }: Past,
  book: Book,
  row: RowHead,
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
