/**
 * Adds rows to journals, durably, in groups.
 *
 * There is no timer. A row that arrives while nothing is being written is written at once; rows that arrive while a commit is in
 * flight wait for it and then go together, whatever document they belong to, in one statement and one commit (measured: a waiting
 * window only adds latency). A row is chained when its group is formed, on the last committed head; so a group that fails leaves
 * no trace, and may simply be formed again.
 *
 * What can go wrong, and what is then done:
 *   (lease, clock) exists already with the same bytes   the row was saved before its answer was lost: answered as saved, not added twice
 *   (lease, clock) exists with other bytes              refused; our own state was not what we believed
 *   (document, clientID) has a lease already            refused, the others of the group are written
 *   (doc, seq) exists                                   another process owns the document: fenced. The book is lost, its document must be unloaded
 *   the connection broke                                commit unknown: the heads tell whether it happened; else tried again; else the book is lost
 *
 * Never resolves before PostgreSQL said that the commit is done. Never holds names; never logs bytes.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { Refusal } from '@consilium/contract/refusals'
import type { Sql } from '../db/open.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import { notice } from '../notice.ts'
import { type Book, type CommittedRow, entryId, type Head, keepLease, type Lease } from './book.ts'
import { hashOf, type RowHeader, sameHash } from './chain.ts'
import { insertGroup, type Planned } from './insert.ts'
import type { Numbers } from './numbers.ts'
import type { Touch } from './touch.ts'

/** Rows that may wait. Beyond it the database is too far behind to accept more. */
const QUEUE_ROWS = 20_000
const QUEUE_BYTES = 128 * 1024 * 1024
/** Most that goes into one statement. */
const GROUP_ROWS = 500
const GROUP_BYTES = 8 * 1024 * 1024
/** Waits between tries while the database does not answer, ms. */
const PATIENCE_MS = [20, 100, 300, 1_000, 2_000]

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

export interface Appender {
  append(book: Book, draft: RowDraft): Promise<CommittedRow>
  /** True while the database does not answer: rows wait and nothing is acknowledged. */
  readonly paused: Paused
  /** Resolves when nothing waits and nothing is in flight. */
  idle(): Promise<void>
}

export interface Paused {
  readonly now: boolean
  /** Told at each change. Returns how to stop listening. */
  on(listener: (paused: boolean) => void): () => void
}

interface Waiting {
  readonly book: Book
  readonly draft: RowDraft
  readonly done: (row: CommittedRow) => void
  readonly failed: (reason: unknown) => void
}

