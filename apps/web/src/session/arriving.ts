/**
 * What others have added and nobody has seen yet. Where hundreds of entries come in one message they are shown a few with every task that
 * follows, the oldest first, so that a hand never waits for all of them: reading such a message into the document is a long task by itself.
 * Until its turn an entry is as if its message had not come. What is said about an entry comes after it. Pure but for the clock.
 */
import { ROOTS, type RootName } from '@consilium/crdt-schema/documents'
import type { EntryKey } from '@consilium/crdt-schema/entry'

/** In one task. */
export const AT_ONCE = 40

export type Show = (root: RootName, entries: readonly EntryKey[]) => void

export class Arriving {
  readonly #show: Show
  readonly #later: (call: () => void) => () => void
  /** In the order in which they came. */
  readonly #waiting = new Map<RootName, Set<EntryKey>>()
  #stop: (() => void) | null = null

  constructor(show: Show, later = inAnotherTask) {
    this.#show = show
    this.#later = later
  }

  add(root: RootName, entries: readonly EntryKey[]): void {
    const waiting = this.#waiting.get(root) ?? new Set()
    for (const entry of entries) waiting.add(entry)
    this.#waiting.set(root, waiting)
  }

  /** It is shown otherwise, or gone. True where it waited. */
  drop(root: RootName, entry: EntryKey): boolean {
    return this.#waiting.get(root)?.delete(entry) ?? false
  }

  /** A few now, many soon; nothing where they are on their way already. */
  begin(): void {
    if (this.#stop !== null) return
    if (this.#count > AT_ONCE) this.#stop = this.#later(() => this.#next())
    else this.#next()
  }

  clear(): void {
    this.#stop?.()
    this.#stop = null
    this.#waiting.clear()
  }

  #next(): void {
    this.#stop = null
    let room = AT_ONCE
    for (const root of ROOTS) {
      const entries = [...(this.#waiting.get(root) ?? [])].slice(0, room)
      if (entries.length === 0) continue
      for (const entry of entries) this.drop(root, entry)
      room -= entries.length
      this.#show(root, entries)
    }
    if (this.#count > 0) this.#stop = this.#later(() => this.#next())
  }

  get #count(): number {
    let count = 0
    for (const { size } of this.#waiting.values()) count += size
    return count
  }
}

function inAnotherTask(call: () => void): () => void {
  const timer = setTimeout(call)
  return () => clearTimeout(timer)
}
