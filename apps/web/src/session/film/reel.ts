/**
 * Plays rows, one after the other, into a document of its own, and notes what each made of the entries it touched. It starts from the
 * state after some row and goes only forwards; going back is the log's.
 */
import { type Records, readEntry, readRoots } from '@consilium/crdt-schema/changes'
import { ROOTS } from '@consilium/crdt-schema/documents'
import { LaneFeed } from '@consilium/crdt-schema/painting/feed'
import * as Y from 'yjs'
import type { Touch } from './chronicle.ts'
import type { Change, Step, Value } from './log.ts'

export class Reel {
  readonly #doc = new Y.Doc()
  /** Each entry as it was left last, by root and key. */
  readonly #left = new Map<string, Value>()
  readonly #feed: LaneFeed
  #at: number

  constructor(state: Uint8Array, at: number) {
    this.#at = at
    Y.applyUpdate(this.#doc, state)
    this.#feed = new LaneFeed(this.#doc)
    for (const _ of this.#feed.news());
  }

  /** The last row in it. */
  get at(): number {
    return this.#at
  }

  /** All of it, as it is now; these are what the next rows find. */
  read(): Records {
    const records = readRoots(this.#doc)
    for (const root of ROOTS)
      for (const [entry, value] of records[root]) this.#left.set(`${root} ${entry}`, value)
    return records
  }

  /** The next row. An empty update is one that changes nothing in the document. */
  play(update: Uint8Array, touched: readonly Touch[]): Step {
    const before = touched.map((touch) => this.#value(touch))
    if (update.byteLength > 0) Y.applyUpdate(this.#doc, update)
    this.#at += 1
    const changes = touched.map((touch, index): Change => {
      const after = readEntry(this.#doc, touch.root, touch.entry)
      this.#left.set(`${touch.root} ${touch.entry}`, after)
      return { ...touch, before: before[index] ?? null, after }
    })
    return { seq: this.#at, changes, painted: [...this.#feed.news()].map(({ act }) => act) }
  }

  destroy(): void {
    this.#doc.destroy()
  }

  #value({ root, entry }: Touch): Value {
    const key = `${root} ${entry}`
    const left = this.#left.get(key)
    return left === undefined ? readEntry(this.#doc, root, entry) : left
  }
}
