/** The rows that hold the words of one field, and what is left of each without them. Works on rows; writes nothing. */
import { ACTS } from '@consilium/contract/revisions'
import type { Sql } from '../db/open.ts'
import { hashOfBytes } from '../journal/chain.ts'
import { pageOf, updatesIn } from '../journal/pages.ts'
import type { Left } from '../journal/rows.ts'
import { changes, updateOf, withUpdate } from '../journal/update.ts'
import type { EntryName } from './questions.ts'
import type { Travel } from './travel.ts'

export interface Field extends EntryName {
  /** Of the entry, in the database. */
  readonly number: number
  readonly field: string
}

/** A row as it is to be. */
export interface LeftRow extends Left {
  readonly bytes: Uint8Array
}

export interface TakenOut {
  /** Takes the words out of the document as it is now; without structs and deletions where none are there. */
  readonly update: Uint8Array
  readonly rows: readonly LeftRow[]
}

/** Of rows up to and with `upTo`. `client`: a clientID that nobody else writes under. */
export async function takenOut(
  sql: Sql,
  travel: Pick<Travel, 'ask'>,
  doc: number,
  { number, field, root, id }: Field,
  upTo: number,
  client: number,
): Promise<TakenOut> {
  const rows = await sql<{ seq: number; act: number; bytes: Buffer }[]>`
    select seq, act, bytes from revision
    where doc = ${doc} and seq = any(array(select seq from touch where entry = ${number} and seq <= ${upTo})) and ${changes(sql)}
    order by seq`
  const updates = pageOf(rows.map((row) => updateOf(row) as Uint8Array))
  const entry = { root, id }
  const answer = await travel.ask({ asked: 'taken out', entry, field, rows: [updates], client })
  const [update = new Uint8Array(), ...left] = updatesIn([answer])
  return {
    update,
    rows: rows.flatMap((row, n) => {
      const without = left[n]
      if (!without || without.byteLength === 0) return []
      const bytes = withUpdate(row, without)
      return [{ seq: row.seq, bytes, hash: hashOfBytes(bytes) }]
    }),
  }
}

/** Puts them in the place of what they were, and drops the states in which the words may be: all of it or nothing. */
export async function replaceRows(
  sql: Sql,
  doc: number,
  by: number,
  rows: readonly Pick<LeftRow, 'seq' | 'bytes'>[],
): Promise<void> {
  const [first] = rows
  if (!first) return
  await sql.begin(async (tx) => {
    for (const { seq, bytes } of rows)
      await tx`select take_words_out(${doc}, ${by}, ${seq}, ${bytes as Buffer})`
    await tx`delete from snapshot where doc = ${doc} and seq >= ${first.seq}`
    await tx`insert into purge_due (seq, doc) values (${by}, ${doc}) on conflict do nothing`
  })
}

interface RedactRow {
  readonly doc: number
  readonly seq: number
  readonly bytes: Buffer
}

/** All that ever took words out, in order; of one document, or of all. */
export const redactRows = (sql: Sql, doc: number | null): Promise<RedactRow[]> => sql<RedactRow[]>`
  select doc, seq, bytes from revision
  where act not in (1, 2) and act = ${ACTS.redact} and (${doc}::int is null or doc = ${doc}::int) order by doc, seq`
