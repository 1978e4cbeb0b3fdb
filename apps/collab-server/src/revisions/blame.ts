/**
 * Who made what one sees of an entry, for every field, vertex and character. Where each part was written is found in the document while it
 * is open, else in the rows that touch the entry, many of them in the worker; who wrote a row is read with it, so that nothing is asked twice.
 */
import type { Blame, Credit } from '@consilium/contract/history'
import type { Book } from '../journal/book.ts'
import { updatesIn } from '../journal/pages.ts'
import type { RowHead } from '../journal/rowPages.ts'
import { type Mark, type MarkedRun, type Marks, marksIn } from './marks.ts'
import { type OpenDocument, openMarks } from './openBlame.ts'
import { type NumberedEntry, type Past, rowsOf } from './past.ts'
import { personOf, writerOf } from './writer.ts'

/** Of rows: up to here they are applied in some 2 ms, which is no more than it takes to ask the worker. */
const HERE_BYTES = 16 * 1024

interface Asking {
  readonly open?: OpenDocument | null
  readonly here?: number | undefined
  readonly awaited?: number | undefined
}

/**
 * Null where the entry is not there at that revision. `open`: the document, where somebody has it open. `here`: up to so many bytes of rows
 * the worker is not asked. `awaited`: see openMarks.
 */
export async function blame(
  past: Past,
  book: Book,
  entry: NumberedEntry,
  at: number,
  { open = null, here = HERE_BYTES, awaited }: Asking = {},
): Promise<Blame | null> {
  const standing = open && (await openMarks(past.sql, book, entry, at, open, awaited))
  const { marks, heads } =
    standing ??
    (await past.inTurn(async () => {
      const { pages, heads } = await rowsOf(past.sql, entry, { doc: book.doc, to: at })
      return { heads, marks: await marksOf(past, entry, pages, here) }
    }))
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

async function marksOf(
  { travel }: Past,
  entry: NumberedEntry,
  pages: readonly Uint8Array[],
  here: number,
): Promise<Marks | null> {
  const bytes = pages.reduce((sum, { byteLength }) => sum + byteLength, 0)
  if (bytes <= here) return marksIn(updatesIn(pages), entry)
  const answer = await travel.ask({ asked: 'marks', entry, rows: pages })
  return JSON.parse(Buffer.from(answer).toString())
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
