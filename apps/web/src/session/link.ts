/**
 * The page's hold on one shared document: opens it from this browser's store, writes under a leased clientID, connects, keeps count of
 * what the journal does not hold yet, and rebuilds the document from the server after a refusal (the only way back: the stock provider
 * never recovers). What was refused is described to its author and stays until they say they have seen it; nothing is dropped silently.
 * It never decides what may be written (policy) and never changes content (acts). Longer than other files, because it is one state
 * machine: every step from opening to rebuilding reads and moves the same few fields.
 */

import type { Identity, Presence, ServerMessage } from '@consilium/contract/live'
import { Refusal } from '@consilium/contract/refusals'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { Ledger } from './ledger.ts'
import { describeLost, type LostChange } from './lost.ts'
import type { LinkStatus, RefusalNote } from './saveState.ts'
import type { Aside, DocumentStore } from './store.ts'
import { Topic } from './topic.ts'
import { touchedEntries } from './touched.ts'
import { Wire } from './wire.ts'

export interface LinkPorts {
  readonly url: string
  readonly name: string
  readonly store: DocumentStore
  /** Asks the server for clientIDs; those who only look need one too, to be seen by the others. Throws a Refusal where it says no, anything else where it cannot be reached. */
  readonly lease: (count: number) => Promise<readonly number[]>
  readonly WebSocket?: unknown
  /** How long to wait before knocking again at a server that closed the document, ms. */
  readonly retryMs?: number
}

export interface Lost {
  readonly refusal: RefusalNote
  readonly changes: readonly LostChange[]
  /** Refused in this opening of the page, not in an earlier one. */
  readonly justNow: boolean
}

/** Marks transactions that come from this browser's store, so that they are not kept twice. */
const FROM_STORE = Symbol('from store')

export class Link {
  /** Replaced after a refusal; `documents` announces the new one. */
  doc = new Y.Doc()
  awareness: Awareness | null = null
  status: LinkStatus

  readonly statuses = new Topic<LinkStatus>()
  readonly documents = new Topic<Y.Doc>()
  readonly awarenesses = new Topic<Awareness>()
  /** Rows that were committed, by whomever, in order. */
  readonly journal = new Topic<Extract<ServerMessage, { t: 'journal' }>['rows']>()
  readonly losses = new Topic<Lost | null>()
  /** How the server presents this person to the others: name, role, colour. */
  readonly selves = new Topic<Identity>()
  lost: Lost | null = null

  readonly #ports: LinkPorts
  readonly #ledger = new Ledger()
  #wire: Wire | null = null
  #target: { readonly doc: Y.Doc; readonly onLive: () => void } = { doc: this.doc, onLive: () => {} }
  #client: number | null = null
  /** ClientIDs with own changes in this document, this opening's and restored ones. */
  #clients = new Set<number>()
  #touched: Set<string> | null = new Set()
  #presence: Presence = {}
  #retry: ReturnType<typeof setTimeout> | null = null
  #denials = 0
  #destroyed = false

  constructor(ports: LinkPorts) {
    this.#ports = ports
    this.status = {
      state: 'opening',
      canWrite: false,
      unsaved: 0,
      savedAt: null,
      durableHere: ports.store.durable,
      refusal: null,
    }
    this.#listen(this.doc)
  }

  get client(): number | null {
    return this.#client
  }

