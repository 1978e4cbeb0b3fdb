/**
 * Walks the chain of one document from its first row and computes everything again: order, times, leaves, links, and the grammar of
 * leases (each lease that a row names was issued before, to the person the table beside it says). Then the tables that are not hashed
 * are held against the rows: ranges of clocks, touched entries. Bytes out of which words were taken must be what the revision that took
 * them says was left. Reports the first fault it meets.
 *
 * What it cannot find is a touch that was taken away: that a row touched an entry follows from the whole document before it.
 */
import { ACTS, type ChainReport } from '@consilium/contract/revisions'
import { may } from '@consilium/crdt-schema/roles'
import type { Sql } from '../db/open.ts'
import { hashOf, hashOfRedacted, originOf, type RowHeader, sameHash } from './chain.ts'
import { Redactions } from './redactions.ts'
import { decodeLease, decodeName, decodeRestore, roleOfCode } from './rows.ts'
import { rangesOf, severalClients } from './spans.ts'
import { changes, updateOf } from './update.ts'

/** Hashing so many takes some milliseconds. */
const PAGE_ROWS = 500
const PAGE_BYTES = 1024 * 1024

interface StoredRow extends RowHeader {
  readonly hash: Buffer
  readonly bytes: Buffer
  /** Where words were taken out of it. */
  readonly bytes_hash: Buffer | null
}

interface StoredLease {
  readonly id: number
  readonly client: number
  readonly person: number
  readonly seq: number
  readonly session: string
  readonly role: number
}

interface StoredSpan {
  readonly lease: number
  readonly clock: number
  readonly len: number
  readonly seq: number
}

type Fault = NonNullable<ChainReport['fault']>

/** Sees one moment of the journal, however much is written to it meanwhile. */
export const verifyChain = (sql: Pick<Sql, 'begin'>, doc: number): Promise<ChainReport> =>
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
  const spans = Map.groupBy(
    await sql<StoredSpan[]>`select lease, clock, len, seq from span where doc = ${doc}`,
    (span) => span.seq,
  )

  let head: Uint8Array = originOf({ doc, name: document.name, createdAt: document.created_at })
  let seq = 0
  let at = 0
  const issued = new Set<number>()
  const redactions = new Redactions()
  const report = (fault: Fault | null): ChainReport => ({
    ok: fault === null,
    rows: seq,
    head: Buffer.from(head).toString('hex'),
    fault,
  })

  for (;;) {
    const rows = await readPage(sql, doc, seq)
    for (const row of rows) {
      const what = faultOf(row)
      if (what) return report({ seq: row.seq, what })
      head = row.hash
      seq = row.seq
      at = row.at
    }
    if (rows.length === 0) break
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
  for (const fault of redactions.faults()) return report(fault)
  for (const stray of spans.keys())
    return report({ seq: stray, what: 'its clocks are not those of its bytes' })
  return report(await touchFault(sql, doc))

  function faultOf(row: StoredRow): string | null {
    if (row.seq !== seq + 1) return `row ${seq + 1} is missing`
    if (row.at < at) return 'its time lies before the row before it'
    let computed: Uint8Array
    try {
      computed = row.bytes_hash ? hashOfRedacted(head, row, row.bytes_hash) : hashOf(head, row, row.bytes)
    } catch {
      return 'its numbers cannot be'
    }
    if (!sameHash(computed, row.hash))
      return 'its hash does not follow from its contents and the row before it'
    try {
      return meaningFault(row)
    } catch {
      return 'what it says cannot be read'
    }
  }

  function meaningFault(row: StoredRow): string | null {
    redactions.seen(row)
    if (row.act === ACTS.lease) return leaseFault(row)
    if (row.act === ACTS.name) return nameFault(row)
    const update = updateOf(row)
    if (!update) return null
    if (!issued.has(row.lease)) return `it was written under lease ${row.lease}, which had not been issued`
    if (row.act === ACTS.restore && decodeRestore(row.bytes) >= row.seq)
      return 'it goes back to what was not yet'
    if (row.act === ACTS.redact && !may(roleOfCode(row.role), 'redact'))
      return 'who took words out of the record might not do that'
    return spanFault(row, update)
  }

  function nameFault(row: StoredRow): string | null {
    const { moment, by } = decodeName(row.bytes)
    if (moment < 1 || moment >= row.seq) return 'it names a revision that was not there yet'
    return by > 0 ? null : 'nobody gave this name'
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

  /** Where a row adds clocks under several leases, all but one of the ranges stand in a table of their own. */
  function spanFault(row: StoredRow, update: Uint8Array): string | null {
    const stored = spans.get(row.seq) ?? []
    spans.delete(row.seq)
    if (stored.length === 0 && !severalClients(update)) return null
    const ranges = rangesOf(update)
    if (!ranges) return stored.length === 0 ? null : 'its clocks are not those of its bytes'
    const told = [row, ...stored].filter(({ len }) => len > 0)
    const same =
      told.length === ranges.length &&
      ranges.every(({ client, clock, len }) =>
        told.some(
          (one) => leases.get(one.lease)?.client === client && one.clock === clock && one.len === len,
        ),
      )
    return same ? null : 'its clocks are not those of its bytes'
  }
}

const readPage = (sql: Sql, doc: number, after: number): Promise<StoredRow[]> => sql<StoredRow[]>`
  select seq, at, doc, lease, clock, len, act, role, said, hash, bytes, nullif(bytes_hash, '') as bytes_hash from (
    select *, sum(octet_length(bytes)) over (order by seq) - octet_length(bytes) as ahead from (
      select * from revision where doc = ${doc} and seq > ${after} order by seq limit ${PAGE_ROWS}
    ) as next
  ) as measured where ahead < ${PAGE_BYTES} order by seq`

async function touchFault(sql: Sql, doc: number): Promise<Fault | null> {
  const [stray] = await sql<{ seq: number }[]>`
    select t.seq from touch t join entry e on e.id = t.entry where e.doc = ${doc}
      and not exists (select from revision r where r.doc = ${doc} and r.seq = t.seq and ${changes(sql)}) limit 1`
  if (stray) return { seq: stray.seq, what: 'no change touched what the table of touches says' }
  const [untouched] = await sql<{ id: number }[]>`
    select id from entry e where doc = ${doc} and not exists (select from touch t where t.entry = e.id) limit 1`
  return untouched ? { seq: 0, what: `no row ever touched entry ${untouched.id}` } : null
}
