/**
 * Adds rows to journals, durably, in groups.
 *
 * There is no timer. Rows that arrive in one turn of the event loop go together; rows that arrive while a commit is in flight wait for it
 * and then go together, whatever document they belong to, in one statement and one commit (measured: a waiting window only adds latency).
 * A row is chained when its group is formed, on the last committed head; so a group that fails leaves no trace, and may be formed again.
 *
 * What can go wrong, and what is then done:
 *   (lease, clock) exists already with the same bytes   the row was saved before its answer was lost: answered as saved, not added twice
 *   (lease, clock) exists with other bytes              refused; our own state was not what we believed
 *   (document, clientID) has a lease already            refused
 *   (doc, seq) exists                                   another process owns the document: fenced. The book is lost, its document must be unloaded
 *   the database is away                                rows wait (up to a bound), nothing is answered, until it is back (line.ts)
 *   the disk under it failed                            nothing is answered as saved or tried again: the books are lost
 *
 * Never resolves before PostgreSQL said that the commit is done. Never holds names; never logs bytes.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { Refusal } from '@consilium/contract/refusals'
import type { DurabilityWatch } from '../db/durability.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import { type Book, type CommittedRow, entryId, keepLease, type Lease, lose } from './book.ts'
import { hashOfBytes, type RowHeader, sameHash } from './chain.ts'
import { commitGroup, type Outcome } from './commit.ts'
import type { Planned } from './insert.ts'
import { Closed, type Line } from './line.ts'
import type { Numbers } from './numbers.ts'
import { plan, unnamed } from './plan.ts'
import type { ReadBack } from './readBack.ts'
import type { Touch } from './touch.ts'

/** Rows that may wait. Beyond it the database is too far behind to accept more. */
const QUEUE_ROWS = 20_000
const QUEUE_BYTES = 128 * 1024 * 1024
/** Most that goes into one statement. */
const GROUP_ROWS = 500
const GROUP_BYTES = 8 * 1024 * 1024

export interface Span {
  readonly lease: number
  readonly clock: number
  readonly len: number
}

/** A row before it has a number, a time and a hash. */
export interface RowDraft extends Omit<RowHeader, 'doc' | 'seq' | 'at'> {
  readonly client: number
  readonly bytes: Uint8Array
  readonly touched?: readonly Touch[]
  /** Further ranges of new clocks, under other leases of the same person. */
  readonly spans?: readonly Span[]
  /** The lease that this row issues. */
  readonly issues?: Omit<Lease, 'seq'>
  readonly origin?: unknown
}

/** What is on its way to the disk, for whoever lets it go first. */
export interface Traffic {
  /** Since somebody last had something to write. */
  readonly quietMs: number
  /** Resolves when nothing waits and nothing is in flight. */
  idle(): Promise<void>
}

export interface Appender extends Traffic {
  append(book: Book, draft: RowDraft): Promise<CommittedRow>
  /**
   * Resolves as soon as the database answers; while it does not, everybody is told so as if rows waited. For whatever an edit has to ask
   * before it is a row. Rejects with Closed where the server stops first.
   */
  reached(): Promise<void>
}

interface Question {
  readonly done: () => void
  readonly failed: (reason: unknown) => void
}

interface Waiting {
  readonly book: Book
  readonly draft: RowDraft
  readonly done: (row: CommittedRow) => void
  readonly failed: (reason: unknown) => void
}

export interface AppenderParts {
  readonly line: Line
  readonly durability: Pick<DurabilityWatch, 'now' | 'settle'>
  readonly log: Log
  readonly metrics: Metrics
  readonly readBack: Pick<ReadBack, 'acknowledged' | 'faults'>
  /** For entries. */
  readonly numbers: Numbers
  /** ms since 1970 */
  readonly clock: () => number
}

