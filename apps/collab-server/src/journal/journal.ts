/**
 * The journal as the rest of the server sees it: open a document's book, append, issue leases, read back, verify.
 * Append-only: nothing here updates or removes a row. Rules J1 and following in docs/rules.md.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { ACTS, type ChainReport } from '@consilium/contract/revisions'
import type { Phase } from '@consilium/crdt-schema/policy'
import type { Role } from '@consilium/crdt-schema/roles'
import type { DurabilityWatch } from '../db/durability.ts'
import type { Sql } from '../db/open.ts'
import { type Ledger, NO_LEDGER } from '../ledger/ledger.ts'
import type { Log } from '../log.ts'
import { createMetrics, type Metrics } from '../metrics.ts'
import { createTravel, type Travel } from '../revisions/travel.ts'
import { createAppender, type RowDraft, type Traffic } from './append.ts'
import {
  type Book,
  type CommittedRow,
  createDocument,
  findDocument,
  forgetIn,
  type Lease,
  lose,
  readBook,
} from './book.ts'
import { bindClient, createAllowance, type Holder, issueLeases } from './leases.ts'
import { createLine, type Paused } from './line.ts'
import { createMoments, type Moments } from './moments.ts'
import { createNumbers } from './numbers.ts'
import { createReadBack, type Pace, type ReadBack } from './readBack.ts'
import { encodeName, encodePhase, encodeRole, roleCode } from './rows.ts'
import { createVault, type IdentityVault } from './sealing.ts'
import { verifyChain } from './verify.ts'
import { hasRow } from './witness.ts'

export type { Book, CommittedRow, Lease } from './book.ts'
export type { Holder } from './leases.ts'
export type { Recorded } from './replay.ts'

export interface Journal extends Moments {
  readonly vault: IdentityVault
  /** Makes states of any moment, off the event loop. */
  readonly travel: Travel
  /** The document's book; the document is made where it does not exist yet. Two callers get the same book. */
  open(name: string): Promise<Book>
  /** Null where the document does not exist yet. */
  find(name: string): Promise<Book | null>
  append(book: Book, draft: RowDraft): Promise<CommittedRow>
  lease(book: Book, holder: Holder, count: number): Promise<Lease[]>
  /** The lease of a clientID that the person chose themselves; `foreign-authorship` where somebody else has it. */
  bind(book: Book, holder: Holder, client: number): Promise<Lease>
  /** Does the journal hold this row, with this hash (hex)? What was acknowledged once it holds for ever, or was cut. */
  has(book: Book, row: { readonly seq: number; readonly hash: string }): Promise<boolean>
  /** The database is away: rows wait, nothing is acknowledged, nothing is lost. */
  readonly paused: Paused
  /** Resolves as soon as the database answers (append.ts). */
  reached(): Promise<void>
  /** Does a committed row reach the disk? Where it does not, nothing may be called saved. */
  readonly durable: boolean
  /** A person's role changed in the project of this document. Nothing is written while the document does not exist. */
  recordRole(name: string, change: { person: number; role: Role | null; by: Holder | null }): Promise<void>
  /** The case of this document entered another phase. Nothing is written while the document does not exist. */
  recordPhase(name: string, change: { phase: Phase; by: Holder | null }): Promise<void>
  /** Somebody gave a revision a name. `still` is asked last, right before the row is in the queue: may they? It throws a Refusal. */
  recordName(
    book: Book,
    name: { moment: number; title: string; by: Holder },
    still?: () => Promise<void>,
  ): Promise<CommittedRow>
  /** This person's key was destroyed: who they were goes from memory, too. */
  forget(person: number): void
  verify(name: string): Promise<ChainReport | null>
  /** Looks at what was written, for as long as the journal is open. A document in which it finds a fault accepts no more changes. */
  readonly readBack: Pick<ReadBack, 'begin' | 'faults'>
  /** A document was put away, or came to an end: what was written is sealed soon. */
  settled(): void
  readonly traffic: Traffic
  /** Resolves when everything that waited is committed or refused. */
  close(): Promise<void>
}

export interface JournalOptions {
  readonly sql: Sql
  readonly log: Log
  /** 32 bytes, see instanceKeyOf in sealing.ts. */
  readonly instanceKey: Uint8Array
  /** ms since 1970 */
  readonly clock?: () => number
  readonly metrics?: Metrics
  /** A connection for the appender alone, so that it waits behind nobody. Absent: it shares `sql`. */
  readonly connect?: (() => Sql) | null
  /** Of reading back; absent: so that nobody notices it. */
  readonly pace?: Pace | undefined
  /** Absent: taken for granted. */
  readonly durability?: Durability
  /** Signs what was written; absent: nobody does. */
  readonly ledger?: Pick<Ledger, 'committed' | 'soon'>
}

type Durability = Pick<DurabilityWatch, 'now' | 'settle' | 'onChange'>
const GRANTED = { fsync: true, synchronousCommit: 'on', ok: true }
const ASSUMED: Durability = { now: GRANTED, settle: async () => GRANTED, onChange: () => () => undefined }

/** How long what still waits may take when we stop. */
const LAST_ROWS_MS = 2_000

