/** Any moment of a document, read back: its rows here, what is made of them in a worker. */
import type { Sql } from '../db/open.ts'
import type { Log } from '../log.ts'
import type { Travel } from '../revisions/travel.ts'
import type { Answers, Wanted } from '../revisions/work.ts'
import { Turnstile } from '../turnstile.ts'
import { type Extent, type Moment, type Recorded, readExtent, unpack, withSound } from './replay.ts'
import { dropSnapshots, type PackedSnapshot, writeSnapshot } from './snapshots.ts'

export interface Moments {
  /** For documents that are small: unpacked on the event loop. */
  recorded(doc: number, upTo?: number): Promise<Recorded>
  /** What the document was after a row, in the form that is wanted. Few are read at a time: each is a document in memory. */
  moment<W extends Wanted>(
    doc: number,
    upTo: number | undefined,
    wanted: W,
    options?: Pick<Moment, 'snapshotUpTo'>,
  ): Promise<Answers[W]>
  /** What opening it would cost. */
  extent(doc: number): Promise<Extent>
  keepSnapshot(doc: number, seq: number, snapshot: PackedSnapshot): Promise<void>
  /** None of this document is to be trusted; the journal has it all. */
  dropSnapshots(doc: number): Promise<void>
}

const MOMENTS_AT_ONCE = 3

/** Whoever opens a document does not wait behind those who look into the past. */
const FOR_OPENING: ReadonlySet<Wanted> = new Set<Wanted>(['opening', 'whole'])

export function createMoments(sql: Sql, log: Log, travel: Travel): Moments {
  const opening = new Turnstile(MOMENTS_AT_ONCE)
  const others = new Turnstile(MOMENTS_AT_ONCE)
  return {
    recorded: (doc, upTo) => withSound(sql, log, { doc, upTo }, unpack),
    moment: (doc, upTo, wanted, options) =>
      (FOR_OPENING.has(wanted) ? opening : others).pass(() =>
        withSound(sql, log, { doc, upTo, ...options }, (stored) => travel.make(wanted, stored)),
      ),
    extent: (doc) => readExtent(sql, doc),
    keepSnapshot: (doc, seq, snapshot) => writeSnapshot(sql, doc, seq, snapshot),
    dropSnapshots: (doc) => dropSnapshots(sql, doc),
  }
}
