/**
 * Pages are witnesses: each keeps the newest row that was acknowledged to it and shows it on return. A journal that does not hold that
 * row any more was restored from an old backup, or cut.
 */
import type { Sql } from '../db/open.ts'
import type { Book } from './book.ts'

export async function hasRow(
  sql: Sql,
  book: Book,
  row: { readonly seq: number; readonly hash: string },
): Promise<boolean> {
  if (row.seq > book.head.seq) return false
  if (row.seq === book.head.seq) return Buffer.from(book.head.hash).toString('hex') === row.hash
  const [stored] = await sql<
    { hash: string }[]
  >`select encode(hash, 'hex') as hash from revision where doc = ${book.doc} and seq = ${row.seq}`
  return stored?.hash === row.hash
}
