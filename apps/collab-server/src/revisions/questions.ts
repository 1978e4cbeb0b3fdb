/**
 * Questions about the past, answered in the worker from the rows of a few entries: how one came to be what it is, where each part of it
 * was written, what differs between two moments, and what is left of its rows without certain words. Bytes in, JSON (UTF-8) or bytes out.
 */
import { takeOut } from '@consilium/crdt-schema/acts'
import { readEntry, readRoots } from '@consilium/crdt-schema/changes'
import { differenceOf, differencesBetween, type EntryDifference } from '@consilium/crdt-schema/compare'
import type { RootName } from '@consilium/crdt-schema/documents'
import * as Y from 'yjs'
import { pageOf, updatesIn } from '../journal/pages.ts'
import type { Stored } from '../journal/replay.ts'
import { archived } from './archived.ts'
import { watched } from './heap.ts'
import { axesIn, type Directions, lifeIn } from './life.ts'
import { marksIn } from './marks.ts'
import { type PaintCanvas, paintedBetween } from './painted.ts'
import { Projection } from './project.ts'
import { touchesIn } from './touches.ts'
import { wordsOf } from './words.ts'

export interface EntryName {
  readonly root: RootName
  readonly id: string
}

/** Rows are pages (journal/pages.ts) of updates, in order. */
export type Question =
  | {
      /** Answer: for each row after the first `from`, in order, its EntryDifference or null (pages.ts, each as JSON). */
      readonly asked: 'life'
      readonly entry: EntryName
      /** All that touched it. */
      readonly rows: readonly Uint8Array[]
      readonly from: number
      readonly directions: Directions
    }
  | {
      /** Answer: Marks or null, see marks.ts. */
      readonly asked: 'marks'
      readonly entry: EntryName
      readonly rows: readonly Uint8Array[]
    }
  | {
      /** Answer: the list of EntryDifference. */
      readonly asked: 'difference'
      /** What they touch; null: the whole document. */
      readonly entries: readonly EntryName[] | null
      /** The document at the earlier moment; null: made of the rows that touch the entries. */
      readonly stored: Stored | null
      readonly earlier: readonly Uint8Array[]
      readonly later: readonly Uint8Array[]
      /** From the later moment to the earlier one. */
      readonly backwards: boolean
      readonly directions: Directions
    }
  | {
      /** Answer: the update that moves painting to an archive, see archived.ts. */
      readonly asked: 'archive'
      readonly stored: Stored
      readonly client: number
    }
  | {
      /** Answer: the list of PaintDifference. */
      readonly asked: 'painting'
      /** The document at the earlier moment, and the rows after it. */
      readonly stored: Stored
      readonly later: readonly Uint8Array[]
      readonly backwards: boolean
      readonly canvas: PaintCanvas
    }
  | {
      /** Answer: the update that takes the words out of the document, then what is left of each row; empty where it held none (pages.ts). */
      readonly asked: 'taken out'
      readonly entry: EntryName
      readonly field: string
      /** All that touched it. */
      readonly rows: readonly Uint8Array[]
      /** Nobody else writes under it. */
      readonly client: number
    }
  | {
      /** Answer: for each row what it touches, see touches.ts (pages.ts, each as JSON). */
      readonly asked: 'touches'
      /** All of the document. */
      readonly rows: readonly Uint8Array[]
    }
type Asked<Name extends Question['asked']> = Extract<Question, { asked: Name }>

export function answerTo(question: Question, replay: (stored: Stored) => Y.Doc): Uint8Array {
  if (question.asked === 'life') {
    const { entry, rows, from, directions } = question
    return pageOf(lifeIn(watched(updatesIn(rows)), entry, from, directions))
  }
  if (question.asked === 'marks') return asJson(marksIn(watched(updatesIn(question.rows)), question.entry))
  if (question.asked === 'touches')
    return pageOf([...touchesIn(watched(updatesIn(question.rows)))].map(asJson))
  if (question.asked === 'archive')
    return archived(replay(question.stored), question.stored.seq, question.client)
  if (question.asked === 'painting') {
    const { stored, later, backwards, canvas } = question
    return asJson(paintedBetween(replay(stored), watched(updatesIn(later)), backwards, canvas))
  }
  if (question.asked === 'taken out') return pageOf(takenOut(question))
  return asJson(question.stored ? inWhole(question, replay(question.stored)) : inEntries(question))
}

const NOTHING = new Uint8Array()
/** A Yjs update with no structs and no deletions. */
const NO_CHANGE = Uint8Array.of(0, 0)

const asJson = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value))

function takenOut({ entry, field, rows, client }: Asked<'taken out'>): Uint8Array[] {
  const projection = new Projection()
  const updates = [...updatesIn(rows)]
  projection.applyAll(watched(updates))
  const { ydoc } = projection
  const words = wordsOf(ydoc, entry, field)
  const left = updates.map((update) => words.leftOf(update) ?? NOTHING)
  let written: Uint8Array = NO_CHANGE
  ydoc.clientID = client
  ydoc.on('update', (update: Uint8Array) => {
    written = update
  })
  takeOut(ydoc, entry, field)
  return [written, ...left]
}

function inEntries({
  entries,
  earlier,
  later,
  backwards,
  directions,
}: Asked<'difference'>): EntryDifference[] {
  const projection = new Projection()
  const read = () => (entries ?? []).map(({ root, id }) => readEntry(projection.ydoc, root, id))
  projection.applyAll(watched(updatesIn(earlier)))
  const before = read()
  projection.applyAll(watched(updatesIn(later)))
  const after = read()
  const [a, b] = backwards ? [after, before] : [before, after]
  const axesOf = axesIn(directions)
  return (entries ?? []).flatMap(
    ({ root }, n) => differenceOf(root, a[n] ?? null, b[n] ?? null, axesOf) ?? [],
  )
}

function inWhole({ later, backwards, directions }: Asked<'difference'>, ydoc: Y.Doc): EntryDifference[] {
  const before = readRoots(ydoc)
  ydoc.transact(() => {
    for (const row of watched(updatesIn(later))) Y.applyUpdate(ydoc, row)
  })
  const after = readRoots(ydoc)
  const [a, b] = backwards ? [after, before] : [before, after]
  return differencesBetween(a, b, axesIn(directions))
}
