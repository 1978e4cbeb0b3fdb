/**
 * The document as Solid sees it: a shelf per root. A change to one annotation wakes whoever reads that annotation and nobody else. What this
 * page changes and what becomes of entries that are shown is seen at once; of many that others add at once, a few with every task. Reads only;
 * acts write.
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
import { Arriving } from './arriving.ts'
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
    const arriving = new Arriving((root, added) => {
      this.#reread(doc, root, added, [])
      for (const entry of added) onArrival({ root, entry, isChange: false })
    })
    const unwatch = watch(doc, ({ root, added, changed, removed, local }) => {
      const waited = new Set([...changed, ...removed].filter((entry) => arriving.drop(root, entry)))
      if (!local) arriving.add(root, added)
      this.#reread(doc, root, local ? [...added, ...changed] : changed, removed)
      if (local) return
      for (const entry of changed) onArrival({ root, entry, isChange: !waited.has(entry) })
    })
    const begin = (): void => arriving.begin()
    doc.on('afterTransaction', begin)
    this.#stop = () => {
      unwatch()
      doc.off('afterTransaction', begin)
      arriving.clear()
    }
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
    if (keys.length + removed.length === 0) return
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
