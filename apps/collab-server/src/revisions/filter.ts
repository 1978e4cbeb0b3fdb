/**
 * Which revisions of a document are asked for: by whom, of which entry, of which kind, when. Exact, newest first, as many as are wanted;
 * each way of asking goes by an index, so that a journal of a million rows is not searched.
 *
 *   an entry            its touches lie together in the order of revisions
 *   a person            so do the rows of each of their leases; what the server wrote for them is found among the few rows that are no edits
 *   another act         those few rows
 *   kinds of touches    a stretch of revisions at a time, and more of them where that was not enough
 */
import { ACTS } from '@consilium/contract/revisions'
import type { Sql } from '../db/open.ts'
import type { Book } from '../journal/book.ts'
import type { IdentityVault } from '../journal/sealing.ts'
import { revisionAt } from './instants.ts'
import { isShorterByRow, type Rows, touchesOf } from './touched.ts'
import { personOf } from './writer.ts'

/** What was done to an entry; or another act than an edit. */
export const KINDS = [
  'create',
  'change',
  'remove',
  'role',
  'phase',
  'name',
  'restore',
  'redact',
  'lease',
] as const
export type Kind = (typeof KINDS)[number]

export interface Filter {
  /** Public handle. */
  readonly author?: string | undefined
  /** Number of the entry, one for each root that has such a key. */
  readonly entries?: readonly number[] | undefined
  readonly kind?: Kind | undefined
  /** ms since 1970, both included. */
  readonly from?: number | undefined
  readonly to?: number | undefined
}

export interface Page {
  /** Only revisions below this number. */
  readonly before?: number | undefined
  readonly limit: number
}

/** Rows written under these leases, and rows that the server wrote for them. */
interface Hand {
  readonly leases: readonly number[]
  readonly served: readonly number[]
}

interface Asked {
  readonly sql: Sql
  readonly book: Book
  readonly first: number
  readonly last: number
  readonly limit: number
  readonly kind: Kind | undefined
  readonly by: Hand | null
}

/** Revisions looked through at first; each time there were too few among them, so many times more. */
const STRETCH = 2_000
const LONGER = 8
/** Rows that can be looked through one by one. */
const FEW = 5_000
const FEW_ENTRIES = 50

/** Numbers of revisions, newest first. */
export async function matching(
  sql: Sql,
  vault: IdentityVault,
  book: Book,
  { author, entries, kind, from, to }: Filter,
  { before, limit }: Page,
): Promise<number[]> {
  const head = book.head.seq
  const { doc } = book
  const first = from === undefined ? 1 : 1 + (await revisionAt(sql, doc, head, from - 1))
  const until = to === undefined ? head : await revisionAt(sql, doc, head, to)
  const last = Math.min(until, (before ?? head + 1) - 1)
  if (first > last) return []
  const by = author === undefined ? null : await handOf(sql, vault, book, author)
  const asked: Asked = { sql, book, first, last, limit, kind, by }
  if (entries || isTouch(kind)) {
    const only = await fewRows(asked, entries)
    // Those are theirs already.
    if (only) return touching({ ...asked, by: null }, { first, last, only, entries })
    return entries ? ofEntries(asked, entries) : ofTouches(asked)
  }
  if (kind) return ofAct(asked, kind)
  if (by) return ofHand(asked, by)
  return Array.from({ length: Math.min(limit, last - first + 1) }, (_, n) => last - n)
}

const isTouch = (kind: Kind | undefined): boolean =>
  kind === 'create' || kind === 'change' || kind === 'remove'

/** Of `touched`. The strongest of several kinds counts: what was created was also changed. */
function touchIs({ sql, kind }: Asked) {
  if (kind === 'remove') return sql`and touched.kind & 4 <> 0`
  if (kind === 'create') return sql`and touched.kind & 5 = 1`
  return kind === 'change' ? sql`and touched.kind & 5 = 0` : sql``
}

/** Of `touched`, which has a revision's number. */
const rowIs = ({ sql, book: { doc }, by }: Asked) =>
  by
    ? sql`and exists (select from revision r where r.doc = ${doc} and r.seq = touched.seq and ${isBy(sql, by)})`
    : sql``

const isBy = (sql: Sql, { leases, served }: Hand) =>
  sql`(r.lease = any(${list(leases)}::int[]) or r.seq = any(${list(served)}::bigint[]))`

