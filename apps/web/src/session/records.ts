/**
 * The document as Solid sees it: one signal per entry, and one list of keys per root. A change to one annotation wakes whoever reads
 * that annotation and nobody else. Reads only; acts write.
 */
import { type RecordOf, type Records as Roots, readEntry, readRoots, watch } from '@consilium/crdt-schema/changes'
import { ROOTS, type RootName } from '@consilium/crdt-schema/documents'
import type { EntryKey } from '@consilium/crdt-schema/entry'
import { batch, createSignal, type Signal } from 'solid-js'
import type * as Y from 'yjs'

/** The entries of one root. All reads are tracked. */
export class Shelf<T> {
  readonly #entries = new Map<EntryKey, Signal<T | undefined>>()
  readonly #keys = createSignal<readonly EntryKey[]>([])

  keys(): readonly EntryKey[] {
    return this.#keys[0]()
  }

  get(key: EntryKey): T | undefined {
    return this.#signal(key)[0]()
  }

  /** Tracks every entry: for sums and small lists, not for rows. */
  all(): readonly T[] {
    return this.keys().flatMap((key) => this.get(key) ?? [])
  }

  put(key: EntryKey, value: T | null): void {
    this.#signal(key)[1](() => value ?? undefined)
    const has = this.#keys[0]().includes(key)
    if (value !== null && !has) this.#keys[1]((keys) => [...keys, key])
    if (value === null && has) this.#keys[1]((keys) => keys.filter((other) => other !== key))
  }

  replace(entries: ReadonlyMap<EntryKey, T>): void {
    for (const key of this.#entries.keys()) if (!entries.has(key)) this.#signal(key)[1](undefined)
    for (const [key, value] of entries) this.#signal(key)[1](() => value)
    this.#keys[1]([...entries.keys()])
  }

  /** Made on first asking, so that a reader may come before the entry. */
  #signal(key: EntryKey): Signal<T | undefined> {
    const known = this.#entries.get(key)
    if (known) return known
    const made = createSignal<T | undefined>(undefined)
    this.#entries.set(key, made)
    return made
  }
}

export type Shelves = { readonly [Root in RootName]: Shelf<RecordOf[Root]> }

const emptyShelves = (): Shelves => ({
  annotations: new Shelf(),
  threads: new Shelf(),
  comments: new Shelf(),
  decisions: new Shelf(),
  dissents: new Shelf(),
})

export interface Arrival {
  readonly root: RootName
  readonly entry: EntryKey
}

export class Records {
  readonly shelves: Shelves = emptyShelves()
  /** Entries that cannot be read; shown as such. */
  readonly unreadable: () => Roots['unreadable']
  readonly #setUnreadable: (value: Roots['unreadable']) => void
  #stop: () => void = () => {}

  constructor() {
    const [unreadable, setUnreadable] = createSignal<Roots['unreadable']>([])
    this.unreadable = unreadable
    this.#setUnreadable = setUnreadable
  }

  /** Shows this document from now on. `onArrival` hears of entries others have added since. */
  attach(doc: Y.Doc, onArrival: (arrival: Arrival) => void = () => {}): void {
    this.#stop()
    this.show(readRoots(doc))
    this.#stop = watch(doc, ({ root, added, changed, removed, local }) => {
      batch(() => {
        for (const key of [...added, ...changed]) this.#reread(doc, root, key)
        for (const key of removed) this.shelves[root].put(key, null)
      })
      if (!local) for (const entry of added) onArrival({ root, entry })
    })
  }

  /** Shows plain readings, e.g. of an older revision. */
  show(roots: Roots): void {
    batch(() => {
      for (const root of ROOTS) (this.shelves[root] as Shelf<unknown>).replace(roots[root])
      this.#setUnreadable(roots.unreadable)
    })
  }

  destroy(): void {
    this.#stop()
  }

  #reread(doc: Y.Doc, root: RootName, key: EntryKey): void {
    const value = readEntry(doc, root, key)
    ;(this.shelves[root] as Shelf<unknown>).put(key, value)
    const others = this.unreadable().filter((entry) => entry.id !== key)
    const listed = others.length !== this.unreadable().length
    if (value === null) this.#setUnreadable([...others, { root, id: key }])
    else if (listed) this.#setUnreadable(others)
  }
}
