/**
 * A snapshot that cannot be used costs whoever opens the document a longer replay, once: it is dropped, and another is made of the rows in
 * its place, in the background. One that was damaged wakes somebody, for it was whole when it was written; one of another build does not.
 */
import type { Sql } from '../db/open.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import { dropSnapshot, isOurs, type StoredSnapshot } from './snapshots.ts'

export interface Mending {
  passedOver(doc: number, snapshot: Pick<StoredSnapshot, 'seq' | 'format'>): void
}

export interface MendingParts {
  readonly sql: Sql
  readonly log: Log
  readonly metrics: Pick<Metrics, 'alarm' | 'watch'>
  /** Makes one of what is sound up to there, and keeps it. */
  readonly make: (doc: number, seq: number) => Promise<void>
}

export function createMending({ sql, log, metrics, make }: MendingParts): Mending {
  /** `<document> <row>` of those that are being replaced: several may have met the same one. */
  const replacing = new Set<string>()
  let replaced = 0
  metrics.watch(
    'consilium_snapshots_replaced',
    'Snapshots that were damaged or of another build, and were made anew of the rows, since the start',
    () => replaced,
  )

  async function replace(doc: number, seq: number, key: string): Promise<void> {
    try {
      await dropSnapshot(sql, doc, seq)
      await make(doc, seq)
      replaced++
    } catch (error) {
      // The next is written when it is due; until then the document is replayed from further back.
      log.warn({ err: error, doc, seq }, 'a snapshot could not be made anew; the journal is whole')
    } finally {
      replacing.delete(key)
    }
  }

  return {
    passedOver(doc, { seq, format }) {
      const key = `${doc} ${seq}`
      if (replacing.has(key)) return
      replacing.add(key)
      if (isOurs({ format })) metrics.alarm('snapshot-damaged', { doc, seq })
      void replace(doc, seq, key)
    },
  }
}
