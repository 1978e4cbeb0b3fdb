/**
 * Reads back what the journal holds, for as long as the server runs, and compares:
 *
 *   what was acknowledged   within seconds, with the hashes that were sent to the pages
 *   at the start            the rows that were written last, then the head of every document
 *   always                  every row of every document, slowly, again and again
 *
 * A fault raises the alarm; its document accepts no more changes until it was found whole again. Nothing here is in anybody's way: one
 * question at a time, few rows per second.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { isStorageFault, isUnavailable } from '../db/errors.ts'
import type { Sql } from '../db/open.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import type { CommittedRow } from './book.ts'
import {
  checkHeads,
  checkStretch,
  type Fault,
  type Headed,
  type Known,
  lastWritten,
  SLICE_ROWS,
  type Stretch,
} from './checks.ts'

export interface ReadBack {
  /** A row was acknowledged; `before` is the hash of the row before it. */
  acknowledged(row: CommittedRow, before: Uint8Array): void
  /** The end of a document that is about to be opened. */
  tail(doc: number, head: number): Promise<void>
  /** By document. Nothing may be added to these. */
  readonly faults: ReadonlyMap<number, Fault>
  /** Begins to look at everything. */
  begin(): void
  close(): Promise<void>
}

/** How fast it looks. Times in ms. */
export interface Pace {
  /** Between two looks at what was acknowledged. */
  readonly recentEvery: number
  /** From the start to the walk over everything. */
  readonly walkBegins: number
  /** In it, after a slice of rows (checks.ts) or as many short documents as cost the same. */
  readonly rest: number
  /** From the end of the walk to the next. */
  readonly walkEvery: number
}

const PACE: Pace = { recentEvery: 1_000, walkBegins: 2_000, rest: 100, walkEvery: 10 * 60_000 }
/** Acknowledged rows looked at in one go; they may fall this far behind before some are left to the walk over everything. */
const RECENT_ROWS = 1_000
const RECENT_BACKLOG = 50_000
const TAIL_ROWS = 50
/** What it costs to look at a short document, in rows. */
const DOCUMENT_COSTS = 10
const HEADS = 500
/** How long a look that is under way may take when we stop. */
const LAST_LOOK_MS = 1_000

/** Acknowledged rows of one document, one after the other. */
interface Recent {
  readonly doc: number
  readonly from: number
  /** Hash of the row before, then of each row. */
  readonly hashes: Uint8Array[]
}