export function createJournal({
  sql,
  log,
  instanceKey,
  clock = Date.now,
  metrics = createMetrics(log),
  connect = null,
  durability = ASSUMED,
  pace,
  ledger = NO_LEDGER,
}: JournalOptions): Journal {
  const vault = createVault(sql, instanceKey)
  const travel = createTravel()
  const line = createLine(sql, connect, log)
  const readBack = createReadBack(sql, log, metrics, pace)
  const appender = createAppender({
    line,
    durability,
    log,
    metrics,
    readBack: {
      faults: readBack.faults,
      acknowledged(row, before) {
        readBack.acknowledged(row, before)
        ledger.committed(row, before)
      },
    },
    numbers: createNumbers(sql, 'entry_number'),
    clock,
  })
  const leasing = {
    appender,
    vault,
    numbers: createNumbers(sql, 'lease_number'),
    allowance: createAllowance(),
  }
  // Held weakly: as long as anybody holds a document's book there is only that one, and its head is the truth; then it is forgotten.
  const books = new Map<string, WeakRef<Book>>()
  const reading = new Map<string, Promise<Book | null>>()
  /** Whose name may have been read, or put into a lease, in the moment it was forgotten. */
  const erased = new Set<number>()
  const forgotten = new FinalizationRegistry<string>((name) => {
    if (!books.get(name)?.deref()) books.delete(name)
  })

  // Every page was told whether a commit reaches the disk. Where that changes they come back and are told anew.
  const stopListening = durability.onChange(() => {
    for (const book of books.values()) {
      const known = book.deref()
      if (known) lose(known, 'the database came back with other settings', log)
    }
  })

  /** One read at a time per document; its book becomes the one everybody gets. */
  function readOnce(name: string, read: () => Promise<Book | null>): Promise<Book | null> {
    const current = reading.get(name)
    if (current) return current
    const promise = read()
      .then((book) => {
        if (book) {
          for (const person of erased) forgetIn(book, person)
          books.set(name, new WeakRef(book))
          forgotten.register(book, name)
        }
        return book
      })
      .finally(() => reading.delete(name))
    reading.set(name, promise)
    return promise
  }

  function inMemory(name: string): Book | null {
    const book = books.get(name)?.deref()
    return book?.valid ? book : null
  }

  const readExisting = async (name: string): Promise<Book | null> => {
    const row = await findDocument(sql, name)
    if (!row) return null
    await readBack.tail(row.id, row.head_seq)
    return readBook(sql, vault, row)
  }

  const find = async (name: string): Promise<Book | null> =>
    inMemory(name) ?? (await readOnce(name, () => readExisting(name)))

  async function open(name: string): Promise<Book> {
    for (;;) {
      const known = await find(name)
      if (known) return known
      await createDocument(sql, name, clock())
    }
  }

  const known = <T>(book: Book, { person }: Holder, leased: Promise<T>): Promise<T> =>
    leased.finally(() => {
      if (erased.has(person)) forgetIn(book, person)
    })

  const sealedBy = async (book: Book, by: Holder | null): Promise<Uint8Array> =>
    by
      ? vault.seal(book.doc, by.person, {
          id: by.id,
          name: by.name,
          initials: by.initials,
          credential: by.credential,
          role: by.role,
          session: by.session,
        })
      : new Uint8Array()

  /** Rows that the server writes itself stand under lease 0. */
  const serverRow = (act: number, by: Holder | null, bytes: Uint8Array): RowDraft => ({
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

  return {
    vault,
    travel,
    open,
    find,
    append: appender.append,
    reached: appender.reached,
    traffic: appender,
    lease: (book, holder, count) => known(book, holder, issueLeases(leasing, book, holder, count)),
    bind: (book, holder, client) => known(book, holder, bindClient(leasing, book, holder, client)),
    has: (book, row) => hasRow(sql, book, row),
    paused: line.paused,
    readBack,
    get durable() {
      return durability.now.ok
    },
    async recordRole(name, { person, role, by }) {
      const book = await find(name)
      if (!book) return
      const bytes = encodeRole({ person, role, by: by?.person ?? 0 }, await sealedBy(book, by))
      await appender.append(book, serverRow(ACTS.role, by, bytes))
    },
    async recordPhase(name, { phase, by }) {
      const book = await find(name)
      if (!book) return
      const bytes = encodePhase({ phase, by: by?.person ?? 0 }, await sealedBy(book, by))
      await appender.append(book, serverRow(ACTS.phase, by, bytes))
      ledger.soon()
    },
    async recordName(book, { moment, title, by }, still) {
      const sealed = await sealedBy(book, by)
      const words = await vault.sealWords(book.doc, by.person, title)
      const bytes = encodeName({ moment, by: by.person, sealed, title: words })
      await still?.()
      return appender.append(book, serverRow(ACTS.name, by, bytes))
    },
    ...createMoments(sql, log, travel, metrics),
    forget(person) {
      erased.add(person)
      for (const held of books.values()) {
        const book = held.deref()
        if (book) forgetIn(book, person)
      }
    },
    async verify(name) {
      const row = await findDocument(sql, name)
      return row && verifyChain(sql, row.id)
    },
    settled: ledger.soon,
    async close() {
      stopListening()
      await Promise.race([appender.idle(), sleep(LAST_ROWS_MS, undefined, { ref: false })])
      // Where the database does not answer, what still waits is refused now: it was never acknowledged.
      await line.close()
      await appender.idle()
      await readBack.close()
      await travel.close()
    },
  }
}
