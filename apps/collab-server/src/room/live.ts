/**
 * A document while somebody has it open. It changes in one way only: a row of its journal was committed and its bytes are applied, in
 * order. Whatever breaks that order makes the document be thrown away and read again (`lost`), never patched.
 */
import { Refusal } from '@consilium/contract/refusals'
import { ALL_ROOTS } from '@consilium/crdt-schema/documents'
import { actsIn } from '@consilium/crdt-schema/painting/archive'
import type { Phase } from '@consilium/crdt-schema/policy'
import * as Y from 'yjs'
import { Breather } from '../breather.ts'
import type { Book, CommittedRow } from '../journal/book.ts'
import type { Journal } from '../journal/journal.ts'
import { updateOf } from '../journal/update.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import type { Gated } from './admit.ts'
import { Archivist } from './archivist.ts'
import { Courier } from './courier.ts'
import { type FindSeries, Grids } from './grids.ts'
import { Joins } from './joins.ts'
import { openInto } from './opening.ts'
import { paintFiles, paintRevisions } from './paintFiles.ts'
import { PaintLog } from './paintLog.ts'
import { Attendance } from './presence.ts'
import { SnapshotKeeper } from './snapshotKeeper.ts'
import { digestInTurns, UnloadChecks } from './unloadCheck.ts'

/** Hocuspocus stores nothing: its store hooks would only delay the unloading. */
export const REPLAYED = { source: 'local', skipStoreHooks: true } as const

const DIGEST_TRIES = 3

/** Who is told what happens to a document. */
export interface Onlookers {
  /** A row was committed and applied. */
  row(row: CommittedRow): void
  /** What is in memory is no longer the truth. */
  lost(): void
}

/** Somebody's right to write next. */
export interface Hold {
  /** The document as they see it who hold it. */
  readonly gated: Gated
  readonly holds: boolean
  release(): void
}

/** The case of a document, as far as its changes are judged by it: asked anew at every change. */
export interface Subject {
  readonly caseId: string
  readonly projectId: string
  phase(): Phase
  labels(): ReadonlySet<string>
  /** A series of it. */
  readonly findSeries: FindSeries
  /** Bytes of painting in a document from which on it is archived. */
  readonly lanesBytes?: number
}

/** What every open document needs of the server. */
export interface LiveParts {
  readonly journal: Journal
  readonly log: Log
  readonly courier: Courier
  readonly checks: UnloadChecks
}

export const liveParts = (journal: Journal, log: Log, alarm: Metrics['alarm']): LiveParts => ({
  journal,
  log,
  courier: new Courier(),
  checks: new UnloadChecks({ journal, log, alarm }),
})

export class LiveDocument implements Gated {
  readonly name: string
  readonly ydoc: Y.Doc
  readonly book: Book
  readonly caseId: string
  readonly projectId: string
  readonly attendance = new Attendance()
  readonly inFlight = new Map<number, Promise<unknown>>()
  readonly painting: NonNullable<Gated['painting']>
  held: Promise<void> | null = null
  /** Answers pages that join. */
  readonly joins: Joins
  readonly #parts: LiveParts
  readonly #onlookers: Onlookers
  readonly #subject: Subject
  readonly #snapshots: SnapshotKeeper
  /** Moves painting out of the document when it has become much. */
  readonly archivist: Archivist
  #applied = 0
  /** Last row that was there when the document was read: its commit may be heard of only afterwards. */
  #read = 0
  /** Rows committed while the document is being read. */
  #early: CommittedRow[] | null = []

