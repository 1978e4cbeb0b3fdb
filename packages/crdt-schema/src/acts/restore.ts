/**
 * Making entries again what they once were. Only what differs is written, so that whoever works on the same entry meanwhile loses nothing
 * that the past does not contradict, and so that what stays keeps its author. Nothing is removed: an annotation that was not there yet is
 * retired, and one that was retired since is not any more. The past is another document, as it was then.
 */
import * as Y from 'yjs'
import { isEqual } from '../compare/equal.ts'
import type { RootName } from '../documents.ts'
import type { EntryKey } from '../entry.ts'
import { Act, ActFault, type Entry, entryOf, perform, rootOf } from './act.ts'
import { checkWritten } from './checks.ts'
import { setText } from './splice.ts'

export interface Place {
  readonly root: RootName
  readonly id: EntryKey
}

/** Would restoring this entry write anything? */
export function differs(doc: Y.Doc, then: Y.Doc, { root, id }: Place): boolean {
  const now = rootOf(doc, root).get(id)
  const past = rootOf(then, root).get(id)
  if (!now) return false
  if (past) return !isEqual(now.toJSON(), past.toJSON())
  return root !== 'annotations' || !now.get('retired')
}

/** `reason`: why what was not there yet is retired. */
export function restore(doc: Y.Doc, then: Y.Doc, places: readonly Place[], reason: string): void {
  checkWritten('reason', reason)
  const differing = places.filter((place) => differs(doc, then, place))
  for (const { root, id } of differing)
    if (root !== 'annotations' && !rootOf(then, root).has(id))
      throw new ActFault('unknown-entry', 'This had not been said yet; what was said stays.')
  if (differing.length === 0) return
  perform(doc, new Act('restore'), () => {
    for (const { root, id } of differing) {
      const entry = entryOf(doc, root, id)
      const past = rootOf(then, root).get(id)
      if (past) restoreMap(entry, past)
      else entry.set('retired', { reason })
    }
  })
}

function restoreMap(now: Entry, past: Entry): void {
  for (const key of now.keys()) if (!past.has(key)) now.delete(key)
  for (const [key, was] of past.entries()) {
    const is = now.get(key)
    if (was instanceof Y.Map && is instanceof Y.Map) restoreMap(is, was)
    else if (was instanceof Y.Text && is instanceof Y.Text) setText(is, was.toString())
    else if (!isEqual(is, was)) now.set(key, structuredClone(was))
  }
}
