/** Taking an annotation back, and bringing it back. The entry itself is never removed: its id, its history and its threads stay. */
import type * as Y from 'yjs'
import type { Retirement } from '../annotation.ts'
import type { EntryKey } from '../entry.ts'
import { Act, entryOf, perform, sendable } from './act.ts'
import { checkWritten } from './checks.ts'

/** Never without a reason. Retiring what is retired changes nothing: the first reason stands. */
export function retire(doc: Y.Doc, id: EntryKey, reason: string): void {
  checkWritten('reason', reason)
  const entry = entryOf(doc, 'annotations', id)
  if (entry.get('retired')) return
  const retirement: Retirement = { reason: sendable(reason) }
  perform(doc, new Act('retire', 'removal of the annotation'), () => entry.set('retired', retirement))
}

export function reinstate(doc: Y.Doc, id: EntryKey): void {
  const entry = entryOf(doc, 'annotations', id)
  if (!entry.get('retired')) return
  perform(doc, new Act('reinstate', 'return of the annotation'), () => entry.set('retired', null))
}
