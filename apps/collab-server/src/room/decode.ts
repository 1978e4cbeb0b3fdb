/**
 * Bytes to meaning, first half: what would this update add to this document, if it were applied? Nothing is applied and the document is
 * only read. Time is proportional to the update (and to what its delete set names), never to the document.
 *
 * A Yjs update is a list of structs, per clientID in clock order, and a set of deleted ranges. Of both only what is new counts:
 *   - a struct that lies below the known clock of its clientID is a repetition and dropped; one that lies across it loses its known part
 *   - a struct that begins above the known clock leaves a hole: something earlier has not arrived (`gap`)
 *   - a deleted range counts only where it is not deleted yet; where it names what nobody has written it is a hole too
 * Who may write these clocks is asked in admit.ts; where they go, in places.ts.
 */
import { Refusal } from '@consilium/contract/refusals'
import * as Y from 'yjs'
import { MAX_CLOCK, MAX_NEW_CLOCKS, MAX_NEW_STRUCTS, MAX_UPDATE_BYTES } from './limits.ts'

/** A struct whose clocks from `clock` on are new. */
export interface FreshStruct {
  readonly struct: Y.Item | Y.GC
  /** First new clock. */
  readonly clock: number
  /** How many clocks at its beginning are known already. */
  readonly offset: number
  /** First clock after it. */
  readonly end: number
}

export interface Range {
  readonly client: number
  readonly clock: number
  readonly len: number
}

export interface FreshDelete extends Range {
  /** The stored item it lies in; null where it lies in a fresh struct. */
  readonly item: Y.Item | null
}

export interface FreshUpdate {
  /** By clientID; each list is contiguous and begins at the known clock. */
  readonly structs: ReadonlyMap<number, readonly FreshStruct[]>
  /** One range of new clocks per clientID. */
  readonly written: readonly Range[]
  readonly deletes: readonly FreshDelete[]
}

/** One Yjs update, and when its page says that it was made: ms since 1970, 0 where it does not say. */
export interface Offered {
  readonly bytes: Uint8Array
  readonly said: number
}

/** Updates of one connection, read one after the other. */
export interface Decoded {
  readonly structs: readonly (Y.Item | Y.GC | Y.Skip)[]
  readonly deletes: ReadonlyMap<number, readonly { readonly clock: number; readonly len: number }[]>
  /** The earliest that was said, or 0. */
  readonly said: number
}

const malformed = (): Refusal => new Refusal('malformed')

/** Throws a Refusal: `malformed`, `too-large`, or `gap`. */
export function freshIn(doc: Y.Doc, update: Decoded): FreshUpdate {
  const structs = freshStructs(doc, update.structs)
  const written = [...structs].map(([client, list]) => {
    const clock = list[0]?.clock ?? 0
    return { client, clock, len: (list.at(-1)?.end ?? clock) - clock }
  })
  return { structs, written, deletes: freshDeletes(doc, structs, update.deletes) }
}

/** Which clientIDs does the update name structs of? For waiting on what they have in flight. */
export const clientsOf = ({ structs }: Decoded): number[] => [
  ...new Set(structs.map((struct) => struct.id.client)),
]

/** Says nothing of any document yet. Throws a Refusal: `malformed` or `too-large`. */
export function decode(offered: readonly Offered[]): Decoded {
  const structs: (Y.Item | Y.GC | Y.Skip)[] = []
  const deletes = new Map<number, { clock: number; len: number }[]>()
  let size = 0
  let said = 0
  for (const one of offered) {
    if ((size += one.bytes.byteLength) > MAX_UPDATE_BYTES) throw new Refusal('too-large')
    if (one.said > 0 && (said === 0 || one.said < said)) said = one.said
    const update = decodeOne(one.bytes)
    for (const struct of update.structs) structs.push(struct)
    for (const [client, ranges] of update.ds.clients)
      deletes.set(client, [...(deletes.get(client) ?? []), ...ranges])
  }
  return { structs, deletes, said }
}

function decodeOne(bytes: Uint8Array): ReturnType<typeof Y.decodeUpdate> {
  try {
    return Y.decodeUpdate(bytes)
  } catch {
    // Yjs and lib0 throw many kinds of errors here (also RangeError for values nested thousands deep); all mean the same.
    throw malformed()
  }
}

function freshStructs(doc: Y.Doc, structs: readonly (Y.Item | Y.GC | Y.Skip)[]): Map<number, FreshStruct[]> {
  const fresh = new Map<number, FreshStruct[]>()
  const reached = new Map<number, number>()
  let count = 0
  let clocks = 0
  for (const struct of structs) {
    const { client, clock } = struct.id
    if (!Number.isSafeInteger(client) || client < 0 || struct.length < 1 || clock + struct.length > MAX_CLOCK)
      throw malformed()
    const known = reached.get(client) ?? Y.getState(doc.store, client)
    const end = clock + struct.length
    if (end <= known) continue
    // A skip says itself that something is missing; what comes after it would leave a hole.
    if (struct instanceof Y.Skip || clock > known) throw new Refusal('gap')
    if (++count > MAX_NEW_STRUCTS || (clocks += end - known) > MAX_NEW_CLOCKS) throw new Refusal('too-large')
    const list = fresh.get(client) ?? []
    list.push({ struct, clock: known, offset: known - clock, end })
    fresh.set(client, list)
    reached.set(client, end)
  }
  return fresh
}

function freshDeletes(
  doc: Y.Doc,
  structs: ReadonlyMap<number, readonly FreshStruct[]>,
  deletes: Decoded['deletes'],
): FreshDelete[] {
  const fresh: FreshDelete[] = []
  for (const [client, ranges] of deletes) {
    const known = Y.getState(doc.store, client)
    const end = structs.get(client)?.at(-1)?.end ?? known
    for (const range of joined(ranges)) {
      if (range.clock + range.len > end) throw new Refusal('gap')
      undeleted(doc, client, range.clock, Math.min(range.clock + range.len, known), fresh)
      const from = Math.max(range.clock, known)
      const to = range.clock + range.len
      if (to > from) fresh.push({ client, clock: from, len: to - from, item: null })
    }
  }
  return fresh
}

/** Sorted, without overlaps: else a small update could make us walk one range thousands of times. */
function joined(
  ranges: readonly { readonly clock: number; readonly len: number }[],
): { clock: number; len: number }[] {
  const out: { clock: number; len: number }[] = []
  for (const { clock, len } of [...ranges].sort((a, b) => a.clock - b.clock)) {
    if (len < 1) throw malformed()
    const last = out.at(-1)
    if (last && clock <= last.clock + last.len) last.len = Math.max(last.len, clock + len - last.clock)
    else out.push({ clock, len })
  }
  return out
}

/** Adds the parts of [from, to) that are stored and not deleted. */
function undeleted(doc: Y.Doc, client: number, from: number, to: number, out: FreshDelete[]): void {
  if (from >= to) return
  const stored = doc.store.clients.get(client) ?? []
  for (let i = Y.findIndexSS(stored, from); i < stored.length; i++) {
    const struct = stored[i]
    if (!struct || struct.id.clock >= to) return
    if (struct.deleted || !(struct instanceof Y.Item)) continue
    const clock = Math.max(from, struct.id.clock)
    out.push({ client, clock, len: Math.min(to, struct.id.clock + struct.length) - clock, item: struct })
  }
}
