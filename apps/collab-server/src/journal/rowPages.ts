/** Rows out of the database as a few buffers instead of as many answers as there are rows: see pages.ts. */
import type { Fragment } from 'postgres'
import type { Sql } from '../db/open.ts'

/** Rows are gathered up to this; one that is longer comes alone. */
const PAGE_BYTES = 256 * 1024

export interface RowPages {
  readonly pages: readonly Uint8Array[]
  readonly rows: number
}

/** Who made a row, and when: as much of it as says so. */
export interface RowHead {
  readonly seq: number
  readonly at: number
  readonly lease: number
  readonly role: number
  readonly act: number
}

export interface HeadedPages {
  readonly pages: readonly Uint8Array[]
  /** One for each row, in order. */
  readonly heads: readonly RowHead[]
}

/** `changes`: a query with the columns `seq` and `update`. */
export async function readPages(sql: Sql, changes: Fragment): Promise<RowPages> {
  const pages = await sql<{ rows: number; page: Buffer }[]>`
    select count(*)::int as rows, ${page(sql)} from (${numbered(sql, changes)}) as numbered
    group by number order by number`
  return { pages: pages.map(({ page }) => page), rows: pages.reduce((sum, { rows }) => sum + rows, 0) }
}

/** `changes`: with the columns of a RowHead, too. */
export async function readHeadedPages(sql: Sql, changes: Fragment): Promise<HeadedPages> {
  // JSON: to read one array is much less work than to read hundreds of rows.
  const found = await sql<{ page: Buffer; heads: [number, number, number, number, number][] }[]>`
    select ${page(sql)}, json_agg(json_build_array(seq, at, lease, role, act) order by seq) as heads
    from (${numbered(sql, changes)}) as numbered group by number order by number`
  return {
    pages: found.map(({ page }) => page),
    heads: found.flatMap(({ heads }) =>
      heads.map(([seq, at, lease, role, act]) => ({ seq, at, lease, role, act })),
    ),
  }
}

const page = (sql: Sql): Fragment =>
  sql`string_agg(int4send(octet_length(update)) || update, ''::bytea order by seq) as page`

/** With the number of the page on which each is. */
const numbered = (sql: Sql, changes: Fragment): Fragment => sql`
  select *, sum(octet_length(update) + 4) over (order by seq) / ${PAGE_BYTES}::int as number
  from (${changes}) as changes`
