/** Any moment of a document, read back: its rows here, what is made of them in a worker. */
import type { Sql } from '../db/open.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import type { Travel } from '../revisions/travel.ts'
import type { Answers, Wanted } from '../revisions/work.ts'
import { Turnstile } from '../turnstile.ts'
import { createMending } from './mending.ts'
import {
  type Extent,
  type Moment,
  type Recorded,
  readExtent,
  type Stored,
  unpack,
  withSound,
} from './replay.ts'
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
  /** What `use` makes of a moment's rows; a snapshot that it finds damaged is passed over, and made anew. */
  sound<T>(moment: Moment, use: (stored: Stored) => T | Promise<T>): Promise<T>
  /** What opening it would cost. */
  extent(doc: number): Promise<Extent>
  keepSnapshot(doc: number, seq: number, snapshot: PackedSnapshot): Promise<void>
  /** None of this document is to be trusted; the journal has it all. */
  dropSnapshots(doc: number): Promise<void>
  /** `work` changes rows and drops what was made of them: nothing made before is kept afterwards. */
  rewriting<T>(doc: number, work: () => Promise<T>): Promise<T>
}

const MOMENTS_AT_ONCE = 3

/** Whoever opens a document does not wait behind those who look into the past. */
const FOR_OPENING: ReadonlySet<Wanted> = new Set<Wanted>(['opening', 'whole'])

export function createMoments(
  sql: Sql,
  log: Log,
  travel: Travel,
  metrics: Pick<Metrics, 'alarm' | 'watch'>,
): Moments {
  const opening = new Turnstile(MOMENTS_AT_ONCE)
  const others = new Turnstile(MOMENTS_AT_ONCE)
  /** How often rows of a document were rewritten; and how often they had been when a snapshot was begun. */
  const rewritten = new Map<number, number>()
  const begun = new WeakMap<PackedSnapshot, number>()
  const keeping = new Set<Promise<void>>()
  const times = (doc: number): number => rewritten.get(doc) ?? 0

  const mending = createMending({
    sql,
    log,
    metrics,
    make: async (doc, seq) =>
      keepSnapshot(doc, seq, await others.pass(() => make({ doc, upTo: seq }, 'snapshot'))),
  })
  const sound = <T>(moment: Moment, use: (stored: Stored) => T | Promise<T>): Promise<T> =>
    withSound(sql, log, moment, use, (snapshot) => mending.passedOver(moment.doc, snapshot))

  async function make<W extends Wanted>(moment: Moment, wanted: W): Promise<Answers[W]> {
    const before = times(moment.doc)
    const made = await sound(moment, (stored) => travel.make(wanted, stored))
    if (wanted === 'snapshot') begun.set(made as PackedSnapshot, before)
    return made
  }

  async function keepSnapshot(doc: number, seq: number, snapshot: PackedSnapshot): Promise<void> {
    if ((begun.get(snapshot) ?? 0) !== times(doc)) return
    const kept = writeSnapshot(sql, doc, seq, snapshot)
    keeping.add(kept)
    await kept.finally(() => keeping.delete(kept))
  }

  return {
    recorded: (doc, upTo) => sound({ doc, upTo }, unpack),
    moment: (doc, upTo, wanted, options) =>
      (FOR_OPENING.has(wanted) ? opening : others).pass(() => make({ doc, upTo, ...options }, wanted)),
    sound,
    extent: (doc) => readExtent(sql, doc),
    keepSnapshot,
    dropSnapshots: (doc) => dropSnapshots(sql, doc),
    async rewriting(doc, work) {
      const count = () => rewritten.set(doc, times(doc) + 1)
      count()
      await Promise.allSettled(keeping)
      // Once more: what was begun meanwhile may have been made of either.
      return work().finally(count)
    },
  }
}
