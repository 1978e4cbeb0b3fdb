/** The revisions of a document, newest first, a page at a time; and who stands behind each of its clientIDs. */
import type { Authors, Revision, Revisions } from '@consilium/contract/revisions'
import type { Sql } from '../db/open.ts'
import type { Book } from '../journal/book.ts'
import type { RowHeader } from '../journal/chain.ts'
import type { IdentityVault } from '../journal/sealing.ts'
import { rootOfCode, type Touch } from '../journal/touch.ts'
import { type Filter, matching, type Page } from './filter.ts'
import { authorOf, revisionOf } from './revision.ts'
import { isShorterByRow, touchesOf } from './touched.ts'
import { gaveOf, momentOf, personOf, reasonOf, wordsIn } from './writer.ts'

type Stored = Omit<RowHeader, 'doc'> & {
  readonly hash: Buffer
  readonly size: number
  /** What it says beside a change of the document. */
  readonly words: Buffer | null
}

export async function listRevisions(
  sql: Sql,
  vault: IdentityVault,
  book: Book,
  page: Page,
  filter: Filter = {},
): Promise<Revisions> {
  const wanted = await matching(sql, vault, book, filter, page)
  const rows = await sql<Stored[]>`
    select seq, at, said, lease, clock, len, act, role, hash, octet_length(bytes) as size,
           ${wordsIn(sql)} as words
    from revision where doc = ${book.doc} and seq = any(${`{${wanted}}`}::bigint[]) order by seq desc`
  const last = wanted.at(-1)
  const touches = await touchesBySeq(sql, book, wanted)
  const items = await Promise.all(rows.map((row) => shown(vault, book, row, touches.get(row.seq) ?? [])))
  return { head: book.head.seq, items, next: last && last > 1 && wanted.length === page.limit ? last : null }
}

/** `seqs`: newest first. */
async function touchesBySeq(sql: Sql, book: Book, seqs: readonly number[]): Promise<Map<number, Touch[]>> {
  const [last, first] = [seqs[0], seqs.at(-1)]
  if (last === undefined || first === undefined) return new Map()
  const wanted = { first, last, only: seqs }
  const byRow = await isShorterByRow(sql, book, wanted)
  const rows = await sql<{ seq: number; kind: number; fields: number; root: number; key: string }[]>`
    select seq, kind, fields, root, key from ${touchesOf(sql, book.doc, wanted, byRow)} order by seq, entry`
  const bySeq = new Map<number, Touch[]>()
  for (const { seq, kind, fields, root, key } of rows) {
    const list = bySeq.get(seq) ?? []
    bySeq.set(seq, list)
    list.push({ root: rootOfCode(root), entry: key, kind, fields })
  }
  return bySeq
}

async function shown(
  vault: IdentityVault,
  book: Book,
  row: Stored,
  touched: readonly Touch[],
): Promise<Revision> {
  const { person, identity, session } = await personOf(vault, book, row)
  return revisionOf({
    ...row,
    person,
    identity,
    session,
    byteLength: row.size,
    touched,
    moment: momentOf(row),
    gave: gaveOf(book, row),
    reason: await reasonOf(vault, book, person, row),
  })
}

export const authorsOf = (book: Book): Authors => ({
  clients: [...book.leases.byClient.values()].map(({ client, person, role, identity }) => ({
    client,
    author: authorOf(person, identity),
    role,
  })),
})
