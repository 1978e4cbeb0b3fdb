/**
 * Reads a document back: the newest sound snapshot and the rows after it, seen in one transaction.
 * Rows are applied one after another, in order; merging all of them first (Y.mergeUpdates) is quadratic and would never end.
 * What was deleted is still in the rows, so replay with garbage collection on is exact at every revision.
 */
import * as Y from 'yjs'
import { Breather } from '../breather.ts'
import type { Sql } from '../db/open.ts'
import type { Log } from '../log.ts'
import { updatesIn } from './pages.ts'
import { readPages } from './rowPages.ts'
import {
  DamagedSnapshot,
  readSnapshot,
  type StateSize,
  type StoredSnapshot,
  sizeOfSnapshot,
  unpackSnapshot,
} from './snapshots.ts'
import { changes, updateIn } from './update.ts'

/** As it comes from the database: nothing is unpacked, and a long tail is a few buffers instead of as many as it has rows. */
export interface Stored {
  readonly snapshot: StoredSnapshot | null
  /** Changes after the snapshot, in order (pages.ts). */
  readonly pages: readonly Uint8Array[]
  readonly rows: number
  /** Last row that is included, of whatever act. */
  readonly seq: number
}

export interface Recorded {
  readonly snapshot: { readonly seq: number; readonly state: Uint8Array } | null
  /** Changes after the snapshot, in order. */
  readonly tail: readonly Uint8Array[]
  readonly seq: number
}

export interface Moment {
  readonly doc: number
  /** The last revision wanted; absent: the head. */
  readonly upTo?: number | undefined
  /** Only snapshots up to here may be used; absent: any that is old enough. */
  readonly snapshotUpTo?: number | undefined
}

export async function readStored(
  sql: Sql,
  { doc, upTo = Number.MAX_SAFE_INTEGER, snapshotUpTo = Number.MAX_SAFE_INTEGER }: Moment,
): Promise<Stored> {
  return sql.begin('isolation level repeatable read read only', async (tx) => {
    const [head] = await tx<{ head_seq: number }[]>`select head_seq from document where id = ${doc}`
    const seq = Math.min(head?.head_seq ?? 0, upTo)
    const snapshot = await readSnapshot(tx as unknown as Sql, doc, Math.min(seq, snapshotUpTo))
    const tail = await readPages(
      tx as unknown as Sql,
      tx`
        select seq, ${updateIn(sql)} as update from revision
        where doc = ${doc} and seq > ${snapshot?.seq ?? 0} and seq <= ${seq} and ${changes(sql)}`,
    )
    return { snapshot, ...tail, seq }
  }) as Promise<Stored>
}

/** What it would cost to open the document, before anything is read. */
export interface Extent {
  /** Of the newest snapshot. */
  readonly state: StateSize
  readonly tailRows: number
  readonly tailBytes: number
}

export async function readExtent(sql: Sql, doc: number): Promise<Extent> {
  const snapshot = await sizeOfSnapshot(sql, doc)
  const [tail] = await sql<{ rows: number; bytes: number }[]>`
    select count(*)::int as rows, coalesce(sum(octet_length(bytes)), 0)::int8 as bytes from revision
    where doc = ${doc} and seq > ${snapshot?.seq ?? 0} and ${changes(sql)}`
  return {
    state: { structs: snapshot?.structs ?? 0, bytes: snapshot?.bytes ?? 0 },
    tailRows: tail?.rows ?? 0,
    tailBytes: tail?.bytes ?? 0,
  }
}

/** Reads what `use` needs; where it finds the snapshot damaged it gets the one before, and in the end all rows. */
export async function withSound<T>(
  sql: Sql,
  log: Log,
  moment: Moment,
  use: (stored: Stored) => T | Promise<T>,
  passedOver: (snapshot: StoredSnapshot) => void = () => undefined,
): Promise<T> {
  for (let { snapshotUpTo } = moment; ; ) {
    const stored = await readStored(sql, { ...moment, snapshotUpTo })
    try {
      return await use(stored)
    } catch (error) {
      if (!(error instanceof DamagedSnapshot) || !stored.snapshot) throw error
      const { seq } = stored.snapshot
      log.warn(
        { doc: moment.doc, seq },
        'a snapshot is damaged or of another build; the one before it is used',
      )
      passedOver(stored.snapshot)
      snapshotUpTo = seq - 1
    }
  }
}

/** Throws DamagedSnapshot. */
export const unpack = ({ snapshot, pages, seq }: Stored): Recorded => ({
  snapshot: snapshot && { seq: snapshot.seq, state: unpackSnapshot(snapshot) },
  tail: [...updatesIn(pages)],
  seq,
})

/** Applies everything, letting the event loop breathe in between. `ydoc` is complete when the promise resolves, not before. */
export async function applyRecorded(ydoc: Y.Doc, recorded: Recorded, origin: unknown = null): Promise<void> {
  const breather = new Breather()
  if (recorded.snapshot) Y.applyUpdateV2(ydoc, recorded.snapshot.state, origin)
  await breather.take()
  for (const rows = recorded.tail.values(); ; ) {
    if (!applySome(ydoc, rows, origin, () => !breather.isDue)) break
    await breather.take()
  }
}

/** One transaction. Returns false when there were no more. */
export function applySome(
  ydoc: Y.Doc,
  updates: Iterator<Uint8Array, unknown>,
  origin: unknown,
  goOn: () => boolean,
): boolean {
  return ydoc.transact(() => {
    do {
      const next = updates.next()
      if (next.done) return false
      Y.applyUpdate(ydoc, next.value, origin)
    } while (goOn())
    return true
  }, origin)
}
