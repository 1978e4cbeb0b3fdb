/**
 * Where an entry that one can see was written, of a document that is open: what stands in it is looked at where it is, and its rows are found
 * by the index of what each wrote, so that none of them is applied. Whoever points at something has its document open.
 */
import type * as Y from 'yjs'
import type { Sql } from '../db/open.ts'
import type { Book } from '../journal/book.ts'
import type { RowHead } from '../journal/rowPages.ts'
import { type Marks, marksAt, type Places, placesIn, type Written } from './marks.ts'
import type { NumberedEntry } from './past.ts'

/** A document in memory, and the last row that is in it. */
export interface OpenDocument {
  readonly ydoc: Y.Doc
  readonly upTo: number
}

/** What a row wrote under a lease, which need not be the one that the row itself was written under. */
interface Range {
  readonly lease: number
  readonly clock: number
  readonly end: number
  readonly head: RowHead
}

interface Answer {
  /** Last row that touched the entry. */
  readonly last: number
  readonly ranges: readonly [
    under: number,
    clock: number,
    len: number,
    seq: number,
    at: number,
    lease: number,
    role: number,
    act: number,
  ][]
}

/** Null where what is in memory is not what could be seen after row `at`. */
export async function openMarks(
  sql: Sql,
  { leases }: Pick<Book, 'leases'>,
  entry: NumberedEntry,
  at: number,
  { ydoc, upTo }: OpenDocument,
): Promise<{ readonly marks: Marks; readonly heads: readonly RowHead[] } | null> {
  const places = upTo < at ? null : placesIn(ydoc, entry)
  if (!places) return null
  const asked = writtenIn(places)
  const leaseOf = ({ client }: Written): number => leases.byClient.get(client)?.id ?? 0
  const list = (numbers: readonly number[]): string => `{${numbers.join()}}`
  const [answer] = await sql<[Answer]>`
    select coalesce((select max(seq) from touch where entry = ${entry.number}), 0)::int as last,
      coalesce((select json_agg(json_build_array(under, clock, len, seq, at, lease, role, act)) from (
        select distinct found.lease as under, found.clock, found.len, row.seq, row.at, row.lease, row.role, row.act
        from unnest(${list(asked.map(leaseOf))}::int[], ${list(asked.map(({ clock }) => clock))}::int[],
          ${list(asked.map(({ clock, length }) => clock + length))}::int[]) as asked (lease, first, behind)
        cross join lateral (${rangesFrom(sql, 'revision')} union all ${rangesFrom(sql, 'span')}) as found
        join revision as row on row.doc = found.doc and row.seq = found.seq
      ) as written), '[]') as ranges`
  if (answer.last > at) return null
  const known = new Ranges(
    answer.ranges.map(([under, clock, len, seq, at, lease, role, act]) => ({
      lease: under,
      clock,
      end: clock + len,
      head: { seq, at, lease, role, act },
    })),
  )
  const marks = marksAt(places, (written) => known.rowsOf(leaseOf(written), written))
  return known.missed ? null : { marks, heads: known.heads }
}

/** The last range that begins no later than what is asked for, and those that begin in it. */
const rangesFrom = (sql: Sql, table: 'revision' | 'span') => sql`
  (select doc, lease, clock, len, seq from ${sql(table)}
    where lease = asked.lease and len > 0 and clock <= asked.first order by clock desc limit 1)
  union all
  select doc, lease, clock, len, seq from ${sql(table)}
    where lease = asked.lease and len > 0 and clock > asked.first and clock < asked.behind`

const writtenIn = ({ fields, vertices, texts }: Places): Written[] => [
  ...[...fields, ...vertices].map(([, at]) => at),
  ...texts.flatMap(([, runs]) => runs),
]

class Ranges {
  readonly heads: RowHead[] = []
  /** Something was asked for that is in none. */
  missed = false
  readonly #byLease = new Map<number, { clock: number; end: number; row: number }[]>()

  constructor(ranges: readonly Range[]) {
    const rows = new Map<number, number>()
    for (const { lease, clock, end, head } of [...ranges].sort((a, b) => a.clock - b.clock)) {
      const row = rows.get(head.seq) ?? this.heads.push(head) - 1
      rows.set(head.seq, row)
      const known = this.#byLease.get(lease) ?? []
      this.#byLease.set(lease, known)
      known.push({ clock, end, row })
    }
  }

  rowsOf(lease: number, { clock, length }: Written): [row: number, length: number][] {
    const end = clock + length
    const pieces = (this.#byLease.get(lease) ?? [])
      .filter((range) => range.clock < end && range.end > clock)
      .map((range): [number, number] => [range.row, Math.min(end, range.end) - Math.max(clock, range.clock)])
    this.missed ||= pieces.reduce((sum, [, part]) => sum + part, 0) !== length
    return pieces
  }
}
