/**
 * Worker thread: makes a state from a snapshot and the rows after it, so that the event loop never stands still for it.
 * Knows neither database nor people: bytes in, bytes or plain values out.
 */

import { parentPort } from 'node:worker_threads'
import type { Records } from '@consilium/crdt-schema/changes'
import { openDisputes } from '@consilium/crdt-schema/discussion'
import * as Y from 'yjs'
import { applyRows } from '../journal/replay.ts'

/** `json` and `tally` are JSON in UTF-8. */
export type Wanted = 'update' | 'snapshot' | 'json' | 'tally'

export interface Tally {
  /** Retired ones do not count. */
  readonly annotations: number
  readonly openDisputes: number
}

export interface Task {
  readonly n: number
  readonly wanted: Wanted
  /** Y.encodeStateAsUpdateV2 */
  readonly snapshot: Uint8Array | null
  readonly rows: readonly Uint8Array[]
}

export type Done =
  | { readonly n: number; readonly bytes: Uint8Array }
  | { readonly n: number; readonly fault: string }

async function make({ wanted, snapshot, rows }: Task): Promise<Uint8Array> {
  const ydoc = new Y.Doc()
  if (snapshot) Y.applyUpdateV2(ydoc, snapshot)
  applyRows(
    ydoc,
    rows.map((bytes) => ({ bytes })),
  )
  // A hole in the journal must never look like a state.
  if (ydoc.store.pendingStructs || ydoc.store.pendingDs) throw new Error('the rows do not fit together')
  if (wanted === 'update') return Y.encodeStateAsUpdate(ydoc)
  if (wanted === 'snapshot') return Y.encodeStateAsUpdateV2(ydoc)
  // Only here: what reads values takes longer to load than most states take to make.
  const { readRoots } = await import('@consilium/crdt-schema/changes')
  const { unreadable, ...roots } = readRoots(ydoc)
  const plain = Object.fromEntries(
    Object.entries(roots).map(([root, records]) => [root, [...records.values()]]),
  )
  return asJson(wanted === 'tally' ? tallyOf(roots) : { ...plain, unreadable })
}

const asJson = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value))

const tallyOf = ({ annotations, threads, decisions }: Omit<Records, 'unreadable'>): Tally => ({
  annotations: [...annotations.values()].filter((one) => one.retired === null).length,
  openDisputes: openDisputes(threads.values(), decisions.values()).length,
})

parentPort?.on('message', async (task: Task) => {
  let done: Done
  try {
    done = { n: task.n, bytes: await make(task) }
  } catch (error) {
    done = { n: task.n, fault: error instanceof Error ? error.message : String(error) }
  }
  parentPort?.postMessage(done)
})
