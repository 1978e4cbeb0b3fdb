/**
 * Which acts of painting do not lie in their lanes any more: the root `masks-archive` names files by the SHA-256 of their bytes. A file
 * holds the acts that lay in all lanes after some revision, byte for byte (archive.ts); the note of it says how far each lane is in it, and
 * where its reader stands there, so that what was laid behind can be read without the file.
 */
import type * as Y from 'yjs'
import { z } from 'zod'
import { MASK_ARCHIVES } from '../../documents.ts'
import type { LaneState } from './bytes/lane.ts'

const Whole = z.number().int().nonnegative()

export const ArchiveNote = z.strictObject({
  /** The revision whose lanes it holds. */
  revision: Whole,
  /** Acts and other elements. */
  elements: Whole,
  bytes: Whole,
  lanes: z.array(
    z.strictObject({
      client: Whole,
      number: Whole,
      /** Of its last item that is archived. */
      clock: Whole,
      startedAt: Whole,
      elements: Whole,
      lamport: Whole,
      segments: z.array(z.string()),
    }),
  ),
})
export type ArchiveNote = z.infer<typeof ArchiveNote>

export const ARCHIVE_KEY = /^[0-9a-f]{64}$/

/** Where a lane stands: what was read of it so far, and the clock of the last item; -1 before the first. */
export interface Standing {
  readonly number: number
  readonly clock: number
  readonly state: LaneState
}

export const standingOf = (lane: ArchiveNote['lanes'][number]): Standing => {
  const { number, clock, ...state } = lane
  return { number, clock, state }
}

/** Those that can be read, by the name of their file. */
export function archivesOf(doc: Y.Doc): ReadonlyMap<string, ArchiveNote> {
  const notes = new Map<string, ArchiveNote>()
  for (const [key, value] of doc.getMap(MASK_ARCHIVES).entries()) {
    const note = ArchiveNote.safeParse(value).data
    if (note && ARCHIVE_KEY.test(key)) notes.set(key, note)
  }
  return notes
}

/** How far each client's lanes are archived. */
export function archivedUntil(doc: Y.Doc): ReadonlyMap<number, Standing> {
  const until = new Map<number, Standing>()
  for (const { lanes } of archivesOf(doc).values())
    for (const lane of lanes)
      if (lane.clock > (until.get(lane.client)?.clock ?? -1)) until.set(lane.client, standingOf(lane))
  return until
}
