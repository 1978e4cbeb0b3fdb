/**
 * The IndexedDB store: updates appended one by one and folded together when they grow many, so that a page opened without a
 * connection shows the document and goes on working. Kept per person and document: a browser shared by two people mixes nothing.
 */
import {
  type DBSchema,
  deleteDB,
  type IDBPDatabase,
  type IDBPTransaction,
  openDB,
  type StoreNames,
} from 'idb'
import * as Y from 'yjs'
import {
  type Aside,
  compacted,
  counted,
  type DocumentStore,
  gathered,
  type Kept,
  type Own,
  type Seen,
  type Settled,
  type Unsaved,
} from './store.ts'

interface Shape extends DBSchema {
  updates: { key: number; value: { shelf: string; bytes: Uint8Array }; indexes: { shelf: string } }
  /** Key: [shelf, clientID]. */
  unsaved: {
    key: [string, number]
    value: { shelf: string; client: number } & Unsaved
    indexes: { shelf: string }
  }
  spares: { key: [string, number]; value: { shelf: string; client: number }; indexes: { shelf: string } }
  clients: { key: [string, number]; value: { shelf: string; client: number }; indexes: { shelf: string } }
  seen: { key: string; value: Seen }
  /** Key: [shelf, id]. */
  asides: {
    key: [string, string]
    value: { shelf: string; id: string; aside: Aside }
    indexes: { shelf: string }
  }
}

const DATABASE = 'consilium'
/** Rows of one document before they are folded into one. */
const FOLD_AT = 100

const open = (): Promise<IDBPDatabase<Shape>> =>
  openDB<Shape>(DATABASE, 2, {
    upgrade(db, from, _to, tx) {
      if (from < 1) {
        db.createObjectStore('updates', { autoIncrement: true }).createIndex('shelf', 'shelf')
        for (const name of ['unsaved', 'spares'] as const)
          db.createObjectStore(name, { keyPath: ['shelf', 'client'] }).createIndex('shelf', 'shelf')
      }
      db.createObjectStore('clients', { keyPath: ['shelf', 'client'] }).createIndex('shelf', 'shelf')
      db.createObjectStore('seen')
      db.createObjectStore('asides', { keyPath: ['shelf', 'id'] }).createIndex('shelf', 'shelf')
      if (from === 1) return upgradeFirst(db, tx)
    },
    // Another tab wants to upgrade: let go, the next call opens again.
    blocking(_from, _to, event) {
      ;(event.target as IDBDatabase).close()
    },
  })

/** The first version kept one refused document per shelf, and of unsaved changes only their number. */
async function upgradeFirst(
  db: IDBPDatabase<Shape>,
  tx: IDBPTransaction<Shape, StoreNames<Shape>[], 'versionchange'>,
): Promise<void> {
  const first = tx as unknown as IDBPTransaction<FirstShape, ['aside', 'unsaved'], 'versionchange'>
  const now = Date.now()
  const aside = first.objectStore('aside')
  const [shelves, kept] = await Promise.all([aside.getAllKeys(), aside.getAll()])
  for (const [n, { state, refusal }] of kept.entries()) {
    const id = `first-${n}`
    const shelf = shelves[n] ?? ''
    await tx.objectStore('asides').put({
      shelf,
      id,
      aside: { id, at: now, since: now, state, refusal, touched: null, clients: [], settled: {} },
    })
  }
  for (const row of await first.objectStore('unsaved').getAll())
    await tx.objectStore('unsaved').put({ ...row, since: now, touched: null, last: 0 })
  ;(db as unknown as IDBPDatabase<FirstShape>).deleteObjectStore('aside')
}

interface FirstShape extends DBSchema {
  aside: { key: string; value: Pick<Aside, 'state' | 'refusal'> }
  unsaved: { key: [string, number]; value: { shelf: string; client: number; count: number } }
}

/** Rejects where the browser has no IndexedDB or refuses it (private windows, full disk). */
export async function openOfflineStore(person: string, document: string): Promise<DocumentStore> {
  return new IndexedStore(await open(), shelfOf(person, document))
}

const shelfOf = (person: string, document: string): string => `${person}/${document}`

/** Names of the documents of which this browser keeps work of this person that is in no record: refused, or not yet sent. */
export async function documentsWithWork(person: string): Promise<string[]> {
  const db = await open()
  const rows = await Promise.all([db.getAll('asides'), db.getAll('unsaved')])
  db.close()
  const mine = rows.flat().filter(({ shelf }) => shelf.startsWith(shelfOf(person, '')))
  return [...new Set(mine.map(({ shelf }) => shelf.slice(shelfOf(person, '').length)))].sort()
}

