/**
 * The document as Solid sees it: one signal per entry, and one list of keys per root. A change to one annotation wakes whoever reads
 * that annotation and nobody else. Reads only; acts write.
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
import { type Accessor, batch, createSignal, type Setter, untrack } from 'solid-js'
import type * as Y from 'yjs'

interface Cell<T> {
  readonly read: Accessor<T | undefined>
  readonly write: (value: T | undefined) => void
}

function cell<T>(): Cell<T> {
  const [read, set] = createSignal<T | undefined>(undefined)
  return { read, write: (value) => void set(() => value) }
}

/** How far a reader of `changedSince` may fall behind before it is told to look at everything. */
const REMEMBERED = 64

/** What is different since a reader looked last. */
export interface Since {
  /** To ask with the next time. */
  readonly version: number
  /** Null: anything may be. */
  readonly keys: ReadonlySet<EntryKey> | null
}

/** The entries of one root. All reads are tracked. */
export class Shelf<T> {
  /** Keys in order of arrival. */
  readonly keys: Accessor<readonly EntryKey[]>
  readonly #setKeys: Setter<readonly EntryKey[]>
  readonly #cells = new Map<EntryKey, Cell<T>>()
  /** One signal for whoever reads all of them: ten thousand sources of one reader would cost more than what it does with them. */
  readonly #anyRead: Accessor<void>
  readonly #anyChanged: () => void
  #list: readonly T[] | null = null
  #version = 0
  /** The keys of the newest patches, the last one made `#version`. */
  #patches: ReadonlySet<EntryKey>[] = []

  constructor() {
    const [keys, setKeys] = createSignal<readonly EntryKey[]>([])
    this.keys = keys
    this.#setKeys = setKeys
    const [read, changed] = createSignal<void>(undefined, { equals: false })
    this.#anyRead = read
    this.#anyChanged = () => {
      this.#list = null
      changed()
    }
  }

  get(key: EntryKey): T | undefined {
    return this.#cell(key).read()
  }

  /** Tracks every entry: for sums and small lists, not for rows. */
  all(): readonly T[] {
    this.#anyRead()
    this.#list ??= untrack(() => this.keys().flatMap((key) => this.#cells.get(key)?.read() ?? []))
    return this.#list
  }

  /**
   * For whoever keeps something of every entry: which of them to look at again, instead of ten thousand for a change of one. `null` asks for
   * the first time.
   */
  changedSince(version: number | null): Since {
    this.#anyRead()
    const missed = version === null ? Number.POSITIVE_INFINITY : this.#version - version
    if (missed > this.#patches.length) return { version: this.#version, keys: null }
    const patches = missed === 0 ? [] : this.#patches.slice(-missed)
    const [first = NO_KEYS] = patches
    const keys = patches.length > 1 ? new Set(patches.flatMap((patch) => [...patch])) : first
    return { version: this.#version, keys }
  }

  /** Many at once, the list of keys touched at most once: ten thousand rows of the past come this way. */
  patch(entries: ReadonlyMap<EntryKey, T | null>): void {
    batch(() => {
      const gone = new Set<EntryKey>()
      const come: EntryKey[] = []
      for (const [key, value] of entries) {
        const { read, write } = this.#cell(key)
        const was = untrack(read) !== undefined
        if (was && value === null) gone.add(key)
        if (!was && value !== null) come.push(key)
        write(value ?? undefined)
      }
      if (gone.size > 0) this.#setKeys((keys) => [...keys.filter((key) => !gone.has(key)), ...come])
      else if (come.length > 0) this.#setKeys((keys) => [...keys, ...come])
      this.#version += 1
      this.#patches = [...this.#patches.slice(1 - REMEMBERED), new Set(entries.keys())]
      this.#anyChanged()
    })
  }

  replace(entries: ReadonlyMap<EntryKey, T>): void {
    batch(() => {
      for (const [key, { write }] of this.#cells) if (!entries.has(key)) write(undefined)
      for (const [key, value] of entries) this.#cell(key).write(value)
      this.#setKeys([...entries.keys()])
      this.#version += 1
      this.#patches = []
      this.#anyChanged()
    })
  }

  /** Made on first asking, so that a reader may come before the entry. */
  #cell(key: EntryKey): Cell<T> {
    const known = this.#cells.get(key)
    if (known) return known
    const made = cell<T>()
    this.#cells.set(key, made)
    return made
  }
}

const NO_KEYS: ReadonlySet<EntryKey> = new Set()

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
