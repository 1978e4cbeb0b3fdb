/** A document's journal as it stands in the database, for whoever computes every hash again, and what the hashes do not say. */
import { type DocumentEvidence, JOURNAL_ROWS, type JournalRow } from '@consilium/contract/checkpoints'
import { ACTS } from '@consilium/contract/revisions'
import type { Sql } from '../db/open.ts'
import { decodeLease } from '../journal/rows.ts'
import type { IdentityVault } from '../journal/sealing.ts'

/** The first row of an answer is given whatever its length. */
const ANSWER_BYTES = 4 * 1024 * 1024

/** Rows after number `from`; none at the end. */
export const journalRows = (sql: Sql, doc: number, from: number): Promise<JournalRow[]> => sql<JournalRow[]>`
  select seq, at, lease, clock, len, act, role, said, encode(hash, 'hex') as hash, translate(encode(bytes, 'base64'), E'\\n', '') as bytes,
    encode(nullif(bytes_hash, ''), 'hex') as "bytesHash"
  from (
    select *, sum(octet_length(bytes)) over (order by seq) - octet_length(bytes) as ahead
    from (select * from revision where doc = ${doc} and seq > ${from}::bigint order by seq limit ${JOURNAL_ROWS}) as next
  ) as measured where ahead < ${ANSWER_BYTES} order by seq`

/** Of one moment, however much is written meanwhile. Null where the document does not exist. */
export const evidenceOf = (
  pool: Pick<Sql, 'begin'>,
  vault: IdentityVault,
  name: string,
): Promise<DocumentEvidence | null> =>
  pool.begin('isolation level repeatable read read only', (tx) =>
    read(tx as unknown as Sql, vault, name),
  ) as Promise<DocumentEvidence | null>

async function read(sql: Sql, vault: IdentityVault, name: string): Promise<DocumentEvidence | null> {
  const [document] = await sql<DocumentEvidence['document'][]>`
    select id, name, created_at as "createdAt", head_seq as seq, encode(head_hash, 'hex') as hash
    from document where name = ${name}`
  if (!document) return null
  const leases = await sql<DocumentEvidence['leases']>`
    select id, client, seq, person, role, session from lease where doc = ${document.id} order by id`
  const documents = await sql<{ id: number }[]>`select id from document order by id`
  return {
    document,
    leases: [...leases],
    people: await handles(sql, vault, document.id),
    documents: documents.map(({ id }) => id),
  }
}

/** Of everybody who was given a lease, by the hashed rows and not by the table. */
async function handles(sql: Sql, vault: IdentityVault, doc: number): Promise<DocumentEvidence['people']> {
  const rows = await sql<{ bytes: Buffer }[]>`
    select bytes from revision where doc = ${doc} and act = ${ACTS.lease} order by seq`
  const found = new Map<number, string>()
  for (const { bytes } of rows) {
    try {
      const { person, sealed } = decodeLease(bytes)
      if (found.has(person)) continue
      const identity = await vault.open(doc, person, sealed)
      if (identity) found.set(person, identity.id)
    } catch {
      // A row that was altered: what it is now is for the verifier to say.
    }
  }
  return [...found].map(([person, handle]) => ({ person, handle }))
}
