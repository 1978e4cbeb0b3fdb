/** The audit log in the database: the table `audit`, which can only grow. */
import type { AuditRow as AuditRowOnWire } from '@consilium/contract/audit'
import type { Sql } from '../db/open.ts'
import type { AuditRow } from './chain.ts'

export interface KeptRow extends AuditRow {
  readonly hash: Uint8Array
}

/** The newest entry. */
export interface Head {
  readonly n: number
  readonly at: number
  readonly hash: Uint8Array
}

export async function readHead(sql: Sql): Promise<Head | null> {
  const [row] = await sql<Head[]>`select n, at, hash from audit order by n desc limit 1`
  return row ?? null
}

export async function hashAt(sql: Sql, n: number): Promise<Uint8Array | null> {
  const [row] = await sql<{ hash: Buffer }[]>`select hash from audit where n = ${n}`
  return row?.hash ?? null
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

/** One statement: all of them, or none. They travel as one JSON text, which the driver takes for nothing else. */
export async function insertRows(sql: Sql, rows: readonly KeptRow[]): Promise<void> {
  const text = JSON.stringify(
    rows.map(({ hash, sealed, ...row }) => ({ ...row, hash: hex(hash), sealed: sealed && hex(sealed) })),
  )
  await sql`
    insert into audit (n, at, person, subject, act, role, project, "case", detail, sealed, hash)
    select n, at, person, subject, act, role, project, "case", detail, decode(sealed, 'hex'), decode(hash, 'hex')
    from json_to_recordset(${text}::text::json) as v (n bigint, at bigint, person int, subject int, act smallint, role smallint,
      project text, "case" text, detail text, sealed text, hash text)`
}

/** For whoever computes every hash again. */
export const rowsAfter = (sql: Sql, n: number, limit: number): Promise<AuditRowOnWire[]> => sql<
  AuditRowOnWire[]
>`
  select n, at, act, role, person, subject, project, "case", detail, encode(sha256(sealed), 'hex') as sealed, encode(hash, 'hex') as hash
  from audit where n > ${n} order by n limit ${limit}`
