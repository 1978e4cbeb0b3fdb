/**
 * Does a stretch of a document's journal hold what it should? The bytes are read again and every hash is computed from what is stored:
 * by the database, so that the event loop has nothing to do with it. (Whoever does not trust the database's arithmetic either walks the
 * chain here: verify.ts.)
 */
import { ACTS } from '@consilium/contract/revisions'
import type { Sql } from '../db/open.ts'
import { HASH_BYTES, originOf } from './chain.ts'

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

/** What is known of a stretch from elsewhere than the database: the hash before it, and the hash of each of its rows. */
export type Known = readonly [before: Uint8Array, ...hashes: Uint8Array[]]

/** Rows that are looked at in one question; the database needs a few microseconds for each. */
export const SLICE_ROWS = 200

/** The whole stretch, a slice at a time; `pause` is called between slices. */
export async function checkStretch(
  sql: Sql,
  { doc, from, to }: Stretch,
  known: Known | null = null,
  pause: () => Promise<unknown> = async () => undefined,
): Promise<Fault | null> {
  for (let first = from; first <= to; first += SLICE_ROWS) {
    if (first > from) await pause()
    const last = Math.min(first + SLICE_ROWS - 1, to)
    const fault = await checkSlice(
      sql,
      { doc, from: first, to: last },
      known && [known[first - from] as Uint8Array, ...known.slice(first - from + 1, last - from + 2)],
    )
    if (fault) return fault
  }
  return null
}

async function checkSlice(sql: Sql, { doc, from, to }: Stretch, known: Known | null): Promise<Fault | null> {
  const before = known?.[0] ?? (await storedHash(sql, doc, from - 1))
  if (!before) return { doc, seq: from - 1, what: `row ${from - 1} is missing` }
  const told = known && Buffer.concat(known.slice(1))
  // The hashes of chain.ts.
  const [found] = await sql<
    {
      rows: number
      gap: number | null
      altered: number | null
      untold: number | null
      forged: number | null
    }[]
  >`
    with stored as (
      select seq, hash, sha256(
        case said when 0 then '\\x00'::bytea else '\\x04'::bytea end
        || int4send(doc) || int8send(seq) || int8send(at) || int4send(lease) || int4send(clock) || int4send(len) || int2send(act) || int2send(role)
        || case said when 0 then ''::bytea else int8send(said) end || coalesce(nullif(bytes_hash, ''), sha256(bytes))) as leaf,
        bytes_hash = '' or exists (
          select from revision as later where doc = ${doc} and act not in (1, 2) and act = ${ACTS.redact} and later.seq > revision.seq
            and position(int8send(revision.seq) || sha256(revision.bytes) in later.bytes) > 0) as told
      from revision where doc = ${doc} and seq between ${from} and ${to}
    ), linked as (
      select seq, hash, leaf, told, lag(seq, 1, ${from - 1}::bigint) over in_order as previous, lag(hash, 1, ${before}::bytea) over in_order as before
      from stored window in_order as (order by seq)
    )
    select count(*)::int as rows,
      min(previous + 1) filter (where previous + 1 <> seq) as gap,
      min(seq) filter (where hash <> sha256('\\x02'::bytea || before || leaf)) as altered,
      min(seq) filter (where not told) as untold,
      min(seq) filter (where hash <> substring(${told}::bytea from ((seq - ${from}::bigint) * ${HASH_BYTES}::int + 1)::int for ${HASH_BYTES}::int)) as forged
    from linked`
  const { rows = 0, gap = null, altered = null, untold = null, forged = null } = found ?? {}
  const missing = gap ?? (from + rows <= to ? from + rows : null)
  const seq = Math.min(...[missing, altered, untold, forged].map((at) => at ?? Number.POSITIVE_INFINITY))
  if (seq === missing) return { doc, seq, what: `row ${seq} is missing` }
  if (seq === altered)
    return { doc, seq, what: 'its hash does not follow from its contents and the row before it' }
  if (seq === untold)
    return { doc, seq, what: 'its bytes were replaced, and no revision says that words were taken out' }
  return seq === forged ? { doc, seq, what: 'it is not the row that was acknowledged' } : null
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
