/** Who wrote a field last: the clientID of the item that holds its value now. Null where there is none. */
import type { RootName } from '@consilium/crdt-schema/documents'
import type { EntryKey } from '@consilium/crdt-schema/entry'
import * as Y from 'yjs'

export function lastWriter(doc: Y.Doc, root: RootName, entry: EntryKey, field: string): number | null {
  const found = doc.getMap(root).get(entry)
  return found instanceof Y.Map ? (found._map.get(field)?.id.client ?? null) : null
}
