/**
 * A journal in memory, with a disk that outlives the server. It keeps the promises of the real one (append.ts): rows are committed in
 * groups, in order, chained; clocks and leases are unique; a row is told only when it is on the disk. What may go wrong with the real
 * one goes wrong here, too: commits take their time, the database is away for a while, an answer gets lost, another process writes.
 */

import { Refusal } from '@consilium/contract/refusals'
import { ACTS } from '@consilium/contract/revisions'
import type { RowDraft } from '../../apps/collab-server/src/journal/append.ts'
import {
  type Book,
  type CommittedRow,
  entryId,
  keepLease,
  lose,
} from '../../apps/collab-server/src/journal/book.ts'
import type { Planned } from '../../apps/collab-server/src/journal/insert.ts'
import type { Journal } from '../../apps/collab-server/src/journal/journal.ts'
import { bindClient, type Holder } from '../../apps/collab-server/src/journal/leases.ts'
import { plan, unnamed } from '../../apps/collab-server/src/journal/plan.ts'
import { unpack } from '../../apps/collab-server/src/journal/replay.ts'
import { encodePhase, encodeRole, roleCode } from '../../apps/collab-server/src/journal/rows.ts'
import { FORMAT, type PackedSnapshot } from '../../apps/collab-server/src/journal/snapshots.ts'
import type { Log } from '../../apps/collab-server/src/log.ts'
import { notice } from '../../apps/collab-server/src/notice.ts'
import { make, type Wanted } from '../../apps/collab-server/src/revisions/work.ts'
import type { Random } from '../faults/fault.ts'
import type { Disk } from './disk.ts'
import { onceIn } from './seeded.ts'
import type { Time } from './time.ts'

/** How the database does. */
export interface Health {
  /** ms that a commit takes, at most. */
  commit: number
  away: boolean
  /** Once in so many commits the answer is lost, and somebody has to look whether it happened. */
  lostAnswers: number
}

interface Waiting {
  readonly book: Book
  readonly draft: RowDraft
  readonly done: (row: CommittedRow) => void
  readonly failed: (reason: unknown) => void
}

const ROWS_AT_ONCE = 500
/** Before it is said that saving is paused. */
const PAUSED_AFTER_MS = 500
const LOOK_AGAIN_MS = 100

/** For one life of the server. */
export class MemoryJournal {
  readonly #disk: Disk
  readonly #time: Time
  readonly #random: Random
  readonly #health: Health
  readonly #log: Log
  readonly #pauses
  #book: Book | null = null
  #queue: Waiting[] = []
  #writing = false
  /** Where a group in flight stands; a server that dies leaves it there, or not. */
  #dead = false
  #paused = false
  /** Told of every row that is about to be written, when it was judged. */
  onAppend: (draft: RowDraft) => void = () => undefined

  constructor(disk: Disk, time: Time, random: Random, health: Health, log: Log) {
    this.#disk = disk
    this.#time = time
    this.#random = random
    this.#health = health
    this.#log = log
    this.#pauses = notice<boolean>(log)
  }

