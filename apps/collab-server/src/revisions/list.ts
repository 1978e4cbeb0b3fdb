/** The revisions of a document, newest first, a page at a time; and who stands behind each of its clientIDs. */
import { ACTS, type Authors, type Revision, type Revisions } from '@consilium/contract/revisions'
import type { Sql } from '../db/open.ts'
import type { Book } from '../journal/book.ts'
import type { RowHeader } from '../journal/chain.ts'
import { decodePhase, decodeRole } from '../journal/rows.ts'
import type { IdentityVault, SealedIdentity } from '../journal/sealing.ts'
import { rootOfCode, type Touch } from '../journal/touch.ts'
import { authorOf, revisionOf } from './revision.ts'

type Stored = Omit<RowHeader, 'doc'> & {
  readonly hash: Buffer
  readonly size: number
  /** What a change of a role or a phase says. */
  readonly words: Buffer | null
}

/** `before`: sequence number to begin below; absent: at the head. */
export async function listRevisions(
  sql: Sql,
  vault: IdentityVault,
  book: Book,
  page: { before?: number | undefined; limit: number },
): Promise<Revisions> {
  const before = page.before ?? Number.MAX_SAFE_INTEGER
  // What edits contain is not needed here; what roles and phases say is.
  const rows = await sql<Stored[]>`
    select seq, at, said, lease, clock, len, act, role, hash, octet_length(bytes) as size,
           case when act in (${ACTS.role}, ${ACTS.phase}) then bytes end as words
    from revision where doc = ${book.doc} and seq < ${before} order by seq desc limit ${page.limit}`
  const last = rows.at(-1)
  const touches = last ? await touchesBetween(sql, book.doc, last.seq, before) : new Map<number, Touch[]>()
  const items = await Promise.all(rows.map((row) => shown(vault, book, row, touches.get(row.seq) ?? [])))
  return { head: book.head.seq, items, next: last && last.seq > 1 ? last.seq : null }
}

async function touchesBetween(
  sql: Sql,
  doc: number,
  from: number,
  before: number,
): Promise<Map<number, Touch[]>> {
  const rows = await sql<{ seq: number; kind: number; fields: number; root: number; key: string }[]>`
    select t.seq, t.kind, t.fields, e.root, e.key from touch t join entry e on e.id = t.entry
    where e.doc = ${doc} and t.seq >= ${from} and t.seq < ${before} order by t.seq, e.id`
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
  const lease = book.leases.byId.get(row.lease)
  const by = lease
    ? { person: lease.person, identity: lease.identity, session: lease.session }
    : await changedBy(vault, book.doc, row)
  return revisionOf({ ...row, ...by, byteLength: row.size, touched })
}

/** Rows under lease 0: the server wrote them for somebody, or for nobody. */
async function changedBy(
  vault: IdentityVault,
  doc: number,
  { act, words }: Stored,
): Promise<{ person: number; identity: SealedIdentity | null; session: string }> {
  if (!words) return { person: 0, identity: null, session: '' }
  const { by, sealed } = act === ACTS.role ? decodeRole(words) : decodePhase(words)
  const identity = by === 0 ? null : await vault.open(doc, by, sealed)
  return { person: by, identity, session: identity?.session ?? '' }
}

export const authorsOf = (book: Book): Authors => ({
  clients: [...book.leases.byClient.values()].map(({ client, person, role, identity }) => ({
    client,
    author: authorOf(person, identity),
    role,
  })),
})
