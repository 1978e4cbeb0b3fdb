/**
 * What others have added and nobody has seen yet. Where hundreds of entries come in one message they are shown a few with every task, the
 * oldest first, so that a hand never waits for all of them: until its turn an entry is as if its message had not come. What is said about an
 * entry comes after it. Pure but for the clock.
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

  /** The first of them now and the others soon; nothing where they are on their way already. */
  begin(): void {
    if (this.#stop === null) this.#next()
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
    const isLeft = [...this.#waiting.values()].some(({ size }) => size > 0)
    if (isLeft) this.#stop = this.#later(() => this.#next())
  }
}

function inAnotherTask(call: () => void): () => void {
  const timer = setTimeout(call)
  return () => clearTimeout(timer)
}
