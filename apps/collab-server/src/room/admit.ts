/**
 * The gate. Every update, live or catching up, from a page or from the server itself, passes here before it is applied, acknowledged or
 * passed on to anybody:
 *
 *   size  ->  decode (what is new)  ->  whose clocks  ->  where it goes  ->  judge (role, phase)  ->  journal  ->  applied
 *
 * Nothing is asked and awaited between the judgement and the journal: whoever lost a right a moment before writes no row.
 * Applied are the very bytes that were journalled, in the order of the journal, by the document's own listener (live.ts); so the live
 * document is at every moment a replay of a prefix of its journal.
 */

import { Refusal } from '@consilium/contract/refusals'
import { ACTS } from '@consilium/contract/revisions'
import { judge, type Phase } from '@consilium/crdt-schema/policy'
import type { Role } from '@consilium/crdt-schema/roles'
import type * as Y from 'yjs'
import type { RowDraft, Span } from '../journal/append.ts'
import type { Book, CommittedRow, Lease } from '../journal/book.ts'
import { roleCode } from '../journal/rows.ts'
import { fieldBit, KIND_BITS, type Touch } from '../journal/touch.ts'
import {
  clientsOf,
  type Decoded,
  decode,
  type FreshUpdate,
  freshIn,
  type Offered,
  type Range,
} from './decode.ts'
import { type PlacedChange, placeUpdate } from './places.ts'
import { encodeFresh, isNothing } from './trim.ts'

/** Who writes, asked anew at the moment of judgement. */
export interface Writer {
  readonly person: number
  /** The clientID this connection was opened with; null for one that only looks. */
  readonly client: number | null
  /** Role in the document's project, now. */
  role(): Role | null
  /** False once the session ended. */
  valid(): boolean
  /** Leases a clientID of their own choosing to this person. Rejects with `foreign-authorship` where it is taken. */
  bind(client: number): Promise<void>
}

/** What the gate needs to know of a document. */
export interface Gated {
  readonly ydoc: Y.Doc
  readonly book: Book
  phase(): Phase
  /** Keys of the project's labels. */
  labels(): ReadonlySet<string>
  /** Rows that are being committed, by the clientID they were written under. */
  readonly inFlight: Map<number, Promise<unknown>>
}

export type Append = (book: Book, draft: RowDraft) => Promise<CommittedRow>

/**
 * Several updates of one connection are one row: all of it or nothing. Resolves with the row once it is committed and applied; with null
 * where they held nothing new. Throws a Refusal.
 */
export async function admit(
  append: Append,
  gated: Gated,
  writer: Writer,
  offered: readonly Offered[],
  origin?: unknown,
): Promise<CommittedRow | null> {
  const decoded = decode(offered)
  await whileInFlight(gated, decoded)
  // From here to the append nothing is awaited.
  const draft = examine(gated, writer, decoded)
  if (draft === null) return null
  const commit = append(gated.book, { ...draft, origin })
  const clients = [
    draft.client,
    ...(draft.spans ?? []).map((span) => gated.book.leases.byId.get(span.lease)?.client ?? 0),
  ]
  for (const client of clients) gated.inFlight.set(client, commit)
  try {
    return await commit
  } finally {
    for (const client of clients) if (gated.inFlight.get(client) === commit) gated.inFlight.delete(client)
  }
}

/** A page that reconnects sends again what its first connection may still be committing: that must be known before it is read. */
async function whileInFlight({ inFlight }: Gated, decoded: Decoded): Promise<void> {
  if (inFlight.size === 0) return
  const clients = clientsOf(decoded)
  for (;;) {
    const busy = clients.flatMap((client) => inFlight.get(client) ?? [])
    if (busy.length === 0) return
    await Promise.allSettled(busy)
  }
}

/** The row that would be written, or null. Synchronous; throws a Refusal. */
export function examine(gated: Gated, writer: Writer, decoded: Decoded): RowDraft | null {
  if (!writer.valid()) throw new Refusal('not-signed-in')
  const update = freshIn(gated.ydoc, decoded)
  if (isNothing(update)) return null
  const leases = leasesOf(gated.book, writer, update.written)
  const changes = placeUpdate(gated.ydoc, update)
  const role = writer.role()
  for (const change of changes) {
    const denial = judge({ person: writer.person, role }, gated.phase(), {
      ...change,
      owner: ownerOf(gated.book, change),
      replaces: null,
    })
    if (denial) throw new Refusal(denial)
  }
  // What touches nothing still uses up clocks, so it is a row; but only from somebody who may write something.
  if (changes.length === 0) {
    const denial = judge({ person: writer.person, role }, gated.phase(), LEAST_CHANGE)
    if (denial) throw new Refusal(denial)
  }
  const [main, ...others] = ranges(gated.book, writer, leases, update)
  return {
    lease: main.lease,
    client: gated.book.leases.byId.get(main.lease)?.client ?? 0,
    clock: main.clock,
    len: main.len,
    act: ACTS.edit,
    role: roleCode(role),
    said: decoded.said,
    bytes: encodeFresh(update),
    touched: touches(changes),
    spans: others,
  }
}

/** The change that most roles may make. */
const LEAST_CHANGE = {
  root: 'comments',
  entry: '',
  op: 'create',
  field: 'text',
  owner: null,
  replaces: null,
} as const

/** Every clientID that something new is written under must be leased to this very person. */
function leasesOf(book: Book, writer: Writer, written: readonly Range[]): Map<number, Lease> {
  const leases = new Map<number, Lease>()
  for (const { client } of written) {
    const lease = book.leases.byClient.get(client)
    if (!lease || lease.person !== writer.person) throw new Refusal('foreign-authorship')
    leases.set(client, lease)
  }
  return leases
}

/** The row's own range first: that of the connection's lease where it wrote, else any; a row that only deletes has none. */
function ranges(
  book: Book,
  writer: Writer,
  leases: Map<number, Lease>,
  { written }: FreshUpdate,
): [Span, ...Span[]] {
  const own = writer.client === null ? undefined : book.leases.byClient.get(writer.client)
  const spans = written
    .map(({ client, clock, len }) => ({ lease: leases.get(client)?.id ?? 0, clock, len }))
    .sort((a, b) => Number(b.lease === own?.id) - Number(a.lease === own?.id))
  const [first, ...rest] = spans
  if (first) return [first, ...rest]
  if (!own || own.person !== writer.person) throw new Refusal('foreign-authorship')
  return [{ lease: own.id, clock: 0, len: 0 }]
}

/** Null for an entry that is new: nobody owned it before. */
function ownerOf(book: Book, change: PlacedChange): number | null {
  return change.op === 'create' ? null : (book.leases.byClient.get(change.creator)?.person ?? null)
}

function touches(changes: readonly PlacedChange[]): Touch[] {
  const byEntry = new Map<string, Touch>()
  for (const { root, entry, op, field } of changes) {
    const id = `${root} ${entry}`
    const before = byEntry.get(id) ?? { root, entry, kind: 0, fields: 0 }
    byEntry.set(id, {
      ...before,
      kind: before.kind | KIND_BITS[op],
      fields: before.fields | (field === null ? 0 : fieldBit(root, field)),
    })
  }
  return [...byEntry.values()]
}
