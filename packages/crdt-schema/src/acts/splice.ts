/** Turning one text into another with a single replacement, so that whoever types elsewhere in it is not disturbed. */
import type * as Y from 'yjs'

const splitsPair = (text: string, at: number): boolean => {
  const before = text.charCodeAt(at - 1)
  const after = text.charCodeAt(at)
  return before >= 0xd800 && before < 0xdc00 && after >= 0xdc00 && after < 0xe000
}

/** The one replacement that turns `from` into `to`, in UTF-16 units. Never cuts a surrogate pair: Yjs would replace both halves. */
function spliceBetween(
  from: string,
  to: string,
): { readonly at: number; readonly removed: number; readonly inserted: string } {
  let start = 0
  while (start < from.length && start < to.length && from[start] === to[start]) start++
  if (splitsPair(from, start) || splitsPair(to, start)) start--
  let end = 0
  const most = Math.min(from.length, to.length) - start
  while (end < most && from[from.length - 1 - end] === to[to.length - 1 - end]) end++
  if (splitsPair(from, from.length - end) || splitsPair(to, to.length - end)) end--
  return { at: start, removed: from.length - start - end, inserted: to.slice(start, to.length - end) }
}

/** To be called inside `perform`. */
export function setText(text: Y.Text, to: string): void {
  const { at, removed, inserted } = spliceBetween(text.toString(), to)
  if (removed > 0) text.delete(at, removed)
  if (inserted !== '') text.insert(at, inserted)
}
