/**
 * Archives of painting (crdt-schema's painting/archive): what the lanes of a document held after a revision. Nothing of them is stored: the
 * journal has every act, and a worker makes the same file of it again.
 */
import { archivesOf } from '@consilium/crdt-schema/painting/archives'
import type * as Y from 'yjs'
import type { Journal } from '../journal/journal.ts'

/** Of the revision's lanes; null where nothing lay in them. */
export async function paintFile(
  journal: Pick<Journal, 'moment'>,
  doc: number,
  revision: number,
): Promise<Uint8Array | null> {
  return (await journal.moment(doc, revision, 'painting'))?.bytes ?? null
}

/** The revisions whose archives a document names, the oldest first. */
export const paintRevisions = (ydoc: Y.Doc): number[] =>
  [...archivesOf(ydoc).values()].map(({ revision }) => revision).sort((a, b) => a - b)

/** By revision. */
export async function paintFiles(
  journal: Pick<Journal, 'moment'>,
  doc: number,
  revisions: readonly number[],
): Promise<Map<number, Uint8Array>> {
  const files = new Map<number, Uint8Array>()
  for (const revision of revisions) {
    const file = await paintFile(journal, doc, revision)
    if (file) files.set(revision, file)
  }
  return files
}
