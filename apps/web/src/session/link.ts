/**
 * The page's hold on one shared document: opens it from this browser's store, writes under a leased clientID, connects, and rebuilds the document from the server after a refusal (the only way back: the stock provider
 * never recovers). What was refused is kept aside (keptWork.ts) until its author has decided about it; nothing is dropped silently.
 * It never decides what may be written (policy) and never changes content (acts). Longer than other files, because it is one state
 * machine: every step from opening to rebuilding reads and moves the same few fields.
 */

import type { Identity, Presence, ServerMessage } from '@consilium/contract/live'
import { REFUSALS, Refusal, type RefusalCode } from '@consilium/contract/refusals'
import { creatorOf, type EntryKey } from '@consilium/crdt-schema/entry'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { NOT_NOW, newIdentity } from './identity.ts'
import { KeptWorks } from './keptWork.ts'
import { FROM_STORE, OwnWork } from './ownWork.ts'
import type { LinkStatus, RefusalNote } from './saveState.ts'
import type { Aside, DocumentStore, Seen } from './store.ts'
import { Topic } from './topic.ts'
import { Wire } from './wire.ts'

export interface LinkPorts {
  readonly url: string
  readonly name: string
  readonly store: DocumentStore
  /** Asks the server for clientIDs; those who only look need one too, to be seen by the others. Throws a Refusal where it says no, anything else where it cannot be reached. */
  readonly lease: (count: number) => Promise<readonly number[]>
  /** Asks the server whether it still knows this session; throws as `lease` does. A socket that is not let in does not say why. */
  readonly whoAmI: () => Promise<unknown>
  readonly WebSocket?: unknown
  /** How long to wait before knocking again at a server that closed the document, ms. */
  readonly retryMs?: number
}

/** The server does not open this document to this person, whatever lease they hold. */
const CLOSED_TO_US = new Set(['not-found', 'not-a-member', 'not-allowed', 'too-large-to-open'])
/** How often in a row the same no is asked about again before it is taken for one. */
const PATIENCE = 3

export class Link {
  /** Replaced after a refusal; `documents` announces the new one. */
  doc = new Y.Doc()
  awareness: Awareness | null = null
  status: LinkStatus
  /** What the server would not take. */
  readonly kept: KeptWorks

  readonly statuses = new Topic<LinkStatus>()
  readonly documents = new Topic<Y.Doc>()
  readonly awarenesses = new Topic<Awareness>()
  /** The server has opened the document for this page: whatever is committed from here on is told. Again with every connection. */
  readonly hellos = new Topic<void>()
  /** Rows that were committed, by whomever, in order. */
  readonly journal = new Topic<Extract<ServerMessage, { t: 'journal' }>['rows']>()
  /** How the server presents this person to the others: name, role, colour. */
  readonly selves = new Topic<Identity>()

  readonly #ports: LinkPorts
  readonly #own: OwnWork
  #wire: Wire | null = null
  #target: { readonly doc: Y.Doc; readonly onLive: () => void } = { doc: this.doc, onLive: () => {} }
  #client: number | null = null
  #seen: Seen | null = null
  #presence: Presence = {}
  #retry: ReturnType<typeof setTimeout> | null = null
  #noes = 0
  #asking = false
  #destroyed = false

