/**
 * The entries of one root as Solid sees them: plain values, and a bell for whoever listens to one of them, to all, or to the list of keys.
 * Who keeps a picture of all of them hears of a change at once; the others too, but of a leap through the past only when the picture of it
 * is on the screen.
 */
import type { EntryKey } from '@consilium/crdt-schema/entry'
import { batch, createSignal, getListener } from 'solid-js'
import { afterPicture } from './picture.ts'

/** How far a reader of `changedSince` may fall behind before it is told to look at everything. */
const REMEMBERED = 64
/** So many at once come of a leap. */
const MANY = 500

/** What is different since a reader looked last. */
export interface Since {
  /** To ask with the next time. */
  readonly version: number
  /** Null: anything may be. */
  readonly keys: ReadonlySet<EntryKey> | null
}

/** `after the picture`: where many changed at once. */
export type Hears = 'at once' | 'after the picture'

interface Bell {
  readonly hear: () => void
  readonly ring: () => void
}

function bell(): Bell {
  const [hear, ring] = createSignal<void>(undefined, { equals: false })
  return { hear, ring: () => ring() }
}

/** All reads are tracked. */
export class Shelf<T> {
  /** In order of arrival. */
  #values = new Map<EntryKey, T>()
  /** Of those entries that somebody listens to: most of ten thousand have none. */
  readonly #bells = new Map<EntryKey, Bell>()
  readonly #changed = bell()
  readonly #settled = bell()
  readonly #arrived = bell()
  #list: readonly T[] | null = []
  #keys: readonly EntryKey[] | null = []
  #version = 0
  /** The keys of the newest patches, the last one made `#version`. */
  #patches: ReadonlySet<EntryKey>[] = []
  /** Those whose listeners wait for the picture. */
  #waiting: Set<EntryKey> | null = null
  readonly #later: (call: () => void) => void

  constructor(later = afterPicture) {
    this.#later = later
  }

  /** In order of arrival. */
  readonly keys = (): readonly EntryKey[] => {
    this.#arrived.hear()
    this.#keys ??= [...this.#values.keys()]
    return this.#keys
  }

  /** Who asks for an entry before it is there hears when it comes. */
  get(key: EntryKey): T | undefined {
    if (getListener()) this.#bell(key).hear()
    return this.#values.get(key)
  }

  /** Tracks every entry: for sums and small lists, not for rows. */
  all(): readonly T[] {
    this.#settled.hear()
    this.#list ??= [...this.#values.values()]
    return this.#list
  }

  /**
   * For whoever keeps something of every entry: which of them to look at again, instead of ten thousand for a change of one. `null` asks for
   * the first time.
   */
  changedSince(version: number | null, hears: Hears = 'at once'): Since {
    ;(hears === 'at once' ? this.#changed : this.#settled).hear()
    const missed = version === null ? Number.POSITIVE_INFINITY : this.#version - version
    if (missed > this.#patches.length) return { version: this.#version, keys: null }
    const patches = missed === 0 ? [] : this.#patches.slice(-missed)
    const [first = NO_KEYS] = patches
    const keys = patches.length > 1 ? new Set(patches.flatMap((patch) => [...patch])) : first
    return { version: this.#version, keys }
  }

  /** What became of these; null where it is gone. */
  patch(entries: ReadonlyMap<EntryKey, T | null>): void {
    const values = this.#values
    const changed = new Set<EntryKey>()
    const size = values.size
    let isGone = false
    for (const [key, value] of entries) {
      if (value === null) isGone = values.delete(key) || isGone
      else values.set(key, value)
      changed.add(key)
    }
    this.#patches = [...this.#patches.slice(1 - REMEMBERED), changed]
    this.#tell(changed, isGone || values.size !== size)
  }

  replace(entries: ReadonlyMap<EntryKey, T>): void {
    const changed = new Set([...this.#values.keys(), ...entries.keys()])
    this.#values = new Map(entries)
    this.#patches = []
    this.#tell(changed, true)
  }

  #tell(changed: Set<EntryKey>, isListed: boolean): void {
    this.#version += 1
    this.#list = null
    if (isListed) this.#keys = null
    batch(() => {
      this.#changed.ring()
      if (changed.size > MANY) this.#wait(changed)
      else this.#ring(changed, isListed)
    })
  }

  #wait(changed: Set<EntryKey>): void {
    const before = this.#waiting
    this.#waiting = before ? new Set([...before, ...changed]) : changed
    if (before) return
    this.#later(() => {
      const waited = this.#waiting ?? NO_KEYS
      this.#waiting = null
      batch(() => this.#ring(waited, true))
    })
  }

  #ring(changed: ReadonlySet<EntryKey>, isListed: boolean): void {
    this.#settled.ring()
    if (isListed) this.#arrived.ring()
    for (const key of changed) this.#bells.get(key)?.ring()
  }

  #bell(key: EntryKey): Bell {
    const known = this.#bells.get(key)
    if (known) return known
    const made = bell()
    this.#bells.set(key, made)
    return made
  }
}

const NO_KEYS: ReadonlySet<EntryKey> = new Set()
