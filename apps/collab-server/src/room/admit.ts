/**
 * The gate. Every update, live or catching up, from a page or from the server itself, passes here before it is applied, acknowledged or
 * passed on to anybody:
 *
 *   decode (what it holds)  ->  fresh (what is new)  ->  whose clocks  ->  places (where it goes)  ->  judge (role, phase)
 *   ->  pictures (of this case?)  ->  painting (what is laid into lanes)  ->  fields (what it makes of them)  ->  trim  ->  journal  ->  applied
 *
 * Nothing is asked and awaited between the judgement and the journal: whoever lost a right a moment before writes no row.
 * Applied are the very bytes that were journalled, in the order of the journal, by the document's own listener (live.ts); so the live
 * document is at every moment a replay of a prefix of its journal.
 */
import { Refusal } from '@consilium/contract/refusals'
import { ACTS } from '@consilium/contract/revisions'
import { type Change, judge, judgePainting, type Phase } from '@consilium/crdt-schema/policy'
import type { Role } from '@consilium/crdt-schema/roles'
import * as Y from 'yjs'
import type { RowDraft, Span } from '../journal/append.ts'
import type { Book, CommittedRow } from '../journal/book.ts'
import { roleCode } from '../journal/rows.ts'
import { FIELDS, fieldBit, KIND_BITS, type Touch } from '../journal/touch.ts'
import { bind, homeOf, keepHome, strangersIn, unusedClient } from './bindings.ts'
import { type Container, type Entry, storedValue } from './container.ts'
import { type Decoded, decode, type Offered } from './decode.ts'
import { checkFields } from './fields.ts'
import { aheadOf, type FreshUpdate, freshIn } from './fresh.ts'
import type { Grids } from './grids.ts'
import { checkPainting, isPainting, type PaintJudge } from './painting.ts'
import type { PaintLog } from './paintLog.ts'
import { checkPictures } from './pictures.ts'
import { placeUpdate } from './places.ts'
import { encodeFresh, isNothing } from './trim.ts'

export type { Offered } from './decode.ts'

/** Who writes, asked anew at the moment of judgement. */
export interface Writer {
  readonly person: number
  /** The clientID this connection was opened with; null for one that only looks, or brings its own. */
  readonly client: number | null
  /** Role in the document's project, now. */
  role(): Role | null
  /** False once the session ended. */
  valid(): boolean
  /** Leases a clientID of their own choosing to this person. Rejects with `foreign-authorship` where it is taken. */
  bind(client: number): Promise<void>
  /** Judges their changes in place of the policy for pages. */
  readonly judge?: typeof judge
  /** The server itself, which moves acts of painting into archives. */
  readonly isArchivist?: boolean
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
  /** What is painted there, and the series of the case; where it is missing, nothing can be painted. */
  readonly painting?: { readonly log: PaintLog; readonly grids: Grids }
  /** Somebody else's change has to be written first; resolves when it waits for its commit. */
  readonly held?: Promise<void> | null
}

export type Append = (book: Book, draft: RowDraft) => Promise<CommittedRow>

/**
 * Several updates of one connection are one row: all of it or nothing. Resolves with the row once it is committed and applied; with null
 * where they held nothing new. Throws a Refusal.
 */
export const admit = (
  append: Append,
  gated: Gated,
  writer: Writer,
  offered: readonly Offered[],
  origin?: unknown,
): Promise<CommittedRow | null> => {
  const once = () => admitOnce(append, gated, writer, offered, origin)
  return gated.painting ? gated.painting.grids.with(once) : once()
}