  constructor(ports: LinkPorts) {
    this.#ports = ports
    this.#own = new OwnWork(ports.store, (patch) => this.#set(patch))
    this.kept = new KeptWorks(ports.store)
    this.kept.changed.on(() => this.#set({}))
    this.status = {
      state: 'opening',
      canWrite: false,
      unsaved: 0,
      notTaken: 0,
      savedAt: null,
      durableHere: ports.store.durable,
      durableThere: null,
      paused: false,
      standing: null,
      prior: undefined,
      refusal: null,
    }
    this.#own.begin(this.doc)
  }

  get client(): number | null {
    return this.#client
  }

  /** Whether this person made the entry, in this opening of the page or an earlier one in this browser. */
  isMine(entry: EntryKey): boolean {
    const maker = creatorOf(entry)
    return maker !== null && this.wrote(maker)
  }

  /** Whether this person is known to have written under a clientID. */
  wrote(client: number): boolean {
    return this.#own.wrote(client)
  }

  /** Resolves when the document is as this browser last kept it and, if at all possible, writable. */
  async open(): Promise<void> {
    const kept = await this.#ports.store.load()
    this.doc.transact(() => {
      for (const update of kept.updates) Y.applyUpdate(this.doc, update, FROM_STORE)
      // Another page went on writing after what came before was put aside: with that it is offered again.
      if (this.doc.store.pendingStructs || this.doc.store.pendingDs)
        for (const { state } of kept.asides) Y.applyUpdate(this.doc, state, FROM_STORE)
    }, FROM_STORE)
    this.#own.restore(kept)
    this.#seen = kept.seen
    this.kept.restore(kept.asides)
    this.kept.compare(this.doc)
    this.documents.emit(this.doc)
    await this.#identify(this.doc)
    if (this.#destroyed) return
    this.#connect()
    globalThis.window?.addEventListener('offline', this.#onOffline)
    globalThis.window?.addEventListener('online', this.#onOnline)
    globalThis.window?.addEventListener('pageshow', this.#onShow)
  }

  /** Words were taken out of the record: the copy in this browser is written anew without them. */
  forgetDeleted(): void {
    this.#own.keep(this.#ports.store.compact())
  }

  /** Merges into what the others see of this page. Never empties it: the server does not pass on removals. */
  present(patch: Partial<Presence>): void {
    this.#presence = { ...this.#presence, ...patch }
    this.awareness?.setLocalState(this.#presence)
  }

  /** The newest row of the journal, where it is known from elsewhere (the list of revisions). */
  noteRow(row: Seen & { readonly at: number }): void {
    this.#see(row)
    if (row.at > (this.status.savedAt ?? 0)) this.#set({ savedAt: row.at })
  }

  /** What is not saved, as it would be put aside: to be written into a file. */
  copy(refusal: RefusalNote): Aside {
    return this.#own.copy(this.doc, refusal)
  }

  /** Resolves when everything typed so far lies in this browser's store; at once where it cannot. */
  async stored(): Promise<void> {
    await this.#own.stored()
  }

  /** After signing in again, or being let in again: goes on with what is in this page. */
  async resume(): Promise<void> {
    const { refusal } = this.status
    if (!this.#isOver || this.#destroyed) return
    this.#noes = 0
    this.#set({ state: 'connecting', refusal: null })
    if (refusal !== null) return this.#rebuild(refusal)
    await this.#identify(this.#target.doc)
    if (!this.#destroyed) this.#connect()
  }

  destroy(): void {
    this.#destroyed = true
    globalThis.window?.removeEventListener('offline', this.#onOffline)
    globalThis.window?.removeEventListener('online', this.#onOnline)
    globalThis.window?.removeEventListener('pageshow', this.#onShow)
    this.#disconnect()
    this.kept.destroy()
    for (const topic of [
      this.statuses,
      this.documents,
      this.awarenesses,
      this.hellos,
      this.journal,
      this.selves,
    ])
      topic.clear()
    this.doc.destroy()
  }

  // --- identity -------------------------------------------------------------------------------------------------------------------

  /** Gives `doc` a clientID nobody else writes under. */
  async #identify(doc: Y.Doc): Promise<void> {
    try {
      const client = await newIdentity(this.#ports.store, this.#ports.lease)
      // Refused meanwhile: this document is on its way out, and nothing may be written in it any more.
      if (doc !== this.#target.doc) return
      if (client === null) {
        this.#set({ state: 'offline', canWrite: false })
        return
      }
      doc.clientID = client
      this.#client = client
      this.#own.adopt(client)
      if (doc === this.doc) this.#set({ canWrite: true })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      if (error.code === 'not-signed-in') this.#signedOut()
      else this.#set({ state: 'refused', canWrite: false, refusal: error.toJSON() })
    }
  }

  // --- connection -----------------------------------------------------------------------------------------------------------------

  /** Signed out, or refused for good: nothing is tried any more. */
  get #isOver(): boolean {
    return this.status.state === 'refused' || this.status.state === 'signed-out'
  }

  /** Connects the target: the document shown, or the one that will replace it after a refusal. */
  #connect(): void {
    this.#disconnect()
    if (this.#destroyed || this.#isOver) return
    const { doc, onLive } = this.#target
    if (this.status.state === 'opening') this.#set({ state: 'connecting' })
    const awareness = new Awareness(doc)
    awareness.setLocalState(this.#presence)
    this.awareness = awareness
    let live = false
    let settled = false
    this.#wire = new Wire(
      {
        url: this.#ports.url,
        name: this.#ports.name,
        document: doc,
        awareness,
        token: () => ({ client: this.#client, ...(this.#seen ? { seen: this.#seen } : {}) }),
        said: (carries) => {
          if (carries === 'a change') return Date.now()
          return doc === this.doc ? this.#own.ledger.since : null
        },
        WebSocket: this.#ports.WebSocket,
      },
      {
        onLive: () => {
          live = true
          onLive()
          // A page opened offline without a spare identity gets one now.
          if (this.#client === null) void this.#reidentify()
          this.#set({ state: 'live' })
        },
        onDown: () => {
          live = false
          if (!this.#isOver) this.#set({ state: 'offline', paused: false })
        },
        onUnreachable: () => void this.#ask(),
        onSignedOut: () => this.#signedOut(),
        onUnacknowledged: (count) => {
          if (!live || count > 0) return
          this.#settle()
          // Now the last of what the server sends at first is here, too.
          if (!settled) this.kept.compare(this.doc)
          settled = true
        },
        onMessage: (message) => this.#receive(message),
        onClosed: () => {
          this.#set({ state: 'offline' })
          this.#reconnectLater()
        },
        onSelf: (identity) => this.selves.emit(identity),
        onDenied: (reason) => void this.#denied(reason),
      },
    )
    this.awarenesses.emit(awareness)
  }

  #disconnect(): void {
    if (this.#retry !== null) clearTimeout(this.#retry)
    this.#retry = null
    this.#wire?.destroy()
    this.#wire = null
  }

  #reconnectLater(): void {
    if (this.#retry !== null) clearTimeout(this.#retry)
    this.#retry = setTimeout(() => this.#connect(), this.#ports.retryMs ?? 1_000)
  }

  async #reidentify(): Promise<void> {
    const { doc } = this.#target
    await this.#identify(doc)
    if (!this.#destroyed && this.#client !== null && doc === this.#target.doc) this.#connect()
  }

  /** The server did not open the document. Mostly it does not know this lease any more (a restored backup): then for another. */
  async #denied(reason: string): Promise<void> {
    if (reason === 'not-signed-in') return this.#signedOut()
    if (reason === 'record-cut') return this.#cut()
    if (NOT_NOW.has(reason)) {
      this.#set({ state: 'offline' })
      this.#reconnectLater()
      return
    }
    this.#noes += 1
    if (CLOSED_TO_US.has(reason) || this.#noes > PATIENCE) return this.#shutOut(noteOf(reason))
    this.#client = null
    this.#set({ canWrite: false })
    await this.#identify(this.#target.doc)
    if (!this.#destroyed) this.#reconnectLater()
  }

  #signedOut(): void {
    this.#disconnect()
    this.#set({ state: 'signed-out', canWrite: false })
  }

  /** What was not saved is kept; the document stays closed. */
  async #shutOut(refusal: RefusalNote): Promise<void> {
    this.#disconnect()
    await this.#putAside(refusal)
    this.#set({ state: 'refused', canWrite: false, refusal })
  }

  /** A socket that is not let in only ever says that it is closed: whether the session is the reason is asked aloud. */
  async #ask(): Promise<void> {
    if (this.#asking) return
    this.#asking = true
    try {
      await this.#ports.whoAmI()
    } catch (error) {
      if (error instanceof Refusal && error.code === 'not-signed-in') this.#signedOut()
    } finally {
      this.#asking = false
    }
  }

  readonly #onOffline = (): void => {
    if (this.#isOver) return
    this.#wire?.destroy()
    this.#wire = null
    this.#set({ state: 'offline', paused: false })
  }

  readonly #onOnline = (): void => {
    if (this.#wire === null) this.#connect()
  }

  /** Back from the browser's page cache: the provider took our presence down when the page was hidden. */
  readonly #onShow = (): void => this.present({})

  // --- what the server says -------------------------------------------------------------------------------------------------------

  #receive(message: ServerMessage): void {
    switch (message.t) {
      case 'hello':
        this.#set({
          durableThere: message.durable,
          paused: message.paused,
          standing: { role: message.role, phase: message.phase },
          prior: message.prior,
        })
        this.hellos.emit()
        return
      case 'rights':
        this.#set({ standing: { role: message.role, phase: message.phase } })
        return
      case 'prior':
        this.#set({ prior: message.prior })
        return
      case 'saving':
        this.#set({ paused: message.paused })
        return
      case 'saved':
        this.#own.ledger.committed(message.client, message.clock + message.len)
        this.#see(message)
        this.#set({ savedAt: Math.max(this.status.savedAt ?? 0, message.at) })
        return
      case 'journal':
        for (const { revision } of message.rows) this.#see(revision)
        this.journal.emit(message.rows)
        return
      case 'refused':
        void this.#refused({ code: message.code, message: message.message, next: message.next })
    }
  }

  #see({ seq, hash }: Seen): void {
    if (seq <= (this.#seen?.seq ?? 0)) return
    this.#seen = { seq, hash }
    this.#own.keep(this.#ports.store.saw(this.#seen))
  }

  #settle(): void {
    this.#noes = 0
    this.#own.settle()
    this.#set({})
  }

  // --- refusal --------------------------------------------------------------------------------------------------------------------

  async #refused(refusal: RefusalNote): Promise<void> {
    this.#noes += 1
    if (NOT_NOW.has(refusal.code) || (refusal.code === 'gap' && this.#noes <= PATIENCE))
      return this.#reconnectLater()
    if (CLOSED_TO_US.has(refusal.code) || this.#noes > 2 * PATIENCE) return this.#shutOut(refusal)
    this.#disconnect()
    this.#set({ state: 'connecting', canWrite: false })
    await this.#putAside(refusal)
    if (!this.#destroyed) await this.#rebuild(refusal)
  }

  /** The server lacks rows it had confirmed. The whole copy here is kept, whoever made what is in it; then its record is opened as it is. */
  async #cut(): Promise<void> {
    this.#disconnect()
    this.#set({ state: 'connecting', canWrite: false })
    const refusal = noteOf('record-cut')
    await this.#keepAside({ ...this.copy(refusal), touched: null })
    this.#seen = null
    this.#own.keep(this.#ports.store.saw(null))
    if (!this.#destroyed) await this.#rebuild(refusal)
  }

  async #putAside(refusal: RefusalNote): Promise<void> {
    if (this.#own.ledger.count > 0) await this.#keepAside(this.copy(refusal))
  }

  async #keepAside(aside: Aside): Promise<void> {
    this.#own.ledger.settle()
    await this.kept.add(aside).catch(() => this.#set({ durableHere: false }))
    if (!this.#destroyed) this.kept.compare(null)
  }

  /** A new document under a new lease; shown only once the server's state is in it, so that nothing flickers. */
  async #rebuild(refusal: RefusalNote): Promise<void> {
    const fresh = new Y.Doc()
    this.#client = null
    this.#target = { doc: fresh, onLive: () => this.#replace(fresh, refusal) }
    await this.#identify(fresh)
    if (!this.#destroyed) this.#connect()
  }

  #replace(fresh: Y.Doc, refusal: RefusalNote): void {
    if (this.doc === fresh) return
    const old = this.doc
    // Words that were still being typed while the document was on its way.
    const late = this.#own.ledger.count > 0 ? this.copy(refusal) : null
    this.#own.ledger.settle()
    this.doc = fresh
    this.#own.begin(fresh)
    this.#own.keep(this.#keepFresh(fresh, late))
    this.documents.emit(fresh)
    old.destroy()
    this.#set({ canWrite: this.#client !== null })
  }

  async #keepFresh(fresh: Y.Doc, late: Aside | null): Promise<void> {
    if (late) await this.kept.add(late)
    await this.#ports.store.append(Y.encodeStateAsUpdate(fresh), null)
    if (late && !this.#destroyed) this.kept.compare(fresh)
  }

  #set(patch: Partial<LinkStatus>): void {
    if (this.#destroyed) return
    const next = { ...this.status, ...patch, unsaved: this.#own.ledger.count, notTaken: this.kept.open }
    const same = (Object.keys(next) as (keyof LinkStatus)[]).every((key) => next[key] === this.status[key])
    if (same) return
    this.status = next
    this.statuses.emit(next)
  }
}

function noteOf(reason: string): RefusalNote {
  const known = REFUSALS[reason as RefusalCode]
  if (known) return { code: reason, message: known.message, next: known.next }
  return {
    code: 'not-allowed',
    message: `The server did not open this document (${reason}).`,
    next: 'Reload the page, or sign in again.',
  }
}
