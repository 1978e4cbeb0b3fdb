/** On which series a segment lies: said when it is made, and never again. */
import { readEntry } from '@consilium/crdt-schema/changes'
import type { EntryKey } from '@consilium/crdt-schema/entry'
import type * as Y from 'yjs'

/** Null where the document does not know the segment (yet). */
export function seriesFinder(doc: Y.Doc): (segment: EntryKey) => string | null {
  const found = new Map<EntryKey, string>()
  return (segment) => {
    const known = found.get(segment)
    if (known !== undefined) return known
    const series = readEntry(doc, 'annotations', segment)?.source.series ?? null
    if (series !== null) found.set(segment, series)
    return series
  }
}
