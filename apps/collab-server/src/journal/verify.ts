/**
 * Walks the chain of one document from its first row and computes everything again: order, times, leaves, links, and the grammar of
 * leases (each lease that a row names was issued before, to the person the table beside it says). Reports the first fault it meets.
 */
import { ACTS, type ChainReport } from '@consilium/contract/revisions'
import type { Sql } from '../db/open.ts'
import { hashOf, originOf, type RowHeader, sameHash } from './chain.ts'
import { decodeLease } from './rows.ts'

const PAGE = 2_000

interface StoredRow extends RowHeader {
  readonly hash: Buffer
  readonly bytes: Buffer
}

interface StoredLease {
  readonly id: number
  readonly client: number
  readonly person: number
  readonly seq: number
  readonly session: string
  readonly role: number
}

/** Sees one moment of the journal, however much is written to it meanwhile. */
export const verifyChain = (sql: Sql, doc: number): Promise<ChainReport> =>
  sql.begin('isolation level repeatable read read only', (tx) =>
    walk(tx as unknown as Sql, doc),
  ) as Promise<ChainReport>

async function walk(sql: Sql, doc: number): Promise<ChainReport> {
  const [document] = await sql<
    { id: number; name: string; created_at: number; head_seq: number; head_hash: Buffer | null }[]
  >`
    select id, name, created_at, head_seq, head_hash from document where id = ${doc}`
  if (!document) throw new Error(`there is no document ${doc}`)
  const leases = new Map(
    (
      await sql<StoredLease[]>`select id, client, person, seq, session, role from lease where doc = ${doc}`
    ).map((l) => [l.id, l]),
  )

  let head: Uint8Array = originOf({ doc, name: document.name, createdAt: document.created_at })
  let seq = 0
  let at = 0
  const issued = new Set<number>()
  const report = (fault: ChainReport['fault']): ChainReport => ({
    ok: fault === null,
    rows: seq,
    head: Buffer.from(head).toString('hex'),
    fault,
  })

  for (;;) {
    const rows = await sql<StoredRow[]>`
      select seq, at, doc, lease, clock, len, act, role, hash, bytes, said from revision
      where doc = ${doc} and seq > ${seq} order by seq limit ${PAGE}`
    for (const row of rows) {
      const what = faultOf(row)
      if (what) return report({ seq: row.seq, what })
      head = row.hash
      seq = row.seq
      at = row.at
    }
    if (rows.length < PAGE) break
  }
  if (seq !== document.head_seq)
    return report({
      seq: Math.min(seq, document.head_seq) + 1,
      what: 'the journal ends elsewhere than its head says',
    })
  if (seq > 0 && !(document.head_hash && sameHash(head, document.head_hash)))
    return report({ seq, what: 'the head is another hash than the last row' })
  for (const lease of leases.values())
    if (!issued.has(lease.id)) return report({ seq: lease.seq, what: `lease ${lease.id} was never issued` })
  return report(null)

  function faultOf(row: StoredRow): string | null {
    if (row.seq !== seq + 1) return `row ${seq + 1} is missing`
    if (row.at < at) return 'its time lies before the row before it'
    let computed: Uint8Array
    try {
      computed = hashOf(head, row, row.bytes)
    } catch {
      return 'its numbers cannot be'
    }
    if (!sameHash(computed, row.hash))
      return 'its hash does not follow from its contents and the row before it'
    if (row.act === ACTS.lease) return leaseFault(row)
    if (row.act === ACTS.edit && !issued.has(row.lease))
      return `it was written under lease ${row.lease}, which had not been issued`
    return null
  }

  function leaseFault(row: StoredRow): string | null {
    const stored = leases.get(row.lease)
    const said = decodeLease(row.bytes)
    issued.add(row.lease)
    if (!stored) return `lease ${row.lease} is missing from the table of leases`
    const same =
      stored.client === said.client &&
      stored.person === said.person &&
      stored.session === said.session &&
      stored.role === row.role &&
      stored.seq === row.seq
    return same ? null : `the table of leases gives lease ${row.lease} to somebody else`
  }
}
