/** Acts of painting leave their lanes for a file that holds them all (kinds/mask/archive.ts). The server does it, nobody else may. */
import type * as Y from 'yjs'
import { MASK_ARCHIVES } from '../documents.ts'
import type { ArchiveNote } from '../kinds/mask/archives.ts'
import { type Lane, laneKey, lanesOf } from '../kinds/mask/lanes.ts'
import { Act, perform } from './act.ts'

/** `name`: SHA-256 of the file, in hex. What was laid since it was made stays where it is. */
export function moveToArchive(doc: Y.Doc, name: string, note: ArchiveNote): void {
  perform(doc, new Act('archive'), () => {
    doc.getMap(MASK_ARCHIVES).set(name, structuredClone(note))
    for (const lane of note.lanes) {
      const elements = lanesOf(doc).get(laneKey(lane))
      const count = elements ? countUntil(elements, lane.clock) : 0
      if (count > 0) elements?.delete(0, count)
    }
  })
}

/** Elements at the beginning of a lane that were laid at this clock or before. */
function countUntil(lane: Lane, clock: number): number {
  let count = 0
  for (let item = lane._start; item !== null && item.id.clock <= clock; item = item.right)
    if (!item.deleted) count += item.length
  return count
}
