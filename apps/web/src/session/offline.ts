/**
 * The IndexedDB store: updates appended one by one and folded together when they grow many, so that a page opened without a
 * connection shows the document and goes on working. Kept per person and document: a browser shared by two people mixes nothing.
 */
import { type DBSchema, deleteDB, type IDBPDatabase, openDB } from 'idb'
import * as Y from 'yjs'
import type { Aside, DocumentStore, Kept } from './store.ts'

interface Shape extends DBSchema {
  updates: { key: number; value: { shelf: string; bytes: Uint8Array }; indexes: { shelf: string } }
  /** Key: [shelf, clientID]. */
  unsaved: {
    key: [string, number]
    value: { shelf: string; client: number; count: number }
    indexes: { shelf: string }
  }
  spares: { key: [string, number]; value: { shelf: string; client: number }; indexes: { shelf: string } }
  aside: { key: string; value: Aside }
}

const DATABASE = 'consilium'
/** Rows of one document before they are folded into one. */
const FOLD_AT = 100

const open = (): Promise<IDBPDatabase<Shape>> =>
  openDB<Shape>(DATABASE, 1, {
    upgrade(db) {
      db.createObjectStore('updates', { autoIncrement: true }).createIndex('shelf', 'shelf')
      for (const name of ['unsaved', 'spares'] as const) {
        db.createObjectStore(name, { keyPath: ['shelf', 'client'] }).createIndex('shelf', 'shelf')
      }
      db.createObjectStore('aside')
    },
    // Another tab wants to upgrade: let go, the next call opens again.
    blocking(_from, _to, event) {
      ;(event.target as IDBDatabase).close()
    },
  })

/** Rejects where the browser has no IndexedDB or refuses it (private windows, full disk). */
export async function openOfflineStore(person: string, document: string): Promise<DocumentStore> {
  return new IndexedStore(await open(), `${person}/${document}`)
}

/** Forgets everything kept in this browser: for signing out. */
export const forgetAll = (): Promise<void> => deleteDB(DATABASE)

class IndexedStore implements DocumentStore {
  readonly durable = true
  readonly #db: IDBPDatabase<Shape>
  readonly #shelf: string
  #rows = 0

  constructor(db: IDBPDatabase<Shape>, shelf: string) {
    this.#db = db
    this.#shelf = shelf
  }

  async load(): Promise<Kept> {
    const tx = this.#db.transaction(['updates', 'unsaved', 'aside'])
    const [rows, unsaved, aside] = await Promise.all([
      tx.objectStore('updates').index('shelf').getAll(this.#shelf),
      tx.objectStore('unsaved').index('shelf').getAll(this.#shelf),
      tx.objectStore('aside').get(this.#shelf),
    ])
    this.#rows = rows.length
    return {
      updates: rows.map((row) => row.bytes),
      unsaved: new Map(unsaved.map((row) => [row.client, row.count])),
      aside: aside ?? null,
    }
  }

  async append(update: Uint8Array, client: number | null): Promise<void> {
    const tx = this.#db.transaction(['updates', 'unsaved'], 'readwrite')
    const writes: Promise<unknown>[] = [tx.objectStore('updates').add({ shelf: this.#shelf, bytes: update })]
    if (client !== null) {
      const unsaved = tx.objectStore('unsaved')
      const before = await unsaved.get([this.#shelf, client])
      writes.push(unsaved.put({ shelf: this.#shelf, client, count: (before?.count ?? 0) + 1 }))
    }
    await Promise.all([...writes, tx.done])
    this.#rows += 1
    if (this.#rows >= FOLD_AT) await this.#fold()
  }

  async settle(clients: readonly number[]): Promise<void> {
    const tx = this.#db.transaction('unsaved', 'readwrite')
    await Promise.all([...clients.map((client) => tx.store.delete([this.#shelf, client])), tx.done])
  }

  async addSpares(clients: readonly number[]): Promise<void> {
    const tx = this.#db.transaction('spares', 'readwrite')
    await Promise.all([...clients.map((client) => tx.store.put({ shelf: this.#shelf, client })), tx.done])
  }

  async takeSpare(): Promise<number | null> {
    const tx = this.#db.transaction('spares', 'readwrite')
    const cursor = await tx.store.index('shelf').openCursor(this.#shelf)
    const client = cursor?.value.client ?? null
    if (cursor) await cursor.delete()
    await tx.done
    return client
  }

  spares(): Promise<number> {
    return this.#db.countFromIndex('spares', 'shelf', this.#shelf)
  }

  async setAside(aside: Aside): Promise<void> {
    const tx = this.#db.transaction(['updates', 'unsaved', 'aside'], 'readwrite')
    await tx.objectStore('aside').put(aside, this.#shelf)
    for (const key of await tx.objectStore('updates').index('shelf').getAllKeys(this.#shelf))
      await tx.objectStore('updates').delete(key)
    for (const key of await tx.objectStore('unsaved').index('shelf').getAllKeys(this.#shelf))
      await tx.objectStore('unsaved').delete(key)
    await tx.done
    this.#rows = 0
  }

  dropAside(): Promise<void> {
    return this.#db.delete('aside', this.#shelf)
  }

  /** Reads, merges and replaces in one transaction, so that rows of another tab are folded too and none is lost. */
  async #fold(): Promise<void> {
    const tx = this.#db.transaction('updates', 'readwrite')
    const index = tx.store.index('shelf')
    const [keys, rows] = await Promise.all([index.getAllKeys(this.#shelf), index.getAll(this.#shelf)])
    const bytes = Y.mergeUpdates(rows.map((row) => row.bytes))
    await Promise.all([
      ...keys.map((key) => tx.store.delete(key)),
      tx.store.add({ shelf: this.#shelf, bytes }),
      tx.done,
    ])
    this.#rows = 1
  }
}
