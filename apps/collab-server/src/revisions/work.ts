/**
 * Worker thread: makes what is wanted of a document from a snapshot and the rows after it, so that the event loop never stands still for
 * it. Knows neither database nor people: bytes in, bytes or plain values out. Bytes change hands, they are not copied.
 */
import { parentPort } from 'node:worker_threads'
import { Refusal } from '@consilium/contract/refusals'
import type { Records } from '@consilium/crdt-schema/changes'
import { openDisputes } from '@consilium/crdt-schema/discussion'
import type { Archive } from '@consilium/crdt-schema/painting/archive'
import * as Y from 'yjs'
import { pageOf } from '../journal/pages.ts'
import { applySome, type Stored, unpack } from '../journal/replay.ts'
import { DamagedSnapshot, type PackedSnapshot, packSnapshot, type StateSize } from '../journal/snapshots.ts'
import { digestOf } from './digest.ts'
import { handOver } from './handOver.ts'
import { requireHeap, watched } from './heap.ts'
import { piecesOf } from './pieces.ts'
import type { Question } from './questions.ts'

export interface Tally {
  /** Retired ones do not count. */
  readonly annotations: number
  readonly openDisputes: number
}

/** A state as updates to be applied in order; none leaves a hole, and what was deleted is marked so in them. */
export interface Whole {
  readonly updates: readonly Uint8Array[]
  readonly stateVector: Uint8Array
}

/** All that opening a document takes. */
export interface Opening {
  readonly seq: number
  readonly size: StateSize
  /** Small pieces (pages.ts), to be applied on the event loop a few at a time. */
  readonly pieces: Uint8Array
  /** For the pages that wait for it. */
  readonly whole: Whole
}

/** What may be wanted, and what is given. JSON is in UTF-8. */
export interface Answers {
  /** Yjs update (format 1) with the whole state. */
  readonly update: Uint8Array
  readonly snapshot: PackedSnapshot
  readonly whole: Whole
  readonly opening: Opening
  /** See digest.ts. */
  readonly digest: Uint8Array
  /** Plain values by crdt-schema. */
  readonly json: Uint8Array
  readonly tally: Uint8Array
  /** Everything that lies in lanes of painting, as an archive; null where nothing does. */
  readonly painting: Archive | null
  /** Revisions whose painting lies in archives, the oldest first. */
  readonly archives: readonly number[]
}
export type Wanted = keyof Answers

/** The whole document, or a question about its past. */
export type Task = { readonly wanted: Wanted; readonly stored: Stored } | Question

export type Done =
  | { readonly answer: Answers[Wanted] }
  | { readonly fault: string; readonly why: 'damaged' | 'too large' | 'other' }

/** Rows in one transaction: fewer take longer, more keep what was overwritten in memory for longer. */
const ROWS_AT_ONCE = 2_000
/** A millisecond or less on the event loop. */
const PIECE = { structs: 64, bytes: 16 * 1024 }
/** One frame of a page that joins. */
const FRAME = { structs: Number.POSITIVE_INFINITY, bytes: 512 * 1024 }

function replay(stored: Stored): Y.Doc {
  const { snapshot, tail } = unpack(stored)
  const ydoc = new Y.Doc()
  if (snapshot) Y.applyUpdateV2(ydoc, snapshot.state)
  const rows = watched(tail)
  let left = ROWS_AT_ONCE
  while (applySome(ydoc, rows, null, () => --left > 0)) left = ROWS_AT_ONCE
  requireHeap()
  // A hole in the journal must never look like a state.
  if (ydoc.store.pendingStructs || ydoc.store.pendingDs) throw new Error('the rows do not fit together')
  return ydoc
}

const MAKE: { readonly [W in Wanted]: (ydoc: Y.Doc, stored: Stored) => Answers[W] | Promise<Answers[W]> } = {
  update: (ydoc) => Y.encodeStateAsUpdate(ydoc),
  snapshot: (ydoc) => packSnapshot(Y.encodeStateAsUpdateV2(ydoc), structsIn(ydoc)),
  whole,
  opening: (ydoc, { seq }) => ({
    seq,
    size: { structs: structsIn(ydoc), bytes: 0 },
    pieces: pageOf([...piecesOf(ydoc, PIECE)]),
    whole: whole(ydoc),
  }),
  digest: (ydoc) => {
    const steps = digestOf(ydoc)
    for (;;) {
      const step = steps.next()
      if (step.done) return step.value
    }
  },
  json: async (ydoc) => {
    const { unreadable, ...roots } = await read(ydoc)
    const plain = Object.entries(roots).map(([root, records]) => [root, [...records.values()]])
    return asJson({ ...Object.fromEntries(plain), unreadable })
  },
  tally: async (ydoc) => asJson(tallyOf(await read(ydoc))),
  archives: async (ydoc) => (await import('../room/paintFiles.ts')).paintRevisions(ydoc),
  painting: async (ydoc, { seq }) =>
    (await import('@consilium/crdt-schema/painting/archive')).archiveOf(ydoc, seq),
}

function whole(ydoc: Y.Doc): Whole {
  return { updates: [...piecesOf(ydoc, FRAME)], stateVector: Y.encodeStateVector(ydoc) }
}

const structsIn = ({ store }: Y.Doc): number =>
  [...store.clients.values()].reduce((sum, { length }) => sum + length, 0)

/** Only here: what reads values takes longer to load than most states take to make. */
const read = async (ydoc: Y.Doc): Promise<Records> =>
  (await import('@consilium/crdt-schema/changes')).readRoots(ydoc)

const asJson = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value))

const tallyOf = ({ annotations, threads, decisions }: Omit<Records, 'unreadable'>): Tally => ({
  annotations: [...annotations.values()].filter((one) => one.retired === null).length,
  openDisputes: openDisputes(threads.values(), decisions.values()).length,
})

export const make = <W extends Wanted>(wanted: W, stored: Stored): Answers[W] | Promise<Answers[W]> =>
  MAKE[wanted](replay(stored), stored)

const answerTo = async (task: Task): Promise<Answers[Wanted]> =>
  'wanted' in task ? make(task.wanted, task.stored) : (await import('./questions.ts')).answerTo(task, replay)

async function answer(task: Task): Promise<Done> {
  try {
    return { answer: await answerTo(task) }
  } catch (error) {
    const why =
      error instanceof DamagedSnapshot ? 'damaged' : error instanceof Refusal ? 'too large' : 'other'
    return { fault: error instanceof Error ? error.message : String(error), why }
  }
}

parentPort?.on('message', async (task: Task) => {
  const done = await answer(task)
  const { message, buffers } = handOver(done)
  parentPort?.postMessage(message, buffers)
})