const list = (numbers: readonly number[]): string => `{${numbers}}`

const seqs = async (rows: PromiseLike<readonly { seq: number }[]>): Promise<number[]> =>
  (await rows).map(({ seq }) => seq)

/** All rows of the person or act that is asked for, where they are few; null where they are not, or all are meant. */
async function fewRows(asked: Asked, entries: readonly number[] | undefined): Promise<number[] | null> {
  const { kind, by } = asked
  const some = { ...asked, limit: FEW + 1 }
  if (kind && !isTouch(kind)) return ofAct(some, kind)
  // The touches of a few entries are looked through in no time.
  if (!by || (entries && entries.length <= FEW_ENTRIES)) return null
  const rows = await ofHand(some, by)
  return rows.length <= FEW ? rows : null
}

const ofEntries = (asked: Asked, entries: readonly number[]): Promise<number[]> => {
  const { sql, first, last, limit } = asked
  return seqs(sql<{ seq: number }[]>`
    select distinct newest.seq from unnest(${list(entries)}::int[]) as e (id) cross join lateral (
      select touched.seq from touch touched
      where touched.entry = e.id and touched.seq between ${first} and ${last} ${touchIs(asked)} ${rowIs(asked)}
      order by touched.seq desc limit ${limit}
    ) as newest order by newest.seq desc limit ${limit}`)
}

async function ofTouches(asked: Asked): Promise<number[]> {
  const { first, limit } = asked
  const found: number[] = []
  for (let { last } = asked, length = STRETCH; last >= first && found.length < limit; length *= LONGER) {
    const begin = Math.max(first, last - length + 1)
    found.push(...(await touching({ ...asked, limit: limit - found.length }, { first: begin, last })))
    last = begin - 1
  }
  return found
}

async function touching(asked: Asked, rows: Rows): Promise<number[]> {
  const { sql, book, limit } = asked
  const byRow = await isShorterByRow(sql, book, rows)
  return seqs(sql<{ seq: number }[]>`
    select distinct seq from ${touchesOf(sql, book.doc, rows, byRow)} where true ${touchIs(asked)} ${rowIs(asked)}
    order by seq desc limit ${limit}`)
}

function ofAct({ sql, book: { doc }, first, last, limit, by }: Asked, kind: Kind): Promise<number[]> {
  if (kind === 'lease')
    return seqs(sql<{ seq: number }[]>`
      select seq from lease where doc = ${doc} and seq between ${first} and ${last}
      ${by ? sql`and id = any(${list(by.leases)}::int[])` : sql``} order by seq desc limit ${limit}`)
  // In the words of the partial index.
  return seqs(sql<{ seq: number }[]>`
    select seq from revision r where doc = ${doc} and seq between ${first} and ${last}
      and act not in (1, 2) and act = ${ACTS[kind as keyof typeof ACTS]} ${by ? sql`and ${isBy(sql, by)}` : sql``}
    order by seq desc limit ${limit}`)
}

/** Under one lease clocks rise with revisions; rows without clocks have an index of their own. */
async function ofHand({ sql, first, last, limit }: Asked, { leases, served }: Hand): Promise<number[]> {
  const written = await seqs(sql<{ seq: number }[]>`
    select rows.seq from unnest(${list(leases)}::int[]) as l (id) cross join lateral (
      (select seq from revision where lease = l.id and len > 0 and seq between ${first} and ${last} order by clock desc limit ${limit})
      union all
      (select seq from revision where lease = l.id and len = 0 and seq between ${first} and ${last} order by seq desc limit ${limit})
    ) as rows order by rows.seq desc limit ${limit}`)
  const others = served.filter((seq) => seq >= first && seq <= last)
  return [...written, ...others].sort((a, b) => b - a).slice(0, limit)
}

async function handOf(sql: Sql, vault: IdentityVault, book: Book, author: string): Promise<Hand> {
  const rows = await sql<{ seq: number; lease: number; act: number; words: Buffer }[]>`
    select seq, lease, act, bytes as words from revision where doc = ${book.doc} and act not in (1, 2) and lease = 0`
  const people = await Promise.all(rows.map((row) => personOf(vault, book, row)))
  return {
    leases: [...book.leases.byId.values()]
      .filter(({ identity }) => identity?.id === author)
      .map(({ id }) => id),
    served: rows.filter((_, n) => people[n]?.identity?.id === author).map(({ seq }) => seq),
  }
}