  /** The part of the real journal that the room and the API use. */
  asJournal(): Journal {
    const disk = this.#disk
    const after = <T>(answer: () => T): Promise<T> => this.#answer(answer)
    const open = (): Promise<Book> => after(() => this.#open())
    const record = async (act: number, by: Holder | null, bytes: Uint8Array): Promise<void> => {
      await this.append(await open(), {
        lease: 0,
        client: 0,
        clock: 0,
        len: 0,
        act,
        role: roleCode(by?.role ?? null),
        said: 0,
        bytes,
        origin: by ?? undefined,
      })
    }
    const leasing = {
      appender: { append: this.append },
      vault: { seal: async () => Buffer.alloc(4) },
      numbers: { take: async (count: number) => disk.numbers(count) },
      allowance: { take: async () => undefined },
    }
    const journal = {
      open,
      find: open,
      append: this.append,
      lease: (book: Book, holder: Holder, count: number) =>
        Promise.all(
          // Ours are chosen by chance; here the chance is the seed's.
          Array.from({ length: count }, () =>
            bindClient(leasing, book, holder, this.#random.whole(1, 2 ** 32 - 1)),
          ),
        ),
      bind: (book: Book, holder: Holder, client: number) => bindClient(leasing, book, holder, client),
      has: async (_: Book, { seq, hash }: { seq: number; hash: string }) =>
        Buffer.from(disk.rows[seq - 1]?.row.hash ?? []).toString('hex') === hash,
      paused: {
        get now() {
          return paused()
        },
        on: this.#pauses.on,
      },
      durable: true,
      recordRole: (_: string, { person, role, by }: Parameters<Journal['recordRole']>[1]) =>
        record(ACTS.role, by, encodeRole({ person, role, by: by?.person ?? 0 })),
      recordPhase: (_: string, { phase, by }: Parameters<Journal['recordPhase']>[1]) =>
        record(ACTS.phase, by, encodePhase({ phase, by: by?.person ?? 0 })),
      recorded: (_: number, upTo?: number) => after(() => unpack(disk.stored(upTo))),
      moment: async (
        _: number,
        upTo: number | undefined,
        wanted: Wanted,
        options?: { snapshotUpTo?: number },
      ) => make(wanted, await after(() => disk.stored(upTo, options?.snapshotUpTo))),
      extent: async () => disk.extent(),
      keepSnapshot: async (_: number, seq: number, { sha256, bytes, size }: PackedSnapshot) =>
        void disk.snapshots.push({ seq, format: FORMAT, sha256, pieces: [bytes], size }),
      dropSnapshots: async () => void disk.snapshots.splice(0),
      settled: () => undefined,
    }
    const paused = (): boolean => this.#paused
    return journal as unknown as Journal
  }

  readonly append = (book: Book, draft: RowDraft): Promise<CommittedRow> => {
    if (this.#dead) return new Promise(() => undefined)
    if (!book.valid) return Promise.reject(new Refusal('not-durable'))
    this.onAppend(draft)
    return new Promise((done, failed) => {
      this.#queue.push({ book, draft, done, failed })
      if (!this.#writing) void this.#run()
    })
  }

  /** The process is gone. What is in flight may be on the disk or not; nobody hears of it. */
  die(): void {
    this.#dead = true
    this.#queue = []
    this.#book = null
  }

  /** Another process wrote to this document. */
  fence(): void {
    if (this.#book) lose(this.#book, 'another process writes to this document', this.#log)
    this.#book = null
  }

  #open(): Book {
    if (!this.#book?.valid) this.#book = this.#disk.book()
    return this.#book
  }

  /** A question takes its time, and waits while the database is away. */
  async #answer<T>(answer: () => T): Promise<T> {
    while (this.#health.away) await this.#rest(LOOK_AGAIN_MS)
    await this.#rest(this.#random.between(0, this.#health.commit))
    return answer()
  }

  #rest(ms: number): Promise<void> {
    return new Promise((done) => this.#time.after(ms, () => this.#dead || done()))
  }

  async #run(): Promise<void> {
    this.#writing = true
    // Whatever else arrives in this turn goes along.
    await this.#rest(0)
    while (this.#queue.length > 0) await this.#write(this.#queue.splice(0, ROWS_AT_ONCE))
    this.#writing = false
  }

  async #write(members: readonly Waiting[]): Promise<void> {
    const group = members.filter(
      ({ book, failed }) => book.valid || (failed(new Refusal('not-durable')), false),
    )
    if (group.length === 0) return
    const plans = plan(group, this.#disk.numbers(unnamed(group)), Date.now)
    await this.#available()
    await this.#rest(this.#random.between(0, this.#health.commit / 2))
    const collision = this.#disk.collision(plans)
    if (!collision) {
      // From here on it is on the disk, whether anybody is told or not.
      for (const one of plans) this.#disk.rows.push(one)
      await this.#rest(this.#random.between(0, this.#health.commit / 2))
      if (onceIn(this.#random, this.#health.lostAnswers)) await this.#rest(LOOK_AGAIN_MS)
      return this.#settle(group as [Waiting, ...Waiting[]], plans)
    }
    if (collision !== 'fenced' && group.length > 1) {
      for (const one of group) await this.#write([one])
      return
    }
    for (const one of group) this.#refuse(one, collision)
  }

  async #available(): Promise<void> {
    for (let waited = 0; this.#health.away; waited += LOOK_AGAIN_MS) {
      if (waited > PAUSED_AFTER_MS && !this.#paused) this.#pause(true)
      await this.#rest(LOOK_AGAIN_MS)
    }
    if (this.#paused) this.#pause(false)
  }

  #pause(now: boolean): void {
    this.#paused = now
    void this.#pauses.tell(now)
  }

  /** All of a group belong to one book: of a document only one is valid at a time. */
  #settle(group: readonly [Waiting, ...Waiting[]], plans: readonly Planned[]): void {
    const [{ book }] = group
    for (const { row, newEntries, issues } of plans) {
      book.head = { seq: row.seq, hash: row.hash, at: row.at }
      for (const { root, key, id } of newEntries) book.entries.set(entryId(root, key), id)
      if (issues) keepLease(book, { ...issues, seq: row.seq })
    }
    const rows = plans.map(({ row }) => row)
    for (const listener of book.listeners) {
      try {
        listener(rows)
      } catch (error) {
        this.#log.error({ err: error }, 'committed rows could not be passed on')
        lose(book, 'a committed row could not be applied', this.#log)
      }
    }
    group.forEach(({ done }, n) => done(rows[n] as CommittedRow))
  }

  #refuse({ book, draft, done, failed }: Waiting, why: 'fenced' | 'duplicate' | 'leased'): void {
    if (why === 'fenced') {
      lose(book, 'another process writes to this document', this.#log)
      return failed(new Refusal('not-durable'))
    }
    const saved = this.#disk.rows.find(
      ({ row }) => row.lease === draft.lease && row.clock === draft.clock && row.len > 0,
    )?.row
    if (why === 'duplicate' && saved && Buffer.compare(saved.bytes, draft.bytes) === 0) done(saved)
    else failed(new Refusal('foreign-authorship'))
  }
}