export function createReadBack(sql: Sql, log: Log, metrics: Metrics, pace: Pace = PACE): ReadBack {
  const faults = new Map<number, Fault>()
  /** What is stored there is right in itself, and yet not what was acknowledged: no later look can make that good. */
  const forged = new Set<number>()
  const recent = new Map<number, Recent>()
  let waiting = 0
  let spent = 0
  /** The next look at what was acknowledged, or the one that is under way. */
  let next: NodeJS.Timeout | null = null
  let looking: Promise<void> | null = null
  const closing = new AbortController()
  metrics.watch(
    'consilium_journal_faulty_documents',
    'Documents whose journal has a fault',
    () => faults.size,
  )
  let rows = 0
  metrics.watch('consilium_journal_rows_read_back', 'Rows read back since the start', () => rows)
  const rest = (ms: number): Promise<void> => sleep(ms, undefined, { ref: false, signal: closing.signal })

  function report(fault: Fault): void {
    const known = faults.get(fault.doc)
    faults.set(fault.doc, known ?? fault)
    if (!known) metrics.alarm('journal-fault', { ...fault })
  }

  /** Null where it could not be looked at just now. */
  async function look(
    stretch: Stretch,
    check: () => Promise<Fault | null>,
  ): Promise<'whole' | 'fault' | null> {
    try {
      const fault = await check()
      rows += stretch.to - stretch.from + 1
      if (fault) report(fault)
      return fault ? 'fault' : 'whole'
    } catch (error) {
      if (isUnavailable(error) || closing.signal.aborted) return null
      if (isStorageFault(error)) {
        report({ doc: stretch.doc, seq: stretch.from, what: 'it cannot be read' })
        return 'fault'
      }
      throw error
    }
  }

  function acknowledged(row: CommittedRow, before: Uint8Array): void {
    if (waiting >= RECENT_BACKLOG) return
    const { doc, seq, hash } = row
    const known = recent.get(doc)
    if (known && known.from + known.hashes.length - 1 !== seq) return
    if (known) known.hashes.push(hash)
    else recent.set(doc, { doc, from: seq, hashes: [before, hash] })
    waiting++
    lookSoon()
  }

  function lookSoon(): void {
    if (looking || recent.size === 0 || closing.signal.aborted) return
    next ??= setTimeout(() => {
      next = null
      looking = compareRecent()
        .catch((error: unknown) => log.error({ err: error }, 'acknowledged rows could not be read back'))
        .finally(() => {
          looking = null
          lookSoon()
        })
    }, pace.recentEvery).unref()
  }

  async function compareRecent(): Promise<void> {
    let left = RECENT_ROWS
    for (const [doc, { from, hashes }] of recent) {
      if (left <= 0 || closing.signal.aborted) break
      const count = Math.min(left, hashes.length - 1)
      const stretch = { doc, from, to: from + count - 1 }
      const seen = await look(stretch, () =>
        checkStretch(sql, stretch, hashes.slice(0, count + 1) as unknown as Known),
      )
      if (seen === null) break
      left -= count
      waiting -= count
      // More may have come meanwhile: they hang on the last one that was compared.
      if (seen === 'fault') forged.add(doc)
      if (seen === 'fault' || hashes.length - 1 === count) {
        waiting -= hashes.length - 1 - count
        recent.delete(doc)
      } else recent.set(doc, { doc, from: from + count, hashes: hashes.slice(count) })
    }
  }

  /** Whatever becomes of one walk, another follows. */
  async function walkForEver(): Promise<void> {
    await rest(pace.walkBegins)
    for (let isFirst = true; ; await rest(pace.walkEvery)) {
      try {
        if (isFirst) await lookAtEnds()
        isFirst = false
        await walkOverAll()
      } catch (error) {
        if (closing.signal.aborted) return
        log.error({ err: error }, 'the journal could not be read back; it is tried again')
      }
    }
  }

  async function lookAtEnds(): Promise<void> {
    for (const stretch of await untilAnswered(() => lastWritten(sql))) await walk(stretch)
    for await (const _ of documents()) await paced(1)
  }

  async function walkOverAll(): Promise<void> {
    for await (const { doc, head } of documents()) {
      if (head === 0) continue
      if ((await walk({ doc, from: 1, to: head })) === 'whole' && !forged.has(doc) && faults.delete(doc))
        log.warn({ doc }, 'a document is whole again')
    }
  }

  const walk = async (stretch: Stretch) => {
    await paced(DOCUMENT_COSTS)
    return look(stretch, () => checkStretch(sql, stretch, null, () => paced(SLICE_ROWS)))
  }

  /** Every document whose head is sound; the others are reported. */
  async function* documents(): AsyncGenerator<Headed> {
    for (let after = 0; ; ) {
      const page = await untilAnswered(() => checkHeads(sql, after, HEADS))
      for (const fault of page.faults) report(fault)
      for (const one of page.documents) if (!page.faults.some(({ doc }) => doc === one.doc)) yield one
      const last = page.documents.at(-1)
      if (!last) return
      after = last.doc
    }
  }

  /** Rests when enough was done. */
  async function paced(costs: number): Promise<void> {
    spent += costs
    if (spent < SLICE_ROWS) return
    spent = 0
    await rest(pace.rest)
  }

  async function untilAnswered<T>(ask: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await ask()
      } catch (error) {
        if (!isUnavailable(error)) throw error
        await rest(pace.recentEvery)
      }
    }
  }

  return {
    acknowledged,
    async tail(doc, head) {
      if (head === 0) return
      const stretch = { doc, from: Math.max(1, head - TAIL_ROWS + 1), to: head }
      await look(stretch, async () => (await headFault(sql, doc)) ?? (await checkStretch(sql, stretch)))
    },
    faults,
    begin() {
      // Ends with the rest that closing cuts short.
      walkForEver().catch(() => undefined)
    },
    async close() {
      closing.abort()
      if (next) clearTimeout(next)
      // The database may hang.
      await Promise.race([looking, sleep(LAST_LOOK_MS, undefined, { ref: false })])
    },
  }
}

async function headFault(sql: Sql, doc: number): Promise<Fault | null> {
  const { faults } = await checkHeads(sql, doc - 1, 1)
  return faults.find((fault) => fault.doc === doc) ?? null
}
