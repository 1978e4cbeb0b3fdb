/**
 * Which places of the record a transaction touched, as paths: `annotations/12-abcd` where an entry was made, `…/label` where a field was
 * set, `…/vertices/a0` where a vertex was. Exact, so that of refused work only one's own changes are offered again, and nothing that
 * others wrote meanwhile is put back by mistake.
 */
import type * as Y from 'yjs'

/** Root, entry, field, key below the field: deeper than that the record has nothing. */
const DEPTH = 4

export function touchedPaths(transaction: Y.Transaction): ReadonlySet<string> {
  const paths = new Set<string>()
  for (const [type, keys] of transaction.changed) {
    const base = pathOf(type, transaction.doc)
    // Changes inside a text have no key; the text as a whole is meant.
    for (const key of keys) paths.add([...base, ...(key === null ? [] : [key])].slice(0, DEPTH).join('/'))
  }
  return paths
}

type AnyType = NonNullable<ReturnType<Y.Doc['share']['get']>>

function pathOf(type: AnyType, doc: Y.Doc): string[] {
  const path: string[] = []
  let at = type
  while (at._item !== null) {
    path.unshift(at._item.parentSub ?? '')
    at = at._item.parent as AnyType
  }
  for (const [name, root] of doc.share) if (root === at) return [name, ...path]
  return path
}
