/**
 * Makes a document from its journal, without anybody else's change having to wait for it. A small one is read here. For a large one the
 * worker does the work and gives it back in small pieces, of which a few are applied in each turn of the event loop; and with it what the
 * pages get that wait for the document.
 */
import type * as Y from 'yjs'
import { Breather } from '../breather.ts'
import type { Journal } from '../journal/journal.ts'
import { updatesIn } from '../journal/pages.ts'
import { applyRecorded, applySome, type Extent } from '../journal/replay.ts'
import type { Opening, Whole } from '../revisions/work.ts'
import { heapOf, requireMemory, requireRoomFor } from './memory.ts'

/** Until here a turn or two of the event loop are enough. A snapshot cannot be applied in part. */
const SMALL = { structs: 1_000, rows: 500, bytes: 64 * 1024 }

const isSmall = ({ state, tailRows, tailBytes }: Extent): boolean =>
  state.structs <= SMALL.structs && tailRows <= SMALL.rows && state.bytes + tailBytes <= SMALL.bytes

export interface Opened extends Extent {
  /** The last row in it. */
  readonly seq: number
  /** Null for small documents: it is made when it is asked for. */
  readonly whole: Whole | null
}

type Read = Pick<Journal, 'extent' | 'recorded' | 'moment'>

/** Refuses with `too-large-to-open`. */
export async function openInto(ydoc: Y.Doc, journal: Read, doc: number, origin: unknown): Promise<Opened> {
  const extent = await journal.extent(doc)
  requireRoomFor(extent)
  if (isSmall(extent)) {
    const recorded = await journal.recorded(doc)
    await applyRecorded(ydoc, recorded, origin)
    return { ...extent, seq: recorded.seq, whole: null }
  }
  const opening = await journal.moment(doc, undefined, 'opening')
  requireMemory(heapOf(opening.size))
  await applyPieces(ydoc, opening, origin)
  return { ...extent, seq: opening.seq, whole: opening.whole }
}

async function applyPieces(ydoc: Y.Doc, { pieces }: Opening, origin: unknown): Promise<void> {
  const breather = new Breather()
  const updates = updatesIn([pieces])
  while (applySome(ydoc, updates, origin, () => !breather.isDue)) await breather.take()
}