export function createAppender(
  sql: Sql,
  log: Log,
  metrics: Metrics,
  numbers: Numbers,
  clock: () => number,
): Appender {
  let queue: Waiting[] = []
  let queuedBytes = 0
  let running: Promise<void> | null = null
  let paused = false
  const pauses = notice<boolean>(log)
  metrics.watch('consilium_journal_queue_rows', 'Rows that wait to be written', () => queue.length)
  metrics.watch('consilium_journal_paused', '1 while the database does not answer', () => Number(paused))

  function pause(now: boolean): void {
    if (paused === now) return
    paused = now
    pauses.tell(now)
  }

  function append(book: Book, draft: RowDraft): Promise<CommittedRow> {
    if (!book.valid) return Promise.reject(new Refusal('not-durable'))
    if (queue.length >= QUEUE_ROWS || queuedBytes + draft.bytes.length > QUEUE_BYTES)
      return Promise.reject(new Refusal('not-durable'))
    return new Promise((done, failed) => {
      queue.push({ book, draft, done, failed })
      queuedBytes += draft.bytes.length
      running ??= run()
    })
  }

  async function run(): Promise<void> {
    while (queue.length > 0) {
      const group = takeGroup()
      try {
        await write(group)
      } catch (error) {
        // Our own mistake: say no to everybody in the group, believe nothing in memory, and go on with the others.
        log.error({ err: error }, 'a group of journal rows could not be written')
        for (const waiting of group) lose(waiting.book, 'a write failed')
        for (const waiting of group) waiting.failed(new Refusal('not-durable'))
      }
    }
    // In the same breath as the last look at the queue: a row that came in between would wait for ever.
    running = null
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

  /** Settles every member of the group, one way or the other. */
  async function write(members: readonly Waiting[]): Promise<void> {
    const group = members.filter(
      (waiting) => waiting.book.valid || (waiting.failed(new Refusal('not-durable')), false),
    )
    if (group.length === 0) return
    const plans = plan(group, await numbers.take(unnamed(group)))
    const outcome = await commit(plans)
    pause(outcome === 'the database does not answer')
    if (outcome === 'saved') return settle(group, plans)
    if ((outcome === 'duplicate' || outcome === 'leased') && group.length > 1) {
      // One of them is a repetition, or somebody else's clientID: find out which, one by one.
      for (const waiting of group) await write([waiting])
      return
    }
    for (const waiting of group) {
      if (outcome === 'duplicate') await settleDuplicate(waiting)
      else if (outcome === 'leased') waiting.failed(new Refusal('foreign-authorship'))
      else {
        lose(waiting.book, outcome)
        waiting.failed(new Refusal('not-durable'))
      }
    }
  }

  /** Entries without a number, at most: two rows may name the same one. */
  function unnamed(group: readonly Waiting[]): number {
    const named = ({ book }: Waiting, { root, entry }: Touch) => book.entries.has(entryId(root, entry))
    return group.reduce(
      (sum, waiting) => sum + (waiting.draft.touched?.filter((touch) => !named(waiting, touch)).length ?? 0),
      0,
    )
  }

  /** `free`: numbers for entries that have none yet. */
  function plan(group: readonly Waiting[], free: number[]): Planned[] {
    const heads = new Map<Book, Head>()
    const fresh = new Map<Book, Map<string, number>>()
    return group.map(({ book, draft }) => {
      const before = heads.get(book) ?? book.head
      const header = {
        doc: book.doc,
        seq: before.seq + 1,
        // Never runs backwards within a document, whatever the machine's clock does.
        at: Math.max(clock(), before.at),
        lease: draft.lease,
        clock: draft.clock,
        len: draft.len,
        act: draft.act,
        role: draft.role,
        said: draft.said,
      }
      const row: CommittedRow = {
        ...header,
        hash: hashOf(before.hash, header, draft.bytes),
        bytes: draft.bytes,
        touched: draft.touched ?? [],
        client: draft.client,
        origin: draft.origin,
      }
      heads.set(book, row)
      const newEntries: Planned['newEntries'][number][] = []
      const touches = row.touched.map((touch) => {
        const id = entryId(touch.root, touch.entry)
        const named = fresh.get(book) ?? new Map<string, number>()
        fresh.set(book, named)
        let number = book.entries.get(id) ?? named.get(id)
        if (number === undefined) {
          number = free.shift() as number
          named.set(id, number)
          newEntries.push({ id: number, root: touch.root, key: touch.entry })
        }
        return { entry: number, kind: touch.kind, fields: touch.fields }
      })
      return { row, touches, newEntries, spans: draft.spans ?? [], issues: draft.issues ?? null }
    })
  }

  type Outcome =
    | 'saved'
    | 'duplicate'
    | 'leased'
    | 'another process writes to this document'
    | 'the database does not answer'

  async function commit(plans: readonly Planned[]): Promise<Outcome> {
    for (let attempt = 0; ; attempt++) {
      try {
        const begun = performance.now()
        await insertGroup(sql, plans)
        metrics.committed(plans.length, (performance.now() - begun) / 1000)
        return 'saved'
      } catch (error) {
        const { code, constraint_name: constraint } = error as { code?: string; constraint_name?: string }
        if (code === '23505' && (constraint === 'revision_lease_clock' || constraint === 'span_pkey'))
          return 'duplicate'
        if (code === '23505' && constraint === 'lease_doc_client') return 'leased'
        if (code === '23505' && constraint === 'revision_pkey') {
          // After a broken connection it may be our own row.
          if (attempt > 0 && (await happened(plans)) === true) return 'saved'
          return 'another process writes to this document'
        }
        const wait = PATIENCE_MS[attempt]
        log.warn({ code, attempt, rows: plans.length }, 'writing to the journal failed')
        pause(true)
        if (wait === undefined) return 'the database does not answer'
        await sleep(wait)
        const known = await happened(plans).catch(() => null)
        if (known === true) return 'saved'
        if (known === 'elsewhere') return 'another process writes to this document'
      }
    }
  }

  /** A group is one statement: all of it happened or none of it, and any head tells. Null: not known. */
  async function happened(plans: readonly Planned[]): Promise<boolean | 'elsewhere'> {
    const last = plans.at(-1)?.row
    if (!last) return true
    const [row] = await sql<
      { hash: Buffer }[]
    >`select hash from revision where doc = ${last.doc} and seq = ${last.seq}`
    if (!row) return false
    return sameHash(row.hash, last.hash) ? true : 'elsewhere'
  }

  function settle(group: readonly Waiting[], plans: readonly Planned[]): void {
    group.forEach((waiting, n) => {
      const { row, newEntries, issues } = plans[n] as Planned
      const { book } = waiting
      book.head = { seq: row.seq, hash: row.hash, at: row.at }
      for (const { root, key, id } of newEntries) book.entries.set(entryId(root, key), id)
      if (issues) keepLease(book, { ...issues, seq: row.seq })
      tell(book, row)
      waiting.done(row)
    })
  }

  function tell(book: Book, row: CommittedRow): void {
    for (const listener of book.listeners) {
      try {
        listener(row)
      } catch (error) {
        log.error({ err: error, doc: book.doc, seq: row.seq }, 'a committed row could not be passed on')
        lose(book, 'a committed row could not be applied')
      }
    }
  }

  async function settleDuplicate({ book, draft, done, failed }: Waiting): Promise<void> {
    const [row] = await sql<(RowHeader & { hash: Buffer; bytes: Buffer })[]>`
      select doc, seq, at, lease, clock, len, act, role, hash, bytes, said from revision
      where lease = ${draft.lease} and clock = ${draft.clock} and len > 0`
    if (row && row.doc === book.doc && sameHash(row.bytes, draft.bytes))
      done({ ...row, touched: draft.touched ?? [], client: draft.client, origin: draft.origin })
    else
      failed(
        new Refusal('foreign-authorship', {
          message: 'This part of your work was already saved in another form.',
        }),
      )
  }

  function lose(book: Book, why: string): void {
    if (!book.valid) return
    book.valid = false
    log.error({ doc: book.doc, why }, 'a document must be read again from the journal')
    for (const listener of book.lost) listener(why)
  }

  return {
    append,
    paused: {
      get now() {
        return paused
      },
      on: pauses.on,
    },
    async idle() {
      while (running) await running
    },
  }
}
