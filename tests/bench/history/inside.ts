/**
 * Blame inside the server's process: what the route does once it is known who asks and that they may, up to the written answer. Without
 * HTTP, the session, the rights, the note in the audit log, and the way back.
 */
import { entryId } from '../../../apps/collab-server/src/journal/book.ts'
import { blame } from '../../../apps/collab-server/src/revisions/blame.ts'
import { createPast } from '../../../apps/collab-server/src/revisions/past.ts'
import type { Services } from '../../../apps/collab-server/src/services.ts'

export interface AskedInside {
  readonly document: string
  readonly annotation: string
  /** Revision. */
  readonly at: number
}

/** Answers with the ms it took, and throws where nobody made anything. */
export function createInside({
  db,
  journal,
  room,
}: Pick<Services, 'db' | 'journal' | 'room'>): (asked: AskedInside) => Promise<number> {
  const { travel, vault, sound } = journal
  const past = createPast({ sql: db.sql, travel, vault, sound })
  return async ({ document, annotation, at }) => {
    const begun = performance.now()
    const book = await journal.find(document)
    const number = book?.entries.get(entryId('annotations', annotation))
    if (!book || number === undefined) throw new Error('an annotation that is not there')
    const open = room.live(document)?.standing ?? null
    const made = await blame(past, book, { root: 'annotations', id: annotation, number }, at, { open })
    const written = JSON.stringify(made)
    const ms = performance.now() - begun
    if (!made || Object.keys(made.vertices).length === 0 || written === '')
      throw new Error('an annotation without vertices')
    return ms
  }
}
