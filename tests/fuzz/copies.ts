/** A document comes about in many ways; whatever the gate took, all of them must end in the same one, and a page must be able to read it. */
import { readRoots } from '@consilium/crdt-schema/changes'
import * as Y from 'yjs'
import { stateOf, withRoots } from './oracle.ts'

type Copy = (rows: readonly Uint8Array[]) => Y.Doc

const each = (doc: Y.Doc, updates: readonly Uint8Array[]): Y.Doc => {
  for (const update of updates) Y.applyUpdate(doc, update)
  return doc
}
const replayed: Copy = (rows) => each(withRoots(new Y.Doc()), rows)

const COPIES: Readonly<Record<string, Copy>> = {
  'who forgets nothing': (rows) => each(withRoots(new Y.Doc({ gc: false })), rows),
  'who gets all rows in one go': (rows) => {
    const doc = withRoots(new Y.Doc())
    doc.transact(() => void each(doc, rows))
    return doc
  },
  'who gets the rows merged': (rows) => each(withRoots(new Y.Doc()), [Y.mergeUpdates([...rows])]),
  'who joins': (rows) => each(withRoots(new Y.Doc()), [Y.encodeStateAsUpdate(replayed(rows))]),
}

/** Null where all copies are the same, readable document. */
export function faultOf(rows: readonly Uint8Array[]): string | null {
  if (rows.length === 0) return null
  const doc = replayed(rows)
  const state = stateOf(doc)
  for (const [who, copy] of Object.entries(COPIES)) {
    const other = copy(rows)
    if (stateOf(other) !== state) return `${who} has another document`
    if (other.subdocs.size > 0) return 'it holds another document'
  }
  const [unreadable] = readRoots(doc).unreadable
  return unreadable ? `a page cannot read ${unreadable.root} ${unreadable.id}` : null
}
