/** The rows of a document as bytes to be applied one after the other: a moment, and from there a film. The form is in contract/history.ts. */
import { FILM_ROWS } from '@consilium/contract/rows'
import type { Sql } from '../db/open.ts'
import { updateIn } from '../journal/update.ts'

/** An answer ends with the row that reaches it. */
const FILM_BYTES = 1024 * 1024

export interface Film {
  readonly bytes: Uint8Array
  /** Last row in it. */
  readonly last: number
}

/** Rows after `from`; none where there are none. */
export async function filmOf(sql: Sql, doc: number, from: number): Promise<Film> {
  const [film] = await sql<{ last: number | null; bytes: Buffer | null }[]>`
    select max(seq) as last, string_agg(int4send(octet_length(update)) || update, ''::bytea order by seq) as bytes
    from (
      select seq, update, sum(octet_length(update)) over (order by seq) - octet_length(update) as ahead
      from (
        select seq, coalesce(${updateIn(sql)}, ''::bytea) as update from revision
        where doc = ${doc} and seq > ${from} order by seq limit ${FILM_ROWS}
      ) as rows
    ) as measured where ahead < ${FILM_BYTES}`
  return { bytes: film?.bytes ?? new Uint8Array(), last: film?.last ?? from }
}
