/** Checkpoints in the database: the tables `checkpoint` and `checkpoint_head`, which can only grow. */
import type { Checkpoint, LoggedCheckpoint, SealedHead } from '@consilium/contract/checkpoints'
import { sqlState } from '../db/errors.ts'
import type { Sql } from '../db/open.ts'
import type { Head } from './tree.ts'

interface Row {
  n: number
  at: number
  docs: number
  rows: number
  root: Buffer
  prev: Buffer
  key: Buffer
  next: Buffer | null
  sig: Buffer
}

const bytes = (hex: string): Buffer => Buffer.from(hex, 'hex')

const checkpointOf = ({ n, at, docs, rows, root, prev, key, next, sig }: Row): Checkpoint => ({
  n,
  at,
  documents: docs,
  rows,
  root: root.toString('hex'),
  previous: prev.toString('hex'),
  key: key.toString('hex'),
  next: next?.toString('hex') ?? null,
  signature: sig.toString('hex'),
})

/** False where there is one with this number already. Arrays travel as text: what is in them are numbers and hex digits. */
export async function insertCheckpoint(sql: Sql, one: LoggedCheckpoint): Promise<boolean> {
  const column = (k: 0 | 1 | 2): string => `{${one.heads.map((head) => head[k]).join(',')}}`
  try {
    await sql`
      with sealed as (
        insert into checkpoint (n, at, docs, rows, root, prev, key, next, sig) values (
          ${one.n}, ${one.at}, ${one.documents}, ${one.rows}, ${bytes(one.root)}, ${bytes(one.previous)}, ${bytes(one.key)},
          ${one.next === null ? null : bytes(one.next)}, ${bytes(one.signature)})
      )
      insert into checkpoint_head (n, doc, seq, hash)
      select ${one.n}::bigint, doc, seq, decode(hash, 'hex')
      from unnest(${column(0)}::int[], ${column(1)}::bigint[], ${column(2)}::text[]) as v (doc, seq, hash)`
    return true
  } catch (error) {
    if (sqlState(error) === '23505') return false
    throw error
  }
}

export async function lastCheckpoint(sql: Sql): Promise<Checkpoint | null> {
  const [row] = await sql<Row[]>`select * from checkpoint order by n desc limit 1`
  return row ? checkpointOf(row) : null
}

/** So many after number `n`, oldest first. */
export async function checkpointsAfter(sql: Sql, n: number, limit: number): Promise<LoggedCheckpoint[]> {
  const rows = await sql<Row[]>`select * from checkpoint where n > ${n} order by n limit ${limit}`
  const last = rows.at(-1)
  if (!last) return []
  const heads = await sql<{ n: number; doc: number; seq: number; hash: string }[]>`
    select n, doc, seq, encode(hash, 'hex') as hash from checkpoint_head
    where n > ${n} and n <= ${last.n} order by n, doc`
  const byNumber = Map.groupBy(heads, (head) => head.n)
  return rows.map((row) => ({
    ...checkpointOf(row),
    heads: (byNumber.get(row.n) ?? []).map(({ doc, seq, hash }): SealedHead => [doc, seq, hash]),
  }))
}

/** The newest sealed head of every document that ever had one, whether the document is still there or not. */
export const sealedHeads = (sql: Sql): Promise<Head[]> => sql<Head[]>`
  with recursive sealed (doc) as (
    select min(doc) from checkpoint_head
    union all
    select (select min(doc) from checkpoint_head where doc > sealed.doc) from sealed where sealed.doc is not null
  )
  select head.doc, head.seq, head.hash from sealed
  cross join lateral (select doc, seq, hash from checkpoint_head where doc = sealed.doc order by n desc limit 1) as head`

/**
 * Heads of documents as they stand in the database now; `whole`: the sealed row is still among the rows below. A sealed document that is
 * not there any more has no row in the answer. `only` absent: all documents. Document 0 is the audit log.
 */
export function currentHeads(
  sql: Sql,
  sealed: readonly Head[],
  only?: ReadonlySet<number>,
): Promise<(Head & { whole: boolean })[]> {
  const asked = only ? sealed.filter(({ doc }) => only.has(doc)) : sealed
  const column = (of: (head: Head) => string | number): string => `{${asked.map(of).join(',')}}`
  return sql<(Head & { whole: boolean })[]>`
    with sealed (doc, seq, hash) as (
      select doc, seq, decode(hash, 'hex') from unnest(
        ${column(({ doc }) => doc)}::int[], ${column(({ seq }) => seq)}::bigint[],
        ${column(({ hash }) => Buffer.from(hash).toString('hex'))}::text[]) as v (doc, seq, hash)
    ), head (doc, seq, hash) as (
      select id, head_seq, head_hash from document where head_hash is not null
      union all (select 0, n, hash from audit order by n desc limit 1)
    )
    select head.doc, head.seq, head.hash,
      s.seq is null or (s.seq <= head.seq and (
        exists (select from revision r where r.doc = head.doc and r.seq = s.seq and r.hash = s.hash)
        or head.doc = 0 and exists (select from audit a where a.n = s.seq and a.hash = s.hash))) as whole
    from head left join sealed s on s.doc = head.doc
    ${only ? sql`where head.doc = any(${`{${[...only].join(',')}}`}::int[])` : sql``}`
}
