/** What looking into the past takes: the rows, who wrote them, and a worker to ask. Few look at a time, for each holds its rows in memory. */
import type { Fragment } from 'postgres'
import type { Sql } from '../db/open.ts'
import type { Moments } from '../journal/moments.ts'
import { type HeadedPages, type RowPages, readHeadedPages, readPages } from '../journal/rowPages.ts'
import type { IdentityVault } from '../journal/sealing.ts'
import { changes, updateIn } from '../journal/update.ts'
import { Turnstile } from '../turnstile.ts'
import type { EntryName } from './questions.ts'
import type { Travel } from './travel.ts'

export interface Past {
  readonly sql: Sql
  readonly vault: IdentityVault
  readonly travel: Pick<Travel, 'ask'>
  readonly sound: Moments['sound']
  /** Whatever holds rows in memory begins with this. */
  inTurn<T>(work: () => Promise<T>): Promise<T>
}

/** An entry, and its number in the database. */
export interface NumberedEntry extends EntryName {
  readonly number: number
}

const AT_ONCE = 3

export function createPast(parts: Omit<Past, 'inTurn'>): Past {
  const turnstile = new Turnstile(AT_ONCE)
  return { ...parts, inTurn: (work) => turnstile.pass(work) }
}

/** Rows of a document after `from`, up to and with `to`, which may lie beyond the last. */
interface Stretch {
  readonly doc: number
  readonly from: number
  readonly to: number
}

export const rowsBetween = (sql: Sql, { doc, from, to }: Stretch): Promise<RowPages> =>
  readPages(sql, changesIn(sql, doc, sql`seq > ${from} and seq <= ${to}::bigint`))

/** Each once, in order. */
export function rowsTouching(
  sql: Sql,
  entries: readonly NumberedEntry[],
  { doc, from, to }: Stretch,
): Promise<RowPages> {
  const numbers = `{${entries.map(({ number }) => number).join()}}`
  // As an array, whatever the planner believes of how many there are: each is one look into the index.
  const touching = sql`seq = any(array(
    select seq from touch where entry = any(${numbers}::int[]) and seq > ${from} and seq <= ${to}))`
  return readPages(sql, changesIn(sql, doc, touching))
}

/** All that touch one entry up to `to`, and who made them: in one question, for it takes longer to ask than to find them. */
export const rowsOf = (
  sql: Sql,
  { number }: NumberedEntry,
  { doc, to }: Omit<Stretch, 'from'>,
): Promise<HeadedPages> => {
  const touching = sql`seq = any(array(select seq from touch where entry = ${number} and seq <= ${to}))`
  return readHeadedPages(
    sql,
    sql`select seq, at, lease, role, act, ${updateIn(sql)} as update from revision
        where doc = ${doc} and ${touching} and ${changes(sql)}`,
  )
}

const changesIn = (sql: Sql, doc: number, which: Fragment): Fragment =>
  sql`select seq, ${updateIn(sql)} as update from revision where doc = ${doc} and ${which} and ${changes(sql)}`
