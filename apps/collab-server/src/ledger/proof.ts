/** The proof of one revision: from its row over the leaves of the rows after it to the head, from there up the tree to a signature. */
import type { RevisionProof } from '@consilium/contract/checkpoints'
import { Refusal } from '@consilium/contract/refusals'
import type { Sql } from '../db/open.ts'
import type { DocumentRow } from '../journal/book.ts'
import { originOf, type RowHeader } from '../journal/chain.ts'
import type { Ledger } from './ledger.ts'

/** Refuses with `not-durable` where the row cannot be sealed now. */
export async function proofOf(
  sql: Sql,
  ledger: Ledger,
  { id: doc, name, created_at: createdAt }: DocumentRow,
  seq: number,
): Promise<RevisionProof> {
  const isSealed = (): boolean => (ledger.placeOf(doc)?.head.seq ?? 0) >= seq
  if (!isSealed()) await ledger.seal()
  const place = ledger.placeOf(doc)
  const latest = ledger.latest
  if (!place || !latest || !isSealed()) throw new Refusal('not-durable')
  const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
  const [row] = await sql<(Omit<RowHeader, 'doc'> & { bytes: string; before: Buffer | null })[]>`
    select seq, at, lease, clock, len, act, role, said, encode(coalesce(nullif(bytes_hash, ''), sha256(bytes)), 'hex') as bytes,
      (select hash from revision where doc = ${doc} and seq = ${seq - 1}) as before
    from revision where doc = ${doc} and seq = ${seq}`
  if (!row) throw new Refusal('not-found')
  // The leaves of chain.ts, by the database: a long document has many.
  const [links] = await sql<{ leaves: Buffer | null }[]>`
    select string_agg(sha256(
      case said when 0 then '\\x00'::bytea else '\\x04'::bytea end
      || int4send(doc) || int8send(seq) || int8send(at) || int4send(lease) || int4send(clock) || int4send(len) || int2send(act) || int2send(role)
      || case said when 0 then ''::bytea else int8send(said) end || coalesce(nullif(bytes_hash, ''), sha256(bytes))), ''::bytea order by seq) as leaves
    from revision where doc = ${doc} and seq > ${seq} and seq <= ${place.head.seq}`
  const { before, ...header } = row
  return {
    document: doc,
    row: header,
    before: hex(before ?? originOf({ doc, name, createdAt })),
    links: links?.leaves?.toString('base64') ?? '',
    head: { seq: place.head.seq, hash: hex(place.head.hash) },
    index: place.index,
    path: place.path.map(hex),
    checkpoint: latest.checkpoint,
  }
}
