/**
 * Which annotations have or had a label. No table says so: labels are read from the rows that wrote one, once, and remembered for as long
 * as anybody has the document's book. A label that was written over names the one it replaced (`origin`), and the first one of an
 * annotation names the annotation (`parent`), so that no document is needed.
 */
import * as Y from 'yjs'
import { Breather } from '../breather.ts'
import type { Sql } from '../db/open.ts'
import { type Book, entryId } from '../journal/book.ts'
import { fieldBit, ROOT_CODES } from '../journal/touch.ts'
import { updateIn } from '../journal/update.ts'
import { isShorterByRow, touchesOf } from './touched.ts'

interface Known {
  /** Everything up to this row is read. */
  seq: number
  /** Numbers of entries by label. */
  readonly entries: Map<string, Set<number>>
  /** Items that are an annotation or a label of one (`client:clock`), and its number. */
  readonly items: Map<string, number>
  reading: Promise<unknown>
}

const books = new WeakMap<Book, Known>()
const ROWS_AT_ONCE = 500
/** A value that was replaced within its own row is gone; a run of such is short. */
const LONGEST_RUN = 1_000

/** Numbers of the annotations that have this label now, or had it once. */
export async function everLabelled(sql: Sql, book: Book, label: string): Promise<number[]> {
  const known = books.get(book) ?? {
    seq: 0,
    entries: new Map(),
    items: new Map(),
    reading: Promise.resolve(),
  }
  books.set(book, known)
  const head = book.head.seq
  // One after the other: each goes on where the last one ended.
  const reading = known.reading.then(() => readUpTo(sql, book, known, head))
  known.reading = reading.catch(() => undefined) // told to whoever asked
  await reading
  return [...(known.entries.get(label) ?? [])]
}

async function readUpTo(sql: Sql, book: Book, known: Known, head: number): Promise<void> {
  if (known.seq >= head) return
  const breather = new Breather()
  const wrote = await rowsThatWroteOne(sql, book, known.seq, head)
  for (let at = 0; at < wrote.length; at += ROWS_AT_ONCE) {
    const rows = await sql<{ seq: number; update: Buffer }[]>`
      select seq, ${updateIn(sql)} as update from revision
      where doc = ${book.doc} and seq = any(${`{${wrote.slice(at, at + ROWS_AT_ONCE)}}`}::bigint[]) order by seq`
    for (const { seq, update } of rows) {
      for (const struct of Y.decodeUpdate(update).structs)
        if (struct instanceof Y.Item) read(book, known, struct)
      known.seq = seq
      await breather.take()
    }
  }
  known.seq = head
}

/** In order: numbers of the rows after `from` in which an annotation got a label. */
async function rowsThatWroteOne(sql: Sql, book: Book, from: number, head: number): Promise<number[]> {
  const rows = { first: from + 1, last: head }
  const byRow = await isShorterByRow(sql, book, rows)
  const found = await sql<{ seq: number }[]>`
    select distinct seq from ${touchesOf(sql, book.doc, rows, byRow)}
    where root = ${ROOT_CODES.annotations} and fields & ${fieldBit('annotations', 'label')} <> 0 order by seq`
  return found.map(({ seq }) => seq)
}

function read(book: Book, { entries, items }: Known, item: Y.Item): void {
  const { parent, parentSub, origin, id, length, content } = item
  // What it hangs on: an annotation, or the label it replaces.
  let number: number | undefined
  if ((parent as unknown) === 'annotations' && parentSub !== null)
    number = book.entries.get(entryId('annotations', parentSub))
  else if (parentSub === 'label' && parent instanceof Y.ID)
    number = items.get(nameOf(parent.client, parent.clock))
  else if (origin) number = items.get(nameOf(origin.client, origin.clock))
  if (number === undefined) return
  for (let n = 0; n < Math.min(length, LONGEST_RUN); n++) items.set(nameOf(id.client, id.clock + n), number)
  if (!(content instanceof Y.ContentAny)) return
  for (const value of content.arr) {
    if (typeof value !== 'string') continue
    const labelled = entries.get(value) ?? new Set()
    entries.set(value, labelled.add(number))
  }
}

const nameOf = (client: number, clock: number): string => `${client}:${clock}`