async function admitOnce(
  append: Append,
  gated: Gated,
  writer: Writer,
  offered: readonly Offered[],
  origin: unknown,
): Promise<CommittedRow | null> {
  const decoded = decode(offered, (client) => Y.getState(gated.ydoc.store, client))
  for (let busy = inFlightOf(gated, decoded); busy.length > 0; busy = inFlightOf(gated, decoded))
    await Promise.allSettled(busy)
  const strangers = strangersIn(gated, decoded)
  if (strangers.length > 0 || !homeOf(gated.book, writer)) {
    // Nobody is given a clientID for something that is refused anyway.
    const seen = look(gated, writer, decoded, strangers)
    if (seen === null) return null
    if (seen.update.runs.length === 0) strangers.push(unusedClient(gated))
    for (const client of strangers) await bind(writer, client)
    for (let busy = inFlightOf(gated, decoded); busy.length > 0; busy = inFlightOf(gated, decoded))
      await Promise.allSettled(busy)
  }
  // From the last look at what is in flight to the append nothing is awaited: of several that waited for one commit, only one goes on.
  const draft = examine(gated, writer, decoded)
  return draft && commit(append, gated, { ...draft, origin })
}

async function commit(append: Append, { book, inFlight }: Gated, draft: RowDraft): Promise<CommittedRow> {
  const commit = append(book, draft)
  const clients = [
    draft.client,
    ...(draft.spans ?? []).map((span) => book.leases.byId.get(span.lease)?.client ?? 0),
  ]
  for (const client of clients) inFlight.set(client, commit)
  try {
    return await commit
  } finally {
    for (const client of clients) if (inFlight.get(client) === commit) inFlight.delete(client)
  }
}

/** A page that reconnects sends again what its first connection may still be committing: that must be known before it is read. */
function inFlightOf({ inFlight, ydoc, held }: Gated, decoded: Decoded): Promise<unknown>[] {
  const ahead =
    inFlight.size === 0 ? [] : aheadOf(ydoc, decoded).flatMap((client) => inFlight.get(client) ?? [])
  return held ? [held, ...ahead] : ahead
}

/** The row that would be written, or null. Synchronous; throws a Refusal. */
export function examine(gated: Gated, writer: Writer, decoded: Decoded): RowDraft | null {
  const seen = look(gated, writer, decoded, [])
  if (seen === null) return null
  const [main, ...others] = spansOf(gated.book, writer, seen.update)
  const client = gated.book.leases.byId.get(main.lease)?.client ?? 0
  keepHome(writer, client)
  return {
    lease: main.lease,
    client,
    clock: main.clock,
    len: main.len,
    act: ACTS.edit,
    role: roleCode(seen.role),
    said: decoded.said,
    bytes: encodeFresh(seen.update),
    touched: touchesOf(seen),
    spans: others,
  }
}

interface Seen {
  readonly update: FreshUpdate
  readonly entries: readonly Entry[]
  /** Segments that are painted in. */
  readonly painted: ReadonlySet<string>
  readonly role: Role | null
}

/** Null where there is nothing new. `strangers`: clientIDs that the writer may have although nobody leased them. Throws a Refusal. */
function look(gated: Gated, writer: Writer, decoded: Decoded, strangers: readonly number[]): Seen | null {
  if (!writer.valid()) throw new Refusal('not-signed-in')
  const { book, ydoc } = gated
  const update = freshIn(ydoc, decoded)
  if (isNothing(update)) return null
  for (const { client } of update.runs)
    if (book.leases.byClient.get(client)?.person !== writer.person && !strangers.includes(client))
      throw new Refusal('foreign-authorship')
  const { entries, containers } = placeUpdate(ydoc, update)
  const role = writer.role()
  const actor = { person: writer.person, role }
  const phase = gated.phase()
  const judgeOne: Judge = (change) => {
    const denial = (writer.judge ?? judge)(actor, phase, change)
    if (denial) throw new Refusal(denial)
  }
  for (const entry of entries) judgeEntry(book, judgeOne, entry)
  if (gated.painting) checkPictures(containers, gated.painting.grids)
  const painted = paintedIn(gated, writer, containers, (painting) => {
    const denial = judgePainting(actor, phase, painting)
    if (denial) throw new Refusal(denial)
  })
  if (entries.length === 0 && painted === null) judgeOne(LEAST_CHANGE)
  checkFields(containers, gated.labels())
  return { update, entries, painted: painted ?? NOTHING_PAINTED, role }
}

