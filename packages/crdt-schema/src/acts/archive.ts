/** Acts of painting leave their lanes for a file that holds them all (kinds/mask/archive.ts). The server does it, nobody else may. */
import type * as Y from 'yjs'
import { MASK_ARCHIVES } from '../documents.ts'
import type { ArchiveNote } from '../kinds/mask/archives.ts'
import { laneKey, lanesOf } from '../kinds/mask/lanes.ts'
import { Act, perform } from './act.ts'

/** `name`: SHA-256 of the file, in hex. Everything that the lanes hold must be in it. */
export function moveToArchive(doc: Y.Doc, name: string, note: ArchiveNote): void {
  perform(doc, new Act('archive'), () => {
    doc.getMap(MASK_ARCHIVES).set(name, structuredClone(note))
    for (const lane of note.lanes) {
      const elements = lanesOf(doc).get(laneKey(lane))
      if (elements && elements.length > 0) elements.delete(0, elements.length)
    }
  })
}
