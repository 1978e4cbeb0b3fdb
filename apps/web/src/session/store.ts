/**
 * What one page keeps of a document between openings: Yjs updates as they happen, how many of one's own changes still wait for the
 * server, spare leases for opening without a connection, and what the server refused. Two implementations of one port: IndexedDB, and
 * memory where the browser offers none (then `durable` is false and the page says so).
 */
import type { RefusalNote } from './saveState.ts'

export interface Kept {
  readonly updates: readonly Uint8Array[]
  /** Own changes not acknowledged when they were kept, by clientID. */
  readonly unsaved: ReadonlyMap<number, number>
  readonly aside: Aside | null
}

/** A document the server would not take, put aside until its author has seen what was in it. */
export interface Aside {
  readonly state: Uint8Array
  readonly refusal: RefusalNote
  /** Entries changed here and not acknowledged; null where unknown (an earlier opening): then all are looked at. */
  readonly entries: readonly string[] | null
}

export interface DocumentStore {
  readonly durable: boolean
  load(): Promise<Kept>
  /** `client` is given where the change is one's own and not yet acknowledged. */
  append(update: Uint8Array, client: number | null): Promise<void>
  /** The server holds everything of these clients. */
  settle(clients: readonly number[]): Promise<void>
  addSpares(clients: readonly number[]): Promise<void>
  /** Takes one spare lease out: two pages never get the same. */
  takeSpare(): Promise<number | null>
  spares(): Promise<number>
  /** Replaces everything kept by a document put aside, in one step. */
  setAside(aside: Aside): Promise<void>
  dropAside(): Promise<void>
}

export class MemoryStore implements DocumentStore {
  readonly durable: boolean = false
  #updates: Uint8Array[] = []
  #unsaved = new Map<number, number>()
  #spares: number[] = []
  #aside: Aside | null = null

  async load(): Promise<Kept> {
    return { updates: [...this.#updates], unsaved: new Map(this.#unsaved), aside: this.#aside }
  }
  async append(update: Uint8Array, client: number | null): Promise<void> {
    this.#updates.push(update)
    if (client !== null) this.#unsaved.set(client, (this.#unsaved.get(client) ?? 0) + 1)
  }
  async settle(clients: readonly number[]): Promise<void> {
    for (const client of clients) this.#unsaved.delete(client)
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
    this.#aside = aside
    this.#updates = []
    this.#unsaved.clear()
  }
  async dropAside(): Promise<void> {
    this.#aside = null
  }
}