export function createAppender({
  line,
  durability,
  log,
  metrics,
  readBack,
  numbers,
  clock,
}: AppenderParts): Appender {
  let queue: Waiting[] = []
  let questions: Question[] = []
  let queuedBytes = 0
  let running: Promise<void> | null = null
  let askedAt = Number.NEGATIVE_INFINITY
  metrics.watch('consilium_journal_queue_rows', 'Rows that wait to be written', () => queue.length)
  metrics.watch('consilium_journal_paused', '1 while the database does not answer', () =>
    Number(line.paused.now),
  )

  function append(book: Book, draft: RowDraft): Promise<CommittedRow> {
    if (!book.valid || readBack.faults.has(book.doc)) return Promise.reject(new Refusal('not-durable'))
    if (queue.length >= QUEUE_ROWS || queuedBytes + draft.bytes.length > QUEUE_BYTES)
      return Promise.reject(new Refusal('not-durable'))
    askedAt = performance.now()
    return new Promise((done, failed) => {
      queue.push({ book, draft, done, failed })
      queuedBytes += draft.bytes.length
      running ??= run()
    })
  }

  async function run(): Promise<void> {
    // Whatever else arrives in this turn goes along.
    await nextTurn()
    while (queue.length > 0 || questions.length > 0) {
      if (questions.length > 0) await reach()
      await write(takeGroup())
    }
    // In the same breath as the last look at the queue: a row that came in between would wait for ever.
    running = null
  }

  const reached = (): Promise<void> =>
    new Promise((done, failed) => {
      questions.push({ done, failed })
      running ??= run()
    })

  /** Never throws. */
  async function reach(): Promise<void> {
    const asked = questions
    questions = []
    try {
      await line.through((sql) => sql`select 1`)
      for (const { done } of asked) done()
    } catch (error) {
      for (const { failed } of asked) failed(error)
    }
  }

  function takeGroup(): Waiting[] {
    let bytes = 0
    let n = 0
    while (
      n < queue.length &&
      n < GROUP_ROWS &&
      (n === 0 || bytes + (queue[n]?.draft.bytes.length ?? 0) <= GROUP_BYTES)
    ) {
      bytes += queue[n]?.draft.bytes.length ?? 0
      n++
    }
    const group = queue.slice(0, n)
    queue = queue.slice(n)
    queuedBytes -= bytes
    return group
  }

  /** Settles every member of the group, one way or the other. Never throws. */
  async function write(members: readonly Waiting[]): Promise<void> {
    const group = members.filter(
      ({ book, failed }) => book.valid || (failed(new Refusal('not-durable')), false),
    )
    const [first] = group
    if (!first) return
    const begun = performance.now()
    let outcome: Outcome | 'failed' | 'closed'
    let plans: Planned[] = []
    try {
      const missing = unnamed(group)
      const free = missing === 0 ? [] : await line.through((sql) => numbers.take(missing, sql))
      plans = plan(group, free, clock)
      outcome = await commitGroup(line, durability, plans)
    } catch (error) {
      outcome = error instanceof Closed ? 'closed' : 'failed'
      log.error({ err: error, rows: group.length }, 'a group of journal rows could not be written')
    }
    if (outcome === 'saved') {
      metrics.committed(plans.length, (performance.now() - begun) / 1000)
      // Asked for before anybody is told: what else came in this turn is on its way to the disk before this is on its way to the pages.
      const turn = nextTurn()
      settle(group, plans)
      return turn
    }
    if (mayBeHalved(outcome, group)) {
      // Nothing of it was written. Whose fault is it? The others must not suffer for it.
      await write(group.slice(0, group.length >> 1))
      return write(group.slice(group.length >> 1))
    }
    if (outcome === 'duplicate') return settleDuplicate(first)
    if (outcome === 'leased') return first.failed(new Refusal('foreign-authorship'))
    if (outcome === 'storage')
      metrics.alarm('journal-storage', { docs: [...new Set(group.map(({ book }) => book.doc))] })
    for (const { book, failed } of group) {
      if (outcome !== 'closed') lose(book, REASONS[outcome], log)
      failed(new Refusal('not-durable'))
    }
  }

  function settle(group: readonly Waiting[], plans: readonly Planned[]): void {
    const committed = new Map<Book, CommittedRow[]>()
    group.forEach(({ book }, n) => {
      const { row, newEntries, issues } = plans[n] as Planned
      readBack.acknowledged(row, book.head.hash)
      book.head = { seq: row.seq, hash: row.hash, at: row.at }
      for (const { root, key, id } of newEntries) book.entries.set(entryId(root, key), id)
      if (issues) keepLease(book, { ...issues, seq: row.seq })
      const rows = committed.get(book)
      if (rows) rows.push(row)
      else committed.set(book, [row])
    })
    for (const [book, rows] of committed) tell(book, rows)
    group.forEach(({ done }, n) => done((plans[n] as Planned).row))
  }

  function tell(book: Book, rows: readonly CommittedRow[]): void {
    for (const listener of book.listeners) {
      try {
        listener(rows)
      } catch (error) {
        log.error({ err: error, doc: book.doc, seq: rows[0]?.seq }, 'committed rows could not be passed on')
        lose(book, 'a committed row could not be applied', log)
      }
    }
  }

  async function settleDuplicate({ book, draft, done, failed }: Waiting): Promise<void> {
    try {
      const [row] = await line.through(
        (sql) => sql<(RowHeader & { hash: Buffer; bytes: Buffer; bytes_hash: Buffer | null })[]>`
          select doc, seq, at, lease, clock, len, act, role, hash, bytes, nullif(bytes_hash, '') as bytes_hash, said from revision
          where lease = ${draft.lease} and clock = ${draft.clock} and len > 0`,
      )
      const wasSaved = row && sameHash(row.bytes_hash ?? hashOfBytes(row.bytes), hashOfBytes(draft.bytes))
      if (wasSaved && row.doc === book.doc)
        done({ ...row, touched: draft.touched ?? [], client: draft.client, origin: draft.origin })
      else
        failed(
          new Refusal('foreign-authorship', {
            message: 'This part of your work was already saved in another form.',
          }),
        )
    } catch {
      failed(new Refusal('not-durable'))
    }
  }

  return {
    append,
    reached,
    get quietMs() {
      return performance.now() - askedAt
    },
    async idle() {
      while (running) await running
    },
  }
}

const REASONS: Record<'fenced' | 'storage' | 'changed' | 'failed', string> = {
  fenced: 'another process writes to this document',
  storage: 'the disk under the database failed',
  changed: 'the database came back with other settings',
  failed: 'a write failed',
}

/** One row may be at fault, or one document. Where the disk failed there is nothing to look for. */
function mayBeHalved(outcome: Outcome | 'failed' | 'closed', group: readonly Waiting[]): boolean {
  if (outcome === 'duplicate' || outcome === 'leased') return group.length > 1
  return (outcome === 'fenced' || outcome === 'failed') && group.some(({ book }) => book !== group[0]?.book)
}
