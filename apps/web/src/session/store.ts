/**
 * What one page keeps of a document between openings: Yjs updates as they happen, which of one's own changes still wait for the server,
 * the newest row the server has confirmed, clientIDs, spare leases for opening without a connection, and every piece of work the server
 * would not take. Two implementations of one port: IndexedDB, and memory where the browser offers none (then `durable` is false and the
 * page says so).
 */
import type { LiveToken } from '@consilium/contract/live'
import * as Y from 'yjs'
import { Ledger, type OwnChange, type Restored } from './ledger.ts'
import type { RefusalNote } from './saveState.ts'

/** A row of the journal as the server has told it. */
export type Seen = NonNullable<LiveToken['seen']>

export interface Kept {
  readonly updates: readonly Uint8Array[]
  /** Own changes not acknowledged when they were kept, by clientID. */
  readonly unsaved: ReadonlyMap<number, Unsaved>
  readonly asides: readonly Aside[]
  readonly seen: Seen | null
  /** Every clientID this person has written under in this browser. */
  readonly clients: readonly number[]
}

/** A document the server would not take, put aside until its author has said of each change in it what is to become of it. */
export interface Aside {
  readonly id: string
  /** When it was refused, and when the oldest change in it was made; this page's clock, ms since 1970. */
  readonly at: number
  readonly since: number
  readonly state: Uint8Array
  readonly refusal: RefusalNote
  /** Paths changed here and not acknowledged; null where everything has to be looked at. */
  readonly touched: readonly string[] | null
  /** Own clientIDs in it. */
  readonly clients: readonly number[]
  /** What its author has decided so far, by entry. */
  readonly settled: Readonly<Record<string, Settled>>
}

/** `back`: put back, as this entry of the present document. */
export type Settled = { readonly how: 'back'; readonly as: string } | { readonly how: 'discarded' }

export interface Own extends OwnChange {
  readonly client: number
  /** It is the so-manieth under its clientID, counted by the page that makes them. */
  readonly nth: number
}

export interface Unsaved extends Restored {
  /** The last of them is the so-manieth. */
  readonly last: number
}

export interface DocumentStore {
  readonly durable: boolean
  load(): Promise<Kept>
  /** Keeps no more what was deleted or overwritten since: words that were taken out of the record are not in this browser either. */
  compact(): Promise<void>
  /** `own` is given where the change is one's own and not yet acknowledged. */
  append(update: Uint8Array, own: Own | null): Promise<void>
  /** The server holds the first so many changes of these clients. Another page of this browser may have written more under one since. */
  settle(known: ReadonlyMap<number, number>): Promise<void>
  /** The server has confirmed this row; an older one than known changes nothing. Null: nothing of what was confirmed counts any more. */
  saw(seen: Seen | null): Promise<void>
  /** This person writes under this clientID from now on. */
  adopt(client: number): Promise<void>
  addSpares(clients: readonly number[]): Promise<void>
  /** Takes one spare lease out: two pages never get the same. */
  takeSpare(): Promise<number | null>
  spares(): Promise<number>
  /** Replaces everything kept by a document put aside, in one step; what another page of this browser had kept goes into it too. */
  setAside(aside: Aside): Promise<void>
  /** Writes down what is to become of one entry of it. */
  settleAside(id: string, entry: string, settled: Settled): Promise<void>
  dropAside(id: string): Promise<void>
}

/** One's own changes by clientID, with one more. */
export const counted = (before: Unsaved | undefined, { at, touched, nth }: Own): Unsaved => ({
  last: nth,
  count: (before?.count ?? 0) + 1,
  since: Math.min(before?.since ?? at, at),
  touched: before?.touched === null ? null : [...new Set([...(before?.touched ?? []), ...touched])],
})

/** `aside` with all that lay in the store: nothing that was typed in another page goes with the shelf. */
export function gathered(
  aside: Aside,
  updates: readonly Uint8Array[],
  unsaved: ReadonlyMap<number, Restored>,
): Aside {
  const ledger = new Ledger()
  ledger.restore({ count: 0, since: aside.since, touched: aside.touched })
  for (const restored of unsaved.values()) ledger.restore(restored)
  return {
    ...aside,
    state: updates.length === 0 ? aside.state : Y.mergeUpdates([aside.state, ...updates]),
    since: ledger.since ?? aside.since,
    touched: ledger.touched,
    clients: [...new Set([...aside.clients, ...unsaved.keys()])],
  }
}

/** A document forgets what was deleted in it; merged updates do not. What waits for updates that are not here stays. */
export function compacted(updates: readonly Uint8Array[]): Uint8Array {
  const doc = new Y.Doc()
  doc.transact(() => {
    for (const update of updates) Y.applyUpdate(doc, update)
  })
  const whole = Y.encodeStateAsUpdate(doc)
  doc.destroy()
  return whole
}

export class MemoryStore implements DocumentStore {
  readonly durable: boolean = false
  #updates: Uint8Array[] = []
  #unsaved = new Map<number, Unsaved>()
  #spares: number[] = []
  #asides: Aside[] = []
  #seen: Seen | null = null
  readonly #clients = new Set<number>()

  async load(): Promise<Kept> {
    return {
      updates: [...this.#updates],
      unsaved: new Map(this.#unsaved),
      asides: [...this.#asides],
      seen: this.#seen,
      clients: [...this.#clients],
    }
  }
  async compact(): Promise<void> {
    if (this.#updates.length > 0) this.#updates = [compacted(this.#updates)]
  }
  async append(update: Uint8Array, own: Own | null): Promise<void> {
    this.#updates.push(update)
    if (own) this.#unsaved.set(own.client, counted(this.#unsaved.get(own.client), own))
  }
  async settle(known: ReadonlyMap<number, number>): Promise<void> {
    for (const [client, { last }] of this.#unsaved)
      if (last <= (known.get(client) ?? -1)) this.#unsaved.delete(client)
  }
  async saw(seen: Seen | null): Promise<void> {
    if (seen === null || seen.seq > (this.#seen?.seq ?? 0)) this.#seen = seen
  }
  async adopt(client: number): Promise<void> {
    this.#clients.add(client)
  }
  async addSpares(clients: readonly number[]): Promise<void> {
    this.#spares.push(...clients)
  }
  async takeSpare(): Promise<number | null> {
    return this.#spares.shift() ?? null
  }
  async spares(): Promise<number> {
    return this.#spares.length
  }
  async setAside(aside: Aside): Promise<void> {
    this.#asides.push(gathered(aside, this.#updates, this.#unsaved))
    this.#updates = []
    this.#unsaved.clear()
  }
  async settleAside(id: string, entry: string, settled: Settled): Promise<void> {
    this.#asides = this.#asides.map((aside) =>
      aside.id === id ? { ...aside, settled: { ...aside.settled, [entry]: settled } } : aside,
    )
  }
  async dropAside(id: string): Promise<void> {
    this.#asides = this.#asides.filter((aside) => aside.id !== id)
  }
}
