/**
 * Does a stretch of a document's journal hold what it should? The bytes are read again and every hash is computed from what is stored,
 * a little at a time.
 */
import type { Sql } from '../db/open.ts'
import { hashOf, originOf, type RowHeader, sameHash } from './chain.ts'

export interface Fault {
  readonly doc: number
  readonly seq: number
  readonly what: string
}

/** Rows `from` to `to` of a document. */
export interface Stretch {
  readonly doc: number
  readonly from: number
  readonly to: number
}

interface StoredRow extends RowHeader {
  readonly hash: Buffer
  readonly bytes: Buffer
}

/** What is read at a time: hashing it takes two or three milliseconds. */
const SLICE_ROWS = 200
const SLICE_BYTES = 512 * 1024

export interface Found {
  readonly fault: Fault | null
  /** Last row that was looked at. */
  readonly seq: number
}

/**
 * Checks the rows at the beginning of the stretch, as many as fit into a slice. `hashAt` is the hash that a row must have, where it is
 * known from elsewhere.
 */
export async function checkSlice(
  sql: Sql,
  { doc, from, to }: Stretch,
  hashAt: (seq: number) => Uint8Array | undefined = () => undefined,
): Promise<Found> {
  const before = hashAt(from - 1) ?? (await storedHash(sql, doc, from - 1))
  if (!before) return { fault: { doc, seq: from - 1, what: `row ${from - 1} is missing` }, seq: from }
  const rows = await sql<StoredRow[]>`
    select seq, at, doc, lease, clock, len, act, role, said, hash, bytes from (
      select *, sum(octet_length(bytes)) over (order by seq) - octet_length(bytes) as ahead from (
        select * from revision where doc = ${doc} and seq between ${from} and ${to} order by seq limit ${SLICE_ROWS}
      ) as next
    ) as measured where ahead < ${SLICE_BYTES} order by seq`
  let previous = before
  let seq = from - 1
  for (const row of rows) {
    const what = faultOf(row, seq + 1, previous, hashAt(row.seq))
    if (what) return { fault: { doc, seq: seq + 1, what }, seq: row.seq }
    previous = row.hash
    seq = row.seq
  }
  if (rows.length === 0) return { fault: { doc, seq: from, what: `row ${from} is missing` }, seq: from }
  return { fault: null, seq }
}

/** The whole stretch; `pause` is called between slices. */
export async function checkStretch(
  sql: Sql,
  stretch: Stretch,
  hashAt?: (seq: number) => Uint8Array | undefined,
  pause: () => Promise<unknown> = async () => undefined,
): Promise<Fault | null> {
  for (let { from } = stretch; from <= stretch.to; ) {
    const { fault, seq } = await checkSlice(sql, { ...stretch, from }, hashAt)
    if (fault) return fault
    from = seq + 1
    if (from <= stretch.to) await pause()
  }
  return null
}

function faultOf(
  row: StoredRow,
  seq: number,
  previous: Uint8Array,
  known: Uint8Array | undefined,
): string | null {
  if (row.seq !== seq) return `row ${seq} is missing`
  let computed: Uint8Array
  try {
    computed = hashOf(previous, row, row.bytes)
  } catch {
    return 'its numbers cannot be'
  }
  if (!sameHash(computed, row.hash)) return 'its hash does not follow from its contents and the row before it'
  if (known && !sameHash(known, row.hash)) return 'it is not the row that was acknowledged'
  return null
}

/** Of row 0: what stands for the hash before the first row. */
async function storedHash(sql: Sql, doc: number, seq: number): Promise<Uint8Array | null> {
  if (seq > 0) {
    const [row] = await sql<{ hash: Buffer }[]>`select hash from revision where doc = ${doc} and seq = ${seq}`
    return row?.hash ?? null
  }
  const [document] = await sql<
    { name: string; created_at: number }[]
  >`select name, created_at from document where id = ${doc}`
  return document ? originOf({ doc, name: document.name, createdAt: document.created_at }) : null
}

/** A document and how far its journal goes, by its own head. */
export interface Headed {
  readonly doc: number
  readonly head: number
}

/** So many documents after this one, and the faults of their heads: each must be the last row and carry its hash. */
export async function checkHeads(
  sql: Sql,
  after: number,
  limit: number,
): Promise<{ documents: Headed[]; faults: Fault[] }> {
  const rows = await sql<{ id: number; head_seq: number; sound: boolean; beyond: boolean }[]>`
    select d.id, d.head_seq, (d.head_seq = 0 or coalesce(r.hash = d.head_hash, false)) as sound,
      exists (select from revision where doc = d.id and seq > d.head_seq) as beyond
    from document d left join revision r on r.doc = d.id and r.seq = d.head_seq
    where d.id > ${after} order by d.id limit ${limit}`
  return {
    documents: rows.map(({ id, head_seq }) => ({ doc: id, head: head_seq })),
    faults: rows
      .filter(({ sound, beyond }) => !sound || beyond)
      .map(({ id, head_seq, sound }) => ({
        doc: id,
        seq: sound ? head_seq + 1 : head_seq,
        what: sound ? 'there are rows behind the head' : 'the head is another hash than the last row',
      })),
  }
}

/** How many pages of the table, counted from its end, hold what was written last. */
const LAST_PAGES = 24

/** Rows are only ever added: those that were written last lie at the end of the table, whatever document they belong to. */
export async function lastWritten(sql: Sql): Promise<Stretch[]> {
  const [size] = await sql<
    { pages: number }[]
  >`select (pg_relation_size('revision') / current_setting('block_size')::int)::int as pages`
  const first = `(${Math.max(0, (size?.pages ?? 0) - LAST_PAGES)},0)`
  const rows = await sql<{ doc: number; first: number; last: number }[]>`
    select doc, min(seq) as first, max(seq) as last from revision where ctid >= ${first}::tid
    group by doc order by max(at) desc`
  return rows.map(({ doc, first: from, last: to }) => ({ doc, from, to }))
}