  /** Resolves when the document is as this browser last kept it and, if at all possible, writable. */
  async open(): Promise<void> {
    const kept = await this.#ports.store.load()
    this.doc.transact(() => {
      for (const update of kept.updates) Y.applyUpdate(this.doc, update, FROM_STORE)
    }, FROM_STORE)
    for (const [client, count] of kept.unsaved) {
      this.#ledger.restore(count)
      this.#clients.add(client)
      this.#touched = null
    }
    this.documents.emit(this.doc)
    await this.#identify(this.doc)
    if (this.#destroyed) return
    if (kept.aside) await this.#rebuild(kept.aside, false)
    else this.#connect()
    globalThis.window?.addEventListener('offline', this.#onOffline)
    globalThis.window?.addEventListener('online', this.#onOnline)
    globalThis.window?.addEventListener('pageshow', this.#onShow)
  }

  /** Merges into what the others see of this page. Never empties it: the server does not pass on removals. */
  present(patch: Partial<Presence>): void {
    this.#presence = { ...this.#presence, ...patch }
    this.awareness?.setLocalState(this.#presence)
  }

  /** The newest journal time known from elsewhere (the list of revisions). */
  noteSaved(at: number): void {
    if (at > (this.status.savedAt ?? 0)) this.#set({ savedAt: at })
  }

  /** The author has seen what was not kept. */
  async dismissLost(): Promise<void> {
    await this.#ports.store.dropAside()
    this.lost = null
    this.losses.emit(null)
    this.#set({ refusal: null })
  }

  destroy(): void {
    this.#destroyed = true
    globalThis.window?.removeEventListener('offline', this.#onOffline)
    globalThis.window?.removeEventListener('online', this.#onOnline)
    globalThis.window?.removeEventListener('pageshow', this.#onShow)
    this.#disconnect()
    for (const topic of [
      this.statuses,
      this.documents,
      this.awarenesses,
      this.journal,
      this.losses,
      this.selves,
    ])
      topic.clear()
    this.doc.destroy()
  }

  // --- identity -------------------------------------------------------------------------------------------------------------------

  /** Gives `doc` a clientID nobody else writes under: a fresh lease, or a spare one where the server cannot be reached. */
  async #identify(doc: Y.Doc): Promise<void> {
    const { store } = this.#ports
    try {
      const wanted = (await store.spares()) > 0 ? 1 : 2
      const [first, ...rest] = await this.#ports.lease(wanted)
      if (first === undefined) throw new Error('the server leased nothing')
      if (rest.length > 0) await store.addSpares(rest)
      this.#adopt(doc, first)
    } catch (error) {
      if (error instanceof Refusal && error.code !== 'not-ready' && error.code !== 'not-durable') {
        this.#set({ state: 'refused', canWrite: false, refusal: error.toJSON() })
        return
      }
      const spare = await store.takeSpare()
      if (spare === null) this.#set({ state: 'offline', canWrite: false })
      else this.#adopt(doc, spare)
    }
  }

  #adopt(doc: Y.Doc, client: number): void {
    doc.clientID = client
    this.#client = client
    this.#clients.add(client)
    if (doc === this.doc) this.#set({ canWrite: true })
  }

  // --- connection -----------------------------------------------------------------------------------------------------------------

  /** Connects the target: the document shown, or the one that will replace it after a refusal. */
  #connect(): void {
    this.#disconnect()
    if (this.#destroyed || this.status.state === 'refused') return
    const { doc, onLive } = this.#target
    if (this.status.state === 'opening') this.#set({ state: 'connecting' })
    const awareness = new Awareness(doc)
    awareness.setLocalState(this.#presence)
    this.awareness = awareness
    let live = false
    this.#wire = new Wire(
      {
        url: this.#ports.url,
        name: this.#ports.name,
        document: doc,
        awareness,
        client: this.#client,
        WebSocket: this.#ports.WebSocket,
      },
      {
        onLive: () => {
          live = true
          this.#denials = 0
          onLive()
          // A page opened offline without a spare identity gets one now.
          if (this.#client === null) void this.#reidentify()
          this.#set({ state: 'live' })
        },
        onDown: () => {
          live = false
          this.#set({ state: 'offline' })
        },
        onUnacknowledged: (count) => {
          if (live && count === 0) this.#settle()
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
    await this.#identify(this.doc)
    if (!this.#destroyed && this.#client !== null) this.#connect()
  }

  /** The server does not know this lease any more (another sign-in, a restored backup): ask for another, once or twice. */
  async #denied(reason: string): Promise<void> {
    this.#denials += 1
    this.#client = null
    if (this.#denials > 2) {
      this.#disconnect()
      const note = {
        code: 'not-allowed',
        message: `The server did not open this document (${reason})`,
        next: 'Reload the page, or sign in again',
      }
      this.#set({ state: 'refused', canWrite: false, refusal: note })
      return
    }
    this.#set({ canWrite: false })
    await this.#identify(this.#target.doc)
    if (!this.#destroyed) this.#reconnectLater()
  }

  readonly #onOffline = (): void => {
    this.#wire?.destroy()
    this.#wire = null
    if (this.status.state !== 'refused') this.#set({ state: 'offline' })
  }

  readonly #onOnline = (): void => {
    if (this.#wire === null) this.#connect()
  }

  /** Back from the browser's page cache: the provider took our presence down when the page was hidden. */
  readonly #onShow = (): void => this.present({})

  // --- what the server says -------------------------------------------------------------------------------------------------------

  #receive(message: ServerMessage): void {
    if (message.t === 'refused') {
      if (message.code === 'gap') this.#reconnectLater()
      else void this.#refuse({ code: message.code, message: message.message, next: message.next })
      return
    }
    if (message.t === 'saved') {
      this.#ledger.committed(message.client, message.clock + message.len)
      this.#set({ savedAt: Math.max(this.status.savedAt ?? 0, message.at) })
    }
    if (message.t === 'journal') this.journal.emit(message.rows)
  }

  #settle(): void {
    if (this.#ledger.count > 0) this.#keep(this.#ports.store.settle([...this.#clients]))
    this.#ledger.settle()
    this.#touched = new Set()
    this.#set({})
  }

  async #refuse(refusal: RefusalNote): Promise<void> {
    this.#disconnect()
    this.#set({ state: 'connecting', canWrite: false, refusal })
    const entries = this.#touched === null ? null : [...this.#touched]
    const aside: Aside = { state: Y.encodeStateAsUpdate(this.doc), refusal, entries }
    await this.#ports.store.setAside(aside)
    if (!this.#destroyed) await this.#rebuild(aside, true)
  }

  /** A new document under a new lease; shown only once the server's state is in it, so that nothing flickers. */
  async #rebuild(aside: Aside, justNow: boolean): Promise<void> {
    const fresh = new Y.Doc()
    this.#client = null
    this.#ledger.settle()
    this.#set({ canWrite: false, refusal: aside.refusal })
    await this.#identify(fresh)
    if (this.#destroyed) return
    const onLive = (): void => {
      if (this.doc === fresh) return
      const refused = new Y.Doc()
      Y.applyUpdate(refused, aside.state)
      const changes = describeLost(refused, fresh, aside.entries)
      refused.destroy()
      const old = this.doc
      this.doc = fresh
      this.#clients = new Set(this.#client === null ? [] : [this.#client])
      this.#touched = new Set()
      this.#keep(this.#ports.store.append(Y.encodeStateAsUpdate(fresh), null))
      this.#listen(fresh)
      this.documents.emit(fresh)
      old.destroy()
      this.lost = { refusal: aside.refusal, changes, justNow }
      this.losses.emit(this.lost)
      this.#set({ canWrite: this.#client !== null })
    }
    this.#target = { doc: fresh, onLive }
    this.#connect()
  }

  // --- own changes ----------------------------------------------------------------------------------------------------------------

  #listen(doc: Y.Doc): void {
    doc.on('update', (update: Uint8Array, origin: unknown, _doc: Y.Doc, transaction: Y.Transaction) => {
      if (origin === FROM_STORE) return
      if (transaction.local) {
        const client = doc.clientID
        this.#ledger.note(
          client,
          transaction.beforeState.get(client) ?? 0,
          transaction.afterState.get(client) ?? 0,
        )
        for (const entry of touchedEntries(transaction)) this.#touched?.add(entry)
        this.#keep(this.#ports.store.append(update, client))
        this.#set({})
      } else {
        this.#keep(this.#ports.store.append(update, null))
      }
    })
  }

  /** A browser that stops keeping (disk full) is said in the save state; the server still has everything once connected. */
  #keep(writing: Promise<void>): void {
    writing.catch(() => this.#set({ durableHere: false }))
  }

  #set(patch: Partial<LinkStatus>): void {
    if (this.#destroyed) return
    const next = { ...this.status, ...patch, unsaved: this.#ledger.count }
    const same = (Object.keys(next) as (keyof LinkStatus)[]).every((key) => next[key] === this.status[key])
    if (same) return
    this.status = next
    this.statuses.emit(next)
  }
}