/** Forgets everything kept in this browser. */
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
    const tx = this.#db.transaction(['updates', 'unsaved', 'asides', 'clients', 'seen'])
    const [rows, unsaved, asides, clients, seen] = await Promise.all([
      tx.objectStore('updates').index('shelf').getAll(this.#shelf),
      tx.objectStore('unsaved').index('shelf').getAll(this.#shelf),
      tx.objectStore('asides').index('shelf').getAll(this.#shelf),
      tx.objectStore('clients').index('shelf').getAll(this.#shelf),
      tx.objectStore('seen').get(this.#shelf),
    ])
    this.#rows = rows.length
    return {
      updates: rows.map((row) => row.bytes),
      unsaved: new Map(unsaved.map((row) => [row.client, unsavedFrom(row)])),
      asides: asides.map((row) => row.aside).sort((a, b) => a.at - b.at),
      seen: seen ?? null,
      clients: clients.map((row) => row.client),
    }
  }

  async append(update: Uint8Array, own: Own | null): Promise<void> {
    const tx = this.#db.transaction(['updates', 'unsaved'], 'readwrite')
    const writes: Promise<unknown>[] = [tx.objectStore('updates').add({ shelf: this.#shelf, bytes: update })]
    if (own) {
      const unsaved = tx.objectStore('unsaved')
      const before = await unsaved.get([this.#shelf, own.client])
      writes.push(unsaved.put({ shelf: this.#shelf, client: own.client, ...counted(before, own) }))
    }
    await Promise.all([...writes, tx.done])
    this.#rows += 1
    if (this.#rows >= FOLD_AT) await this.#fold(Y.mergeUpdates)
  }

  compact(): Promise<void> {
    return this.#fold(compacted)
  }

  async settle(known: ReadonlyMap<number, number>): Promise<void> {
    const tx = this.#db.transaction('unsaved', 'readwrite')
    const settled = [...known].map(async ([client, last]) => {
      const row = await tx.store.get([this.#shelf, client])
      if (row && unsavedFrom(row).last <= last) await tx.store.delete([this.#shelf, client])
    })
    await Promise.all([...settled, tx.done])
  }

  async saw(seen: Seen | null): Promise<void> {
    const tx = this.#db.transaction('seen', 'readwrite')
    const before = await tx.store.get(this.#shelf)
    if (seen === null) await tx.store.delete(this.#shelf)
    // Another tab may have heard more.
    else if (seen.seq > (before?.seq ?? 0)) await tx.store.put(seen, this.#shelf)
    await tx.done
  }

  async adopt(client: number): Promise<void> {
    await this.#db.put('clients', { shelf: this.#shelf, client })
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
    const tx = this.#db.transaction(['updates', 'unsaved', 'asides'], 'readwrite')
    const [updates, unsaved] = [tx.objectStore('updates'), tx.objectStore('unsaved')]
    const [rows, keys, own] = await Promise.all([
      updates.index('shelf').getAll(this.#shelf),
      updates.index('shelf').getAllKeys(this.#shelf),
      unsaved.index('shelf').getAll(this.#shelf),
    ])
    const all = gathered(
      aside,
      rows.map(({ bytes }) => bytes),
      new Map(own.map((row) => [row.client, unsavedFrom(row)])),
    )
    await Promise.all([
      tx.objectStore('asides').put({ shelf: this.#shelf, id: aside.id, aside: all }),
      ...keys.map((key) => updates.delete(key)),
      ...own.map(({ client }) => unsaved.delete([this.#shelf, client])),
      tx.done,
    ])
    this.#rows = 0
  }

  async settleAside(id: string, entry: string, settled: Settled): Promise<void> {
    const tx = this.#db.transaction('asides', 'readwrite')
    const row = await tx.store.get([this.#shelf, id])
    if (row) {
      const aside = { ...row.aside, settled: { ...row.aside.settled, [entry]: settled } }
      await tx.store.put({ ...row, aside })
    }
    await tx.done
  }

  dropAside(id: string): Promise<void> {
    return this.#db.delete('asides', [this.#shelf, id])
  }

  /** Reads, merges and replaces in one transaction, so that rows of another tab are folded too and none is lost. */
  async #fold(merge: (updates: Uint8Array[]) => Uint8Array): Promise<void> {
    const tx = this.#db.transaction('updates', 'readwrite')
    const index = tx.store.index('shelf')
    const [keys, rows] = await Promise.all([index.getAllKeys(this.#shelf), index.getAll(this.#shelf)])
    if (rows.length === 0) return
    const bytes = merge(rows.map((row) => row.bytes))
    await Promise.all([
      ...keys.map((key) => tx.store.delete(key)),
      tx.store.add({ shelf: this.#shelf, bytes }),
      tx.done,
    ])
    this.#rows = 1
  }
}

/** Rows of an earlier version do not say which is the last of them. */
const unsavedFrom = ({ count, since, touched, last = 0 }: Unsaved): Unsaved => ({
  count,
  since,
  touched,
  last,
})
