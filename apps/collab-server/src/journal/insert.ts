/** One statement that writes a group of rows with all that belongs to them: all of it, or nothing. */
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

const hex = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')

/**
 * Binary goes as hex text and is decoded by the database: `bytea[]` parameters were seen to store their own text form.
 * Throws PostgreSQL's error; the group is not written then, unless the connection broke.
 */
export async function insertGroup(sql: Sql, plans: readonly Planned[]): Promise<void> {
  const rows = plans.map((plan) => plan.row)
  const touches = plans.flatMap((plan) => plan.touches.map((touch) => ({ ...touch, seq: plan.row.seq })))
  const entries = plans.flatMap((plan) => plan.newEntries.map((entry) => ({ ...entry, doc: plan.row.doc })))
  const spans = plans.flatMap((plan) =>
    plan.spans.map((span) => ({ ...span, doc: plan.row.doc, seq: plan.row.seq })),
  )
  const leases = plans.flatMap((plan) =>
    plan.issues ? [{ ...plan.issues, doc: plan.row.doc, seq: plan.row.seq }] : [],
  )
  const heads = [...new Map(rows.map((row) => [row.doc, row])).values()]

  await sql`
    with written as (
      insert into revision (seq, at, doc, lease, clock, len, act, role, hash, bytes, said)
      select seq, at, doc, lease, clock, len, act, role, decode(hash, 'hex'), decode(bytes, 'hex'), said
      from unnest(
        ${rows.map((r) => r.seq)}::bigint[], ${rows.map((r) => r.at)}::bigint[], ${rows.map((r) => r.doc)}::int[], ${rows.map((r) => r.lease)}::int[],
        ${rows.map((r) => r.clock)}::int[], ${rows.map((r) => r.len)}::int[], ${rows.map((r) => r.act)}::smallint[], ${rows.map((r) => r.role)}::smallint[],
        ${rows.map((r) => hex(r.hash))}::text[], ${rows.map((r) => hex(r.bytes))}::text[], ${rows.map((r) => r.said)}::bigint[]
      ) as v (seq, at, doc, lease, clock, len, act, role, hash, bytes, said)
    ), named as (
      insert into entry (id, doc, root, key)
      select * from unnest(
        ${entries.map((e) => e.id)}::int[], ${entries.map((e) => e.doc)}::int[], ${entries.map((e) => ROOT_CODES[e.root])}::smallint[], ${entries.map((e) => e.key)}::text[])
    ), touched as (
      insert into touch (seq, entry, kind, fields)
      select * from unnest(
        ${touches.map((t) => t.seq)}::bigint[], ${touches.map((t) => t.entry)}::int[], ${touches.map((t) => t.kind)}::smallint[], ${touches.map((t) => t.fields)}::smallint[])
    ), spanned as (
      insert into span (lease, clock, len, doc, seq)
      select * from unnest(
        ${spans.map((s) => s.lease)}::int[], ${spans.map((s) => s.clock)}::int[], ${spans.map((s) => s.len)}::int[], ${spans.map((s) => s.doc)}::int[], ${spans.map((s) => s.seq)}::bigint[])
    ), leased as (
      insert into lease (id, doc, client, seq, person, role, session)
      select * from unnest(
        ${leases.map((l) => l.id)}::int[], ${leases.map((l) => l.doc)}::int[], ${leases.map((l) => l.client)}::bigint[], ${leases.map((l) => l.seq)}::bigint[],
        ${leases.map((l) => l.person)}::int[], ${leases.map((l) => roleCode(l.role))}::smallint[], ${leases.map((l) => l.session)}::text[])
    )
    update document d set head_seq = v.seq, head_hash = decode(v.hash, 'hex')
    from unnest(${heads.map((h) => h.doc)}::int[], ${heads.map((h) => h.seq)}::bigint[], ${heads.map((h) => hex(h.hash))}::text[]) as v (doc, seq, hash)
    where d.id = v.doc`
}
