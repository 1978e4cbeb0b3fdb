/**
 * Reads a document back: the newest sound snapshot and the rows after it, seen in one transaction.
 * Rows are applied one after another, in order; merging all of them first (Y.mergeUpdates) is quadratic and would never end.
 * What was deleted is still in the rows, so replay with garbage collection on is exact at every revision.
 */
import { ACTS } from '@consilium/contract/revisions'
import * as Y from 'yjs'
import type { Sql } from '../db/open.ts'
import type { Log } from '../log.ts'
import { readSnapshot, type Snapshot } from './snapshots.ts'

export interface Recorded {
  readonly snapshot: Snapshot | null
  /** Edits after the snapshot, in order. */
  readonly tail: readonly { readonly seq: number; readonly bytes: Uint8Array }[]
  /** Last row that is included, of whatever act. */
  readonly seq: number
}

/** `upTo`: the last revision wanted; absent: the head. */
export async function readRecorded(
  sql: Sql,
  log: Log,
  doc: number,
  upTo: number = Number.MAX_SAFE_INTEGER,
): Promise<Recorded> {
  return sql.begin('isolation level repeatable read read only', async (tx) => {
    const [head] = await tx<{ head_seq: number }[]>`select head_seq from document where id = ${doc}`
    const seq = Math.min(head?.head_seq ?? 0, upTo)
    const snapshot = await readSnapshot(tx as unknown as Sql, log, doc, seq)
    const tail = await tx<{ seq: number; bytes: Buffer }[]>`
      select seq, bytes from revision
      where doc = ${doc} and seq > ${snapshot?.seq ?? 0} and seq <= ${seq} and act = ${ACTS.edit} order by seq`
    return { snapshot, tail, seq }
  }) as Promise<Recorded>
}

/** Rows applied in one turn of the event loop before others get theirs. */
const ROWS_PER_TURN = 250

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Applies everything, letting the event loop breathe between slices. `ydoc` is complete when the promise resolves, not before. */
export async function applyRecorded(ydoc: Y.Doc, recorded: Recorded, origin: unknown = null): Promise<void> {
  if (recorded.snapshot) {
    Y.applyUpdateV2(ydoc, recorded.snapshot.state, origin)
    await nextTurn()
  }
  for (let from = 0; from < recorded.tail.length; from += ROWS_PER_TURN) {
    applyRows(ydoc, recorded.tail.slice(from, from + ROWS_PER_TURN), origin)
    await nextTurn()
  }
}

export function applyRows(
  ydoc: Y.Doc,
  rows: readonly { readonly bytes: Uint8Array }[],
  origin: unknown = null,
): void {
  ydoc.transact(() => {
    for (const { bytes } of rows) Y.applyUpdate(ydoc, bytes, origin)
  }, origin)
}
