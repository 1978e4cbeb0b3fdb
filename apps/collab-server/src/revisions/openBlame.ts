/**
 * Where an entry that one can see was written, of a document that is open: what stands in it is looked at where it is, and its rows are found
 * in the index of what each wrote, so that none of them is read or applied. Whoever points at something has its document open.
 */
import type * as Y from 'yjs'
import type { Sql } from '../db/open.ts'
import type { Book } from '../journal/book.ts'
import type { RowHead } from '../journal/rowPages.ts'
import { type BlameIndex, indexOf, STRETCH } from './blameIndex.ts'
import { type MarkedRun, type Marks, marksAt, placesIn, type Written } from './marks.ts'
import type { NumberedEntry } from './past.ts'

/** A document in memory, and the last row that is in it. */
export interface OpenDocument {
  readonly ydoc: Y.Doc
  readonly upTo: number
}

/**
 * Null where what is in memory is not what could be seen after row `at`, and while it is not known yet who wrote it: up to so many rows
 * (`awaited`) are read at once, of more the asker does not wait for the reading.
 */
export async function openMarks(
  sql: Sql,
  book: Book,
  entry: NumberedEntry,
  at: number,
  { ydoc, upTo }: OpenDocument,
  awaited = STRETCH,
): Promise<{ readonly marks: Marks; readonly heads: readonly RowHead[] } | null> {
  // Now: it changes while anything is waited for.
  const places = upTo < at ? null : placesIn(ydoc, entry)
  if (!places || !(await isKnown(sql, book, upTo, awaited)) || (await isTouched(sql, entry, at, upTo)))
    return null
  const rows = new Rows(indexOf(book))
  const marks = marksAt(places, (written) => rows.of(written))
  return rows.missed ? null : { marks, heads: rows.heads }
}

/** Of a long document it takes a while at first, and nobody waits for it. */
async function isKnown(sql: Sql, book: Book, upTo: number, awaited: number): Promise<boolean> {
  const index = indexOf(book)
  const isLong = upTo - index.upTo > awaited
  const growing = index.growTo(sql, book, upTo)
  if (isLong)
    growing.catch(() => undefined) // tried again with the next question
  else await growing
  return !isLong
}

async function isTouched(sql: Sql, { number }: NumberedEntry, from: number, to: number): Promise<boolean> {
  if (from === to) return false
  const touches =
    await sql`select 1 from touch where entry = ${number} and seq > ${from} and seq <= ${to} limit 1`
  return touches.length > 0
}

/** Those in which something was written that is asked for, each once. */
class Rows {
  readonly heads: RowHead[] = []
  /** Something was asked for that nobody wrote. */
  missed = false
  readonly #index: BlameIndex
  readonly #bySeq = new Map<number, number>()

  constructor(index: BlameIndex) {
    this.#index = index
  }

  of({ client, clock, length }: Written): MarkedRun[] {
    const pieces: MarkedRun[] = []
    let found = 0
    for (const range of this.#index.rangesIn(client, clock, length)) {
      pieces.push([this.#rowOf(range.head), range.length])
      found += range.length
    }
    this.missed ||= found !== length
    return pieces
  }

  #rowOf(head: RowHead): number {
    const row = this.#bySeq.get(head.seq) ?? this.heads.push(head) - 1
    this.#bySeq.set(head.seq, row)
    return row
  }
}
