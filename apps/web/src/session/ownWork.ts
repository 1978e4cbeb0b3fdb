/**
 * What was written in this page: kept in this browser's store at once, counted until the journal holds it (ledger.ts), and under which
 * clientIDs that was. It decides nothing about what becomes of it; the link does.
 */
import * as Y from 'yjs'
import { Ledger } from './ledger.ts'
import type { LinkStatus, RefusalNote } from './saveState.ts'
import type { Aside, DocumentStore } from './store.ts'
import { touchedPaths } from './touched.ts'

/** Marks transactions that come from this browser's store, so that they are not kept twice. */
export const FROM_STORE = Symbol('from store')

type Kept = Awaited<ReturnType<DocumentStore['load']>>

export class OwnWork {
  readonly ledger = new Ledger()
  readonly #store: DocumentStore
  readonly #changed: (patch: Partial<LinkStatus>) => void
  /** Own changes in this document, this opening's and restored ones, by clientID. */
  #made = new Map<number, number>()
  /** Every clientID this person is known to have written under. */
  readonly #mine = new Set<number>()
  /** The store lists own changes as not saved. */
  #isOwed = false
  #writing: Promise<unknown> = Promise.resolve()

  /** `changed`: the count, or whether this browser still keeps what it is given. */
  constructor(store: DocumentStore, changed: (patch: Partial<LinkStatus>) => void) {
    this.#store = store
    this.#changed = changed
  }

  /** What earlier openings of the page left. */
  restore({ unsaved, clients }: Pick<Kept, 'unsaved' | 'clients'>): void {
    for (const [client, changes] of unsaved) {
      this.#isOwed = true
      this.ledger.restore(changes)
      this.#made.set(client, changes.last)
    }
    for (const client of [...clients, ...unsaved.keys()]) this.#mine.add(client)
  }

  /** From now on it is written under this clientID. */
  adopt(client: number): void {
    this.#mine.add(client)
  }

  wrote(client: number): boolean {
    return this.#mine.has(client)
  }

  /** A document in which nothing was written yet: every change of it is kept from now on. */
  begin(doc: Y.Doc): void {
    this.#made = new Map()
    doc.on('update', (update: Uint8Array, origin: unknown, _doc: Y.Doc, transaction: Y.Transaction) => {
      if (origin === FROM_STORE) return
      if (!transaction.local) return this.keep(this.#store.append(update, null))
      const client = doc.clientID
      const own = { at: Date.now(), touched: touchedPaths(transaction) }
      const nth = (this.#made.get(client) ?? 0) + 1
      this.#made.set(client, nth)
      const [before, after] = [transaction.beforeState, transaction.afterState]
      this.ledger.note(client, before.get(client) ?? 0, after.get(client) ?? 0, own)
      this.#isOwed = true
      this.keep(this.#store.append(update, { client, nth, ...own }))
      this.#changed({})
    })
  }

  /** Everything is in the journal. */
  settle(): void {
    // Their rows may have come before: the ledger is empty by then, the store is not.
    if (this.#isOwed) this.keep(this.#store.settle(new Map(this.#made)))
    this.#isOwed = false
    this.ledger.settle()
  }

  /** A browser that stops keeping (disk full) is said in the save state; the server still has everything once connected. */
  keep(writing: Promise<void>): void {
    this.#writing = Promise.allSettled([this.#writing, writing])
    writing.catch(() => this.#changed({ durableHere: false }))
  }

  /** Resolves when everything written so far lies in the store; at once where it cannot. */
  async stored(): Promise<void> {
    await this.#writing
  }

  /** What is not saved, as it would be put aside. */
  copy(doc: Y.Doc, refusal: RefusalNote): Aside {
    const now = Date.now()
    return {
      id: `${now.toString(36)}-${doc.clientID.toString(36)}`,
      at: now,
      since: this.ledger.since ?? now,
      state: Y.encodeStateAsUpdate(doc),
      refusal,
      touched: this.ledger.touched,
      clients: [...this.#mine],
      settled: {},
    }
  }
}