  constructor(ydoc: Y.Doc, book: Book, subject: Subject, parts: LiveParts, onlookers: Onlookers) {
    this.name = book.name
    this.ydoc = ydoc
    this.book = book
    this.caseId = subject.caseId
    this.projectId = subject.projectId
    this.painting = { log: new PaintLog(ydoc), grids: new Grids(subject.findSeries) }
    // The document as of the last row that was applied here, never beyond: a page must have nothing that we lack.
    const make = () => parts.journal.moment(book.doc, this.#applied, 'whole')
    this.joins = new Joins({ name: book.name, ydoc, courier: parts.courier, make })
    this.#snapshots = new SnapshotKeeper(book.doc, parts.journal, parts.log)
    this.archivist = new Archivist(this, parts.journal, parts.log, subject.lanesBytes)
    this.#subject = subject
    this.#parts = parts
    this.#onlookers = onlookers
    book.listeners.add(this.#committed)
    book.lost.add(onlookers.lost)
  }

  phase(): Phase {
    return this.#subject.phase()
  }

  labels(): ReadonlySet<string> {
    return this.#subject.labels()
  }

  /** As it stands now; null while it is being read, and once it is no longer the truth. */
  get standing(): { readonly ydoc: Y.Doc; readonly upTo: number } | null {
    return this.#early === null && this.book.valid ? { ydoc: this.ydoc, upTo: this.#applied } : null
  }

  /** Nobody else's change is taken until this is let go; once more, it does nothing. */
  hold(): Hold {
    if (this.held) throw new Error('a document is held by one at a time')
    let release: () => void = () => undefined
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    this.held = held
    const holds = () => this.held === held
    const { ydoc, book, inFlight, painting } = this
    return {
      gated: { ydoc, book, inFlight, painting, phase: () => this.phase(), labels: () => this.labels() },
      get holds() {
        return holds()
      },
      release: () => {
        if (holds()) this.held = null
        release()
      },
    }
  }

  /** Refuses with `too-large-to-open`. */
  async load(): Promise<void> {
    // Roots have a type from the start, so that the gate finds them.
    for (const root of ALL_ROOTS) this.ydoc.getMap(root)
    const { journal, log } = this.#parts
    const opened = await openInto(this.ydoc, journal, this.book.doc, REPLAYED).catch((error: unknown) => {
      if (error instanceof Refusal)
        log.error({ doc: this.book.doc, code: error.code }, 'a document was not opened')
      throw error
    })
    this.#checkWhole()
    this.#applied = opened.seq
    this.#read = opened.seq
    await this.#readPainting()
    this.#snapshots.opened(opened)
    if (opened.whole) this.joins.prime(opened.whole)
    const early = this.#early ?? []
    this.#early = null
    this.#apply(early)
  }

  /** Many acts take a while to read: before the first page paints, and a little at a time. */
  async #readPainting(): Promise<void> {
    const { log } = this.painting
    for (const file of (
      await paintFiles(this.#parts.journal, this.book.doc, paintRevisions(this.ydoc))
    ).values())
      log.archived(actsIn(file))
    const breather = new Breather()
    for (const _ of log.news()) await breather.take()
  }

  /** No more rows are listened to; the document is about to be forgotten. */
  detach(): void {
    this.book.listeners.delete(this.#committed)
    this.book.lost.delete(this.#onlookers.lost)
    this.joins.close()
  }

  /** What it says as of a revision, as one hash; null where it is changed all the time. */
  async digest(): Promise<{ readonly seq: number; readonly digest: Uint8Array } | null> {
    for (let tries = 0; tries < DIGEST_TRIES; tries++) {
      const seq = this.#applied
      const digest = await digestInTurns(this.ydoc)
      if (seq === this.#applied) return { seq, digest }
    }
    return null
  }

  /** Revision `seq` took words out of rows before it: nothing of what was kept to be quick is of use any more. */
  rewritten(seq: number): void {
    this.joins.forget()
    this.#parts.checks.rewritten(this.book.doc, seq)
  }

  /** After `detach`: is what was in memory what the journal holds? */
  put(): void {
    this.#snapshots.put(this.#applied)
    // What was lost is known to be no longer the truth.
    if (this.book.valid) void this.#parts.checks.check(this.book.doc, this.#applied, this.ydoc)
  }

  readonly #committed = (rows: readonly CommittedRow[]): void => {
    if (this.#early) this.#early.push(...rows)
    else this.#apply(rows)
  }

  /** One transaction: what was committed together is passed on together, and costs its bookkeeping once. */
  #apply(rows: readonly CommittedRow[]): void {
    Y.transact(this.ydoc, () => rows.forEach((row) => this.#applyRow(row)), REPLAYED, false)
    this.#checkWhole()
    for (const row of rows) {
      this.#onlookers.row(row)
      this.archivist.row(row)
    }
  }

  #applyRow(row: CommittedRow): void {
    if (row.seq <= this.#read) return
    if (row.seq !== this.#applied + 1) throw new Error(`row ${row.seq} came after row ${this.#applied}`)
    const update = updateOf(row)
    if (update) {
      Y.applyUpdate(this.ydoc, update, REPLAYED)
      this.#snapshots.grown(row.seq, update.byteLength)
    }
    this.#applied = row.seq
  }

  /** The gate lets no hole in; if one is here after all, this document must not be shown to anybody. */
  #checkWhole(): void {
    if (this.ydoc.store.pendingStructs || this.ydoc.store.pendingDs)
      throw new Error(`document ${this.book.doc} has a hole`)
  }
}
