/** Rows out of the database as a few buffers instead of as many answers as there are rows: see pages.ts. */
import type { Fragment } from 'postgres'
import type { Sql } from '../db/open.ts'

/** Rows are gathered up to this; one that is longer comes alone. */
const PAGE_BYTES = 256 * 1024

export interface RowPages {
  readonly pages: readonly Uint8Array[]
  readonly rows: number
}

/** `changes`: a query with the columns `seq` and `update`. */
export async function readPages(sql: Sql, changes: Fragment): Promise<RowPages> {
  const pages = await sql<{ rows: number; page: Buffer }[]>`
    select count(*)::int as rows, string_agg(int4send(octet_length(update)) || update, ''::bytea order by seq) as page
    from (
      select seq, update, sum(octet_length(update) + 4) over (order by seq) / ${PAGE_BYTES}::int as number
      from (${changes}) as changes
    ) as numbered group by number order by number`
  return { pages: pages.map(({ page }) => page), rows: pages.reduce((sum, { rows }) => sum + rows, 0) }
}