const NOTHING_PAINTED: ReadonlySet<string> = new Set()

/** Null where no lane is touched. */
function paintedIn(
  { ydoc, book, painting }: Gated,
  { isArchivist = false }: Writer,
  containers: readonly Container[],
  judge: PaintJudge['judge'],
): ReadonlySet<string> | null {
  if (!isPainting(containers)) return null
  if (!painting) throw new Refusal('unknown-place')
  const personOf = (client: number) => book.leases.byClient.get(client)?.person ?? null
  return checkPainting({ ydoc, ...painting }, containers, { judge, personOf, isArchivist })
}

/** Each entry once, also where an update paints in a segment and changes it. */
function touchesOf({ entries, painted }: Seen): Touch[] {
  const touches = entries.map(({ root, entry, kind, fields }): Touch => {
    const isPainted = root === 'annotations' && painted.has(entry)
    return {
      root,
      entry,
      kind: kind | (isPainted ? KIND_BITS.change : 0),
      fields: fields | (isPainted ? VOXELS : 0),
    }
  })
  for (const segment of painted)
    if (!entries.some(({ root, entry }) => root === 'annotations' && entry === segment))
      touches.push({ root: 'annotations', entry: segment, kind: KIND_BITS.change, fields: VOXELS })
  return touches
}

const VOXELS = fieldBit('annotations', 'voxels')

/**
 * What touches nothing still uses up clocks, so it is a row; but only from somebody who may write something. This is what most roles may.
 */
const LEAST_CHANGE: Change = {
  root: 'comments',
  entry: '',
  op: 'create',
  field: 'text',
  owner: null,
  replaces: null,
}

/** Throws a Refusal. */
type Judge = (change: Change) => void

function judgeEntry(book: Book, judgeOne: Judge, touched: Entry): void {
  const { root, entry, creator, isNew, kind, fields, container } = touched
  const owner = isNew ? null : personOf(book, creator)
  const whole = { root, entry, field: null, owner, replaces: null }
  if (kind & KIND_BITS.remove) judgeOne({ ...whole, op: 'remove' })
  // All its fields are set with it, and none of them replaces anything.
  if (isNew) return judgeOne({ ...whole, op: 'create' })
  for (let n = 0, left = fields; left > 0; n++, left >>= 1) {
    if ((left & 1) === 0) continue
    const field = FIELDS[root][n] as string
    const replaces = container && replacedIn(book, container, field)
    judgeOne({ root, entry, op: 'change', field, owner, replaces })
  }
}

/**
 * Whose value gives way. Nobody's where it stays, where there was none, and where the new value was written without knowing of the old one
 * and is one too: what two people say at the same time replaces nothing, but what is emptied is.
 */
function replacedIn(book: Book, container: Container, field: string): number | null {
  const slot = container.find(field)
  if (!slot?.before || (slot.last === slot.before && !slot.gone)) return null
  const empty = (value: unknown): boolean => value === undefined || value === null
  if (empty(storedValue(slot.before)) || !(slot.knowing || empty(slot.value()))) return null
  return personOf(book, slot.before.id.client)
}

const personOf = (book: Book, client: number): number | null =>
  book.leases.byClient.get(client)?.person ?? null

/** The row's own range first: that of the connection's lease where it wrote, else any; a row that only deletes has none. */
function spansOf(book: Book, writer: Writer, { runs }: FreshUpdate): [Span, ...Span[]] {
  const home = homeOf(book, writer)
  const spans = runs.map(({ client, clock, end }) => ({
    lease: book.leases.byClient.get(client)?.id ?? 0,
    clock,
    len: end - clock,
  }))
  const own = home ? spans.findIndex(({ lease }) => lease === home.id) : -1
  if (own > 0) spans.unshift(...spans.splice(own, 1))
  const [first, ...rest] = spans
  if (first) return [first, ...rest]
  if (!home) throw new Refusal('foreign-authorship')
  return [{ lease: home.id, clock: 0, len: 0 }]
}
