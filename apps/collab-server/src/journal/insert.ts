/**
 * One statement that writes a group of rows with all that belongs to them: all of it, or nothing. Tables to which a group adds nothing
 * are left out of it, so that most groups are prepared once and then only bound.
 */
import type { RootName } from '@consilium/crdt-schema/documents'
import type { Sql } from '../db/open.ts'
import type { CommittedRow, Lease } from './book.ts'
import { roleCode } from './rows.ts'
import { ROOT_CODES } from './touch.ts'

export interface Planned {
  readonly row: CommittedRow
  readonly touches: readonly { entry: number; kind: number; fields: number }[]
  readonly newEntries: readonly { id: number; root: RootName; key: string }[]
  readonly spans: readonly { lease: number; clock: number; len: number }[]
  readonly issues: Omit<Lease, 'seq'> | null
}

const COLUMNS = {
  revision:
    'seq int, at bigint, doc int, lease int, clock int, len int, act smallint, role smallint, hash bytea, bytes bytea, said bigint',
  touch: 'seq bigint, entry int, kind smallint, fields smallint',
  entry: 'id int, doc int, root smallint, key text',
  span: 'lease int, clock int, len int, doc int, seq bigint',
  lease: 'id int, doc int, client bigint, seq bigint, person int, role smallint, session text',
  head: 'doc int, seq bigint, hash bytea',
} as const
type Table = keyof typeof COLUMNS

type Value = number | string | Uint8Array

/**
 * postgres.js keeps what is shorter until the end of the turn, which under load is a millisecond for nothing. Spaces after an array mean
 * nothing to PostgreSQL.
 */
const SENT_AT_ONCE = 1_024

/** Values of a table by column: each column travels as one array. */
class Columns {
  readonly names: readonly string[]
  readonly types: readonly string[]
  readonly #values: string[][]

  constructor(table: Table) {
    const columns = COLUMNS[table].split(', ').map((column) => column.split(' '))
    this.names = columns.map(([name = '']) => name)
    this.types = columns.map(([, type = '']) => type)
    this.#values = columns.map(() => [])
  }

  add(...row: readonly Value[]): void {
    for (const [n, value] of row.entries()) this.#values[n]?.push(literal(value))
  }

  get empty(): boolean {
    return this.#values[0]?.length === 0
  }

  arrays(): string[] {
    return this.#values.map((column) => `{${column.join(',')}}`)
  }
}

/**
 * An element of an array as PostgreSQL reads it. Written here and not by the driver, whose `bytea[]` parameters were seen to store their
 * own text form; and in half the time.
 */
function literal(value: Value): string {
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string') return `"${value.replace(/["\\]/g, '\\$&')}"`
  return `"\\\\x${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex')}"`
}

/** Throws PostgreSQL's error; nothing of the group is written then, unless the connection broke. */
export async function insertGroup(sql: Sql, plans: readonly Planned[]): Promise<void> {
  const tables = {
    revision: new Columns('revision'),
    touch: new Columns('touch'),
    entry: new Columns('entry'),
    span: new Columns('span'),
    lease: new Columns('lease'),
    head: new Columns('head'),
  }
  const heads = new Map<number, CommittedRow>()
  for (const { row, touches, newEntries, spans, issues } of plans) {
    const { doc, seq } = row
    heads.set(doc, row)
    tables.revision.add(
      seq,
      row.at,
      doc,
      row.lease,
      row.clock,
      row.len,
      row.act,
      row.role,
      row.hash,
      row.bytes,
      row.said,
    )
    for (const { entry, kind, fields } of touches) tables.touch.add(seq, entry, kind, fields)
    for (const { id, root, key } of newEntries) tables.entry.add(id, doc, ROOT_CODES[root], key)
    for (const { lease, clock, len } of spans) tables.span.add(lease, clock, len, doc, seq)
    if (issues)
      tables.lease.add(
        issues.id,
        doc,
        issues.client,
        seq,
        issues.person,
        roleCode(issues.role),
        issues.session,
      )
  }
  for (const { doc, seq, hash } of heads.values()) tables.head.add(doc, seq, hash)

  const used = (Object.keys(tables) as Table[]).filter((name) => !tables[name].empty)
  const [first = '', ...others] = used.flatMap((name) => tables[name].arrays())
  await sql.unsafe(statementFor(used), [first.padEnd(SENT_AT_ONCE), ...others], { prepare: true })
}

const statements = new Map<string, string>()

function statementFor(used: readonly Table[]): string {
  const id = used.join()
  const known = statements.get(id)
  if (known !== undefined) return known
  let parameter = 0
  const parts = used.map((table) => {
    const { names, types } = new Columns(table)
    const rows = `unnest(${types.map((type) => `$${++parameter}::${type}[]`).join(', ')}) as v (${names.join(', ')})`
    return table === 'head'
      ? `update document set head_seq = v.seq, head_hash = v.hash from ${rows} where id = v.doc`
      : `${table}_rows as (insert into ${table} (${names.join(', ')}) select * from ${rows})`
  })
  // The heads come last: their update is the statement itself.
  const text = `with ${parts.slice(0, -1).join(', ')} ${parts.at(-1)}`
  statements.set(id, text)
  return text
}
