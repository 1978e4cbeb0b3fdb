/**
 * The document as Solid sees it: a shelf per root. A change to one annotation wakes whoever reads that annotation and nobody else. Reads
 * only; acts write.
 */
import {
  type RecordOf,
  type Records as Roots,
  readEntry,
  readRoots,
  watch,
} from '@consilium/crdt-schema/changes'
import { ROOTS, type RootName } from '@consilium/crdt-schema/documents'
import type { EntryKey } from '@consilium/crdt-schema/entry'
import { batch, createSignal, untrack } from 'solid-js'
import type * as Y from 'yjs'
import { Shelf } from './shelf.ts'

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
  /** It was here, and is another now. */
  readonly isChange: boolean
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

  /** Shows this document from now on. `onArrival` hears of entries others have added or changed since. */
  attach(doc: Y.Doc, onArrival: (arrival: Arrival) => void = () => {}): void {
    this.#stop()
    this.show(readRoots(doc))
    this.#stop = watch(doc, ({ root, added, changed, removed, local }) => {
      this.#reread(doc, root, [...added, ...changed], removed)
      if (local) return
      for (const entry of added) onArrival({ root, entry, isChange: false })
      for (const entry of changed) onArrival({ root, entry, isChange: true })
    })
  }

  /** Shows plain readings, e.g. of an older revision. */
  show(roots: Roots): void {
    batch(() => {
      for (const root of ROOTS) (this.shelves[root] as Shelf<unknown>).replace(roots[root])
      this.#setUnreadable(roots.unreadable)
    })
  }

  /** What became of some entries of what is shown. */
  change(values: ReadonlyMap<RootName, ReadonlyMap<EntryKey, RecordOf[RootName] | null>>): void {
    batch(() => {
      for (const [root, entries] of values) (this.shelves[root] as Shelf<unknown>).patch(entries)
    })
  }

  destroy(): void {
    this.#stop()
  }

  #reread(doc: Y.Doc, root: RootName, keys: readonly EntryKey[], removed: readonly EntryKey[]): void {
    const values = new Map<EntryKey, RecordOf[RootName] | null>(removed.map((key) => [key, null]))
    for (const key of keys) values.set(key, readEntry(doc, root, key))
    const known = untrack(this.unreadable)
    const others = known.filter((entry) => entry.root !== root || !values.has(entry.id as EntryKey))
    const fresh = keys.filter((id) => values.get(id) === null).map((id) => ({ root, id }))
    batch(() => {
      ;(this.shelves[root] as Shelf<unknown>).patch(values)
      if (fresh.length > 0 || others.length < known.length) this.#setUnreadable([...others, ...fresh])
    })
  }
}
