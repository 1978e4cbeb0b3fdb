/** Which entries a transaction touched: the keys right below the roots, whatever was changed further down. */
import type * as Y from 'yjs'

export function touchedEntries(transaction: Y.Transaction): ReadonlySet<string> {
  const entries = new Set<string>()
  for (const [type, keys] of transaction.changed) {
    let below: string | null = null
    let item = type._item
    // Climb to the root, remembering the key by which the path leaves it.
    while (item !== null) {
      below = item.parentSub
      const parent = item.parent as Y.AbstractType<unknown>
      item = parent._item
    }
    if (below !== null) entries.add(below)
    else for (const key of keys) if (key !== null) entries.add(key)
  }
  return entries
}
