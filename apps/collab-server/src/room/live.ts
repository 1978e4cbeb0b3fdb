/**
 * A document while somebody has it open. It changes in one way only: a row of its journal was committed and its bytes are applied, in
 * order. Whatever breaks that order makes the document be thrown away and read again (`lost`), never patched.
 */
import { ACTS } from '@consilium/contract/revisions'
import { ROOTS } from '@consilium/crdt-schema/documents'
import type { Phase } from '@consilium/crdt-schema/policy'
import * as Y from 'yjs'
import type { Book, CommittedRow } from '../journal/book.ts'
import type { Journal } from '../journal/journal.ts'
import { applyRecorded } from '../journal/replay.ts'
import { isDue, UNLOAD_TAIL_ROWS } from '../journal/snapshots.ts'
import type { Log } from '../log.ts'
import type { Gated } from './admit.ts'
import type { Courier } from './courier.ts'
import { Joins, type Whole } from './joins.ts'
import { Attendance } from './presence.ts'

/** Hocuspocus stores nothing: its store hooks would only delay the unloading. */
export const REPLAYED = { source: 'local', skipStoreHooks: true } as const

/** Who is told what happens to a document. */
export interface Onlookers {
  /** A row was committed and applied. */
  row(row: CommittedRow): void
  /** What is in memory is no longer the truth. */
  lost(): void
}

/** The case of a document, as far as its changes are judged by it: asked anew at every change. */
export interface Subject {
  readonly caseId: string
  readonly projectId: string
  phase(): Phase
  labels(): ReadonlySet<string>
}

/** What every open document needs of the server. */
export interface LiveParts {
  readonly journal: Journal
  readonly log: Log
  readonly courier: Courier
}

export class LiveDocument implements Gated {
  readonly name: string
  readonly ydoc: Y.Doc
  readonly book: Book
  readonly caseId: string
  readonly projectId: string
  readonly attendance = new Attendance()
  readonly inFlight = new Map<number, Promise<unknown>>()
  /** Answers pages that join. */
  readonly joins: Joins
  readonly #journal: Journal
  readonly #log: Log
  readonly #onlookers: Onlookers
  readonly #subject: Subject
  #applied = 0
  /** Rows committed while the document is being read. */
  #early: CommittedRow[] | null = []
  #tailBytes = 0
  #tailRows = 0
  #stateBytes = 0
  #snapshotting = false

  constructor(ydoc: Y.Doc, book: Book, subject: Subject, parts: LiveParts, onlookers: Onlookers) {
    this.name = book.name
    this.ydoc = ydoc
    this.book = book
    this.caseId = subject.caseId
    this.projectId = subject.projectId
    this.joins = new Joins({ name: book.name, ydoc, courier: parts.courier, make: () => this.#whole() })
    this.#subject = subject
    this.#journal = parts.journal
    this.#log = parts.log
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

  async load(): Promise<void> {
    const recorded = await this.#journal.recorded(this.book.doc)
    await applyRecorded(this.ydoc, recorded, REPLAYED)
    this.#checkWhole()
    // Roots have a type from the start, so that the gate finds them.
    for (const root of ROOTS) this.ydoc.getMap(root)
    this.#applied = recorded.seq
    this.#stateBytes = recorded.snapshot?.state.byteLength ?? 0
    this.#tailRows = recorded.tail.length
    this.#tailBytes = recorded.tail.reduce((sum, row) => sum + row.bytes.byteLength, 0)
    const early = this.#early ?? []
    this.#early = null
    for (const row of early) if (row.seq > this.#applied) this.#apply(row)
  }

  /** No more rows are listened to; the document is about to be forgotten. */
  detach(): void {
    this.book.listeners.delete(this.#committed)
    this.book.lost.delete(this.#onlookers.lost)
    this.joins.close()
  }

  /** When the document is put away with a long tail, the next one to open it should not pay for it. */
  put(): void {
    if (this.#tailRows > UNLOAD_TAIL_ROWS) this.#snapshot()
  }

  readonly #committed = (row: CommittedRow): void => {
    if (this.#early) this.#early.push(row)
    else this.#apply(row)
  }

  #apply(row: CommittedRow): void {
    if (row.seq !== this.#applied + 1) throw new Error(`row ${row.seq} came after row ${this.#applied}`)
    if (row.act === ACTS.edit) {
      Y.applyUpdate(this.ydoc, row.bytes, row.origin ?? REPLAYED)
      this.#checkWhole()
      this.#tailRows++
      this.#tailBytes += row.bytes.byteLength
    }
    this.#applied = row.seq
    this.#onlookers.row(row)
    if (isDue(this.#tailBytes, this.#stateBytes)) this.#snapshot()
  }

  /** For those who join: the document as of the last row that was applied here, never beyond, for a page must have nothing that we lack. */
  async #whole(): Promise<Whole> {
    const update = await this.#journal.moment(this.book.doc, this.#applied, 'update')
    return { updates: [update], stateVector: Y.encodeStateVectorFromUpdate(update) }
  }

  /** The gate lets no hole in; if one is here after all, this document must not be shown to anybody. */
  #checkWhole(): void {
    if (this.ydoc.store.pendingStructs || this.ydoc.store.pendingDs)
      throw new Error(`document ${this.book.doc} has a hole`)
  }

  #snapshot(): void {
    if (this.#snapshotting) return
    this.#snapshotting = true
    this.#takeSnapshot()
      .catch((error: unknown) =>
        this.#log.error(
          { err: error, doc: this.book.doc },
          'a snapshot could not be made; the journal is whole',
        ),
      )
      .finally(() => {
        this.#snapshotting = false
      })
  }

  /** From the journal, not from memory: what is kept is what replay gives. Where it fails, the next is due after as much again. */
  async #takeSnapshot(): Promise<void> {
    this.#tailBytes = 0
    this.#tailRows = 0
    const recorded = await this.#journal.recorded(this.book.doc)
    const state = await this.#journal.travel.make('snapshot', recorded)
    await this.#journal.keepSnapshot(this.book.doc, { seq: recorded.seq, state })
    this.#stateBytes = state.byteLength
  }
}
