/** Taking words out: what is to be seen of them from now on. That they go from the past too is for the server to do. */
import * as Y from 'yjs'
import { isEqual } from '../compare/equal.ts'
import { holdsWords, withoutWords } from '../takenOut.ts'
import { Act, ActFault, entryOf, perform } from './act.ts'
import type { Place } from './restore.ts'

/** Writes nothing where there are no words. */
export function takeOut(doc: Y.Doc, { root, id }: Place, field: string): void {
  if (!holdsWords(root, field)) throw new ActFault('invalid-value', 'Nobody writes words there.')
  const entry = entryOf(doc, root, id)
  const value = entry.get(field)
  if (value instanceof Y.Text) {
    if (value.length > 0) perform(doc, new Act('take out'), () => value.delete(0, value.length))
    return
  }
  const left = withoutWords(value)
  if (!isEqual(value, left)) perform(doc, new Act('take out'), () => entry.set(field, left))
}
