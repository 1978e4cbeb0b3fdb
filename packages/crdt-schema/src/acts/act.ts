/**
 * What every act has in common: it is named, it is one Yjs transaction, and it checks everything before it touches the document.
 * Only the files in this folder write a document. An act that cannot be done throws an ActFault and leaves no trace.
 */
import * as Y from 'yjs'
import type { RootName } from '../documents.ts'
import { type EntryKey, entryKey } from '../entry.ts'

/** The origin of an act's transaction. `title` completes "Undo …" on the button. */
export class Act {
  readonly name: string
  readonly title: string

  constructor(name: string, title: string = name) {
    this.name = name
    this.title = title
  }
}

export type ActFaultCode =
  | 'unknown-entry' // no such annotation, thread, decision or vertex
  | 'retired' // the annotation was taken back; reinstate it first
  | 'invalid-geometry'
  | 'invalid-value'
  | 'empty-text'
  | 'too-long'

/** Why an act was not done, in a sentence that can be shown as it is. */
export class ActFault extends Error {
  readonly code: ActFaultCode

  constructor(code: ActFaultCode, message: string) {
    super(message)
    this.name = 'ActFault'
    this.code = code
  }
}

export type Entry = Y.Map<unknown>

export const rootOf = (doc: Y.Doc, root: RootName): Y.Map<Entry> => doc.getMap<Entry>(root)

const SAID: Record<RootName, string> = {
  annotations: 'This annotation',
  threads: 'This thread',
  comments: 'This comment',
  decisions: 'This decision',
  dissents: 'This dissent',
}

export function entryOf(doc: Y.Doc, root: RootName, id: EntryKey): Entry {
  const entry = rootOf(doc, root).get(id)
  if (!(entry instanceof Y.Map)) throw new ActFault('unknown-entry', `${SAID[root]} is not in this document.`)
  return entry
}

/** Writes a new entry under a key of this client. To be called inside `perform`. */
export function addEntry(doc: Y.Doc, root: RootName, fields: Record<string, unknown>): EntryKey {
  const entries = rootOf(doc, root)
  let key = entryKey(doc.clientID)
  while (entries.has(key)) key = entryKey(doc.clientID)
  const written = Object.entries(fields).map(([name, value]): [string, unknown] => [name, sendable(value)])
  entries.set(key, new Y.Map(written))
  return key
}

/** Half a character (a lone surrogate, as a broken paste may hold) cannot be sent: the others would read another text than its writer. */
export const sendable = <Value>(value: Value): Value =>
  typeof value === 'string' ? (value.toWellFormed() as Value) : value

export const perform = <Result>(doc: Y.Doc, act: Act, write: () => Result): Result => doc.transact(write, act)
