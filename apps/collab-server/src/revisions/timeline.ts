/** Many revisions in little room, oldest first: one column per thing that is told of them. */
import type { Timeline, Writer } from '@consilium/contract/history'
import { TIMELINE_ROWS } from '@consilium/contract/rows'
import type { Sql } from '../db/open.ts'
import type { Book } from '../journal/book.ts'
import type { IdentityVault } from '../journal/sealing.ts'
import { rootOfCode } from '../journal/touch.ts'
import { isShorterByRow, touchesOf } from './touched.ts'
import { type Person, personOf, writerOf } from './writer.ts'

/** Rows after `from`. */
export async function timelineOf(
  sql: Sql,
  vault: IdentityVault,
  book: Book,
  from: number,
): Promise<Timeline> {
  const head = book.head.seq
  const last = Math.min(from + TIMELINE_ROWS, head)
  // Columns come as JSON: to read one array is much less work than to read thousands of rows.
  const [rows] = await sql<{ at: number[]; lease: number[]; act: number[]; role: number[] }[]>`
    select coalesce(json_agg(at order by seq), '[]') as at, coalesce(json_agg(lease order by seq), '[]') as lease,
      coalesce(json_agg(act order by seq), '[]') as act, coalesce(json_agg(role order by seq), '[]') as role
    from revision where doc = ${book.doc} and seq > ${from}::bigint and seq <= ${last}`
  const { at, lease, act, role } = rows ?? { at: [], lease: [], act: [], role: [] }
  const served = await servedFor(sql, vault, book, from, last)
  const writers = new Numbered<Writer>()
  const by = lease.map((id, n) => {
    const person = book.leases.byId.get(id) ?? served.get(from + 1 + n)
    return writers.number(`${id === 0 ? `person ${person?.person}` : id} ${role[n]}`, () =>
      writerOf(person ?? { person: 0, identity: null, session: '' }, role[n] ?? 0),
    )
  })
  return {
    head,
    from,
    at: at.map((ms, n) => ms - (at[n - 1] ?? 0)),
    by,
    act,
    ...(await touchedIn(sql, book, from, last)),
    writers: writers.values,
    next: last < head ? last : null,
  }
}

/** For whom the server wrote, by row. */
async function servedFor(
  sql: Sql,
  vault: IdentityVault,
  book: Book,
  from: number,
  last: number,
): Promise<Map<number, Person>> {
  const rows = await sql<{ seq: number; lease: number; act: number; words: Buffer }[]>`
    select seq, lease, act, bytes as words from revision
    where doc = ${book.doc} and seq > ${from}::bigint and seq <= ${last} and act not in (1, 2) and lease = 0`
  return new Map(
    await Promise.all(rows.map(async (row) => [row.seq, await personOf(vault, book, row)] as const)),
  )
}

async function touchedIn(
  sql: Sql,
  book: Book,
  from: number,
  last: number,
): Promise<Pick<Timeline, 'touched' | 'entries'>> {
  const rows = { first: from + 1, last }
  const byRow = await isShorterByRow(sql, book, rows)
  const [found] = await sql<{ touched: Timeline['touched'] }[]>`
    select coalesce(json_agg(json_build_array(seq - ${from + 1}::bigint, entry, kind, fields) order by seq, entry), '[]') as touched
    from ${touchesOf(sql, book.doc, rows, byRow)}`
  const entries = new Numbered<number>()
  const touched = (found?.touched ?? []).map(([row, entry, kind, fields]): Timeline['touched'][number] => [
    row,
    entries.number(String(entry), () => entry),
    kind,
    fields,
  ])
  const named = await sql<{ id: number; root: number; key: string }[]>`
    select id, root, key from entry where id = any(${`{${entries.values}}`}::int[])`
  const byId = new Map(named.map(({ id, root, key }) => [id, { root: rootOfCode(root), id: key }]))
  return { touched, entries: entries.values.map((id) => byId.get(id) as Timeline['entries'][number]) }
}

/** Things in the order in which they first came, each once. */
class Numbered<T> {
  readonly values: T[] = []
  readonly #numbers = new Map<string, number>()

  number(key: string, make: () => T): number {
    const known = this.#numbers.get(key)
    if (known !== undefined) return known
    const made = this.values.push(make()) - 1
    this.#numbers.set(key, made)
    return made
  }
}
