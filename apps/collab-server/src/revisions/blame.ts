/**
 * Who made what one sees of an entry, for every field, vertex and character. Where each part was written is found in the worker, in the
 * rows that touch the entry; who wrote a row is read with it, so that nothing is asked twice.
 */
import type { Blame, Credit } from '@consilium/contract/history'
import type { Book } from '../journal/book.ts'
import type { RowHead } from '../journal/rowPages.ts'
import type { Mark, MarkedRun, Marks } from './marks.ts'
import { type NumberedEntry, type Past, rowsOf } from './past.ts'
import { personOf, writerOf } from './writer.ts'

/** Null where the entry is not there at that revision. */
export async function blame(past: Past, book: Book, entry: NumberedEntry, at: number): Promise<Blame | null> {
  const { answer, heads } = await past.inTurn(async () => {
    const { pages, heads } = await rowsOf(past.sql, entry, { doc: book.doc, to: at })
    return { heads, answer: await past.travel.ask({ asked: 'marks', entry, rows: pages }) }
  })
  const marks: Marks | null = JSON.parse(Buffer.from(answer).toString())
  if (!marks) return null
  const credits = await creditsOf(past, book, heads, marks)
  const creditFor = ([name, row]: Mark): [string, Credit] => [name, credits.get(row) as Credit]
  const runFor = ([row, length]: MarkedRun) => ({ ...(credits.get(row) as Credit), length })
  return {
    fields: Object.fromEntries(marks.fields.map(creditFor)),
    vertices: Object.fromEntries(marks.vertices.map(creditFor)),
    texts: Object.fromEntries(marks.texts.map(([field, runs]) => [field, runs.map(runFor)])),
  }
}

/** Of the rows in which something was written that one sees. */
async function creditsOf(
  { vault }: Past,
  book: Book,
  heads: readonly RowHead[],
  { fields, vertices, texts }: Marks,
): Promise<ReadonlyMap<number, Credit>> {
  const rows = [
    ...[...fields, ...vertices].map(([, row]) => row),
    ...texts.flatMap(([, runs]) => runs.map(([row]) => row)),
  ]
  const credits = new Map<number, Credit>()
  for (const row of new Set(rows)) {
    const head = heads[row]
    if (!head) throw new Error('something in the document was written in no row')
    const { seq, at, lease, act, role } = head
    const person = await personOf(vault, book, { lease, act, words: null })
    credits.set(row, { seq, at, writer: writerOf(person, role) })
  }
  return credits
}
