/**
 * Work the server would not take, until its author has said of every change what is to become of it: put back, saved as a file, or
 * discarded. Each refusal is kept by itself, also over reloads, and nothing leaves this list unasked. It compares with the document as it
 * is now; putting back is done by acts (rooms), and written down here afterwards.
 */
import { creatorOf } from '@consilium/crdt-schema/entry'
import * as Y from 'yjs'
import { describeLost, type LostChange } from './lost.ts'
import type { RefusalNote } from './saveState.ts'
import type { Aside, DocumentStore, Settled } from './store.ts'
import { Topic } from './topic.ts'

export interface KeptChange extends LostChange {
  /** Of a comment: the thread that it opens, in which nothing else is said. Goes where the comment goes. */
  readonly opens: LostChange | null
  /** Made by somebody else: in a copy of a record that was cut. */
  readonly foreign: boolean
  /** Null while its author has not decided. */
  readonly settled: Settled | null
}

export interface KeptWork {
  readonly id: string
  readonly at: number
  readonly refusal: RefusalNote
  readonly changes: readonly KeptChange[]
  /** Refused in this opening of the page, not in an earlier one. */
  readonly justNow: boolean
}

/** Entries of a kept work that wait for a decision, and the other works that hold the very same change. */
interface Waiting {
  readonly id: string
  readonly entries: Set<string>
  readonly twins: Map<string, readonly Waiting[]>
}

function differences(aside: Aside, doc: Y.Doc | null): LostChange[] {
  const refused = new Y.Doc()
  Y.applyUpdate(refused, aside.state)
  const changes = describeLost(refused, doc, aside.touched, aside.clients)
  refused.destroy()
  return changes
}

/** A comment that opens a thread is one thing to whoever wrote it. */
function folded(changes: readonly KeptChange[]): KeptChange[] {
  const threads = new Map(
    changes
      .filter(({ root, made, whole }) => root === 'threads' && made && whole.about === 'comment')
      .map((change) => [change.entry, change]),
  )
  const opened = new Set<string>()
  const comments = changes.map((change) => {
    const thread =
      change.root === 'comments' && change.made ? threads.get(String(change.whole.thread)) : undefined
    if (!thread || opened.has(thread.entry)) return change
    opened.add(thread.entry)
    return { ...change, opens: thread }
  })
  return comments.filter(({ root, entry }) => root !== 'threads' || !opened.has(entry))
}

/** What is decided about when one decides about the change. */
export const entriesOf = ({ entry, opens }: KeptChange): readonly string[] =>
  opens === null ? [entry] : [opens.entry, entry]

/** The changes one by one, as they stand in the document. */
export const unfolded = (changes: readonly KeptChange[]): readonly LostChange[] =>
  changes.flatMap((change) => (change.opens === null ? [change] : [change.opens, change]))

function isForeign({ made, entry }: LostChange, { clients }: Aside): boolean {
  const maker = creatorOf(entry)
  return made && (maker === null || !clients.includes(maker))
}

export class KeptWorks {
  readonly changed = new Topic<readonly KeptWork[]>()
  list: readonly KeptWork[] = []
  readonly #store: DocumentStore
  #asides: readonly Aside[] = []
  #waiting: Waiting[] = []
  readonly #justNow = new Set<string>()

  constructor(store: DocumentStore) {
    this.#store = store
  }

  /** Changes nobody has decided about yet. */
  get open(): number {
    return this.list.reduce(
      (sum, { changes }) => sum + changes.filter((one) => one.settled === null).length,
      0,
    )
  }

  restore(asides: readonly Aside[]): void {
    this.#asides = asides
  }

  /** Rejects where this browser could not keep it; then it is in this page's memory alone. */
  async add(aside: Aside): Promise<void> {
    this.#justNow.add(aside.id)
    this.#asides = [...this.#asides, aside]
    await this.#store.setAside(aside)
    // What another page had kept may have come with it.
    this.#asides = (await this.#store.load()).asides
  }

  /** Looks again at what of the kept work is not in the record. A change that was kept twice is listed once, with the newer work. Null: the record cannot be had. */
  compare(doc: Y.Doc | null): void {
    const listed = new Map<string, Waiting>()
    this.#waiting = []
    const list = this.#asides.toReversed().flatMap((aside): KeptWork[] => {
      const differing = differences(aside, doc)
      const waiting: Waiting = { id: aside.id, entries: new Set(), twins: new Map() }
      this.#waiting.push(waiting)
      const changes = differing.flatMap((change): KeptChange[] => {
        if (aside.settled[change.entry]) return []
        waiting.entries.add(change.entry)
        const text = JSON.stringify([change.root, change.entry, change.fields])
        const first = listed.get(text)
        if (first) {
          first.twins.set(change.entry, [...(first.twins.get(change.entry) ?? []), waiting])
          return []
        }
        listed.set(text, waiting)
        return [{ ...change, opens: null, foreign: isForeign(change, aside), settled: null }]
      })
      const { id, at, refusal } = aside
      const work = { id, at, refusal, changes: folded(changes), justNow: this.#justNow.has(id) }
      return changes.length === 0 && differing.length > 0 ? [] : [work]
    })
    this.#show(list)
  }

  /** Entries that were put back, by what they were called before. */
  get places(): ReadonlyMap<string, string> {
    const entries = this.#asides.flatMap(({ settled }) => Object.entries(settled))
    return new Map(entries.flatMap(([entry, to]) => (to.how === 'back' ? [[entry, to.as] as const] : [])))
  }

  /** The author has decided about these entries of a work. What is decided in full leaves this browser. */
  async settle(id: string, decided: ReadonlyMap<string, Settled>): Promise<void> {
    const here = this.#waiting.find((one) => one.id === id)
    if (!here) return
    for (const [entry, settled] of decided)
      for (const one of [here, ...(here.twins.get(entry) ?? [])]) await this.#settleOne(one, entry, settled)
    this.#show(
      this.list.map((work) => {
        if (work.id !== id) return work
        const changes = work.changes.map((one) => {
          const settled = decided.get(one.entry)
          return settled ? { ...one, settled } : one
        })
        return { ...work, changes }
      }),
    )
  }

  async #settleOne(waiting: Waiting, entry: string, settled: Settled): Promise<void> {
    await this.#store.settleAside(waiting.id, entry, settled)
    this.#asides = this.#asides.map((aside) =>
      aside.id === waiting.id ? { ...aside, settled: { ...aside.settled, [entry]: settled } } : aside,
    )
    waiting.entries.delete(entry)
    if (waiting.entries.size === 0) await this.#store.dropAside(waiting.id)
  }

  /** Its author has seen a work in which nothing differs from the record. */
  async drop(id: string): Promise<void> {
    await this.#store.dropAside(id)
    this.#asides = this.#asides.filter((aside) => aside.id !== id)
    this.#show(this.list.filter((work) => work.id !== id))
  }

  /** Takes what is decided in full off the list; its author has seen how it went. */
  tidy(): void {
    const done = this.list.filter(
      ({ changes }) => changes.length > 0 && changes.every(({ settled }) => settled !== null),
    )
    this.#asides = this.#asides.filter((aside) => !done.some(({ id }) => id === aside.id))
    this.#show(this.list.filter((work) => !done.includes(work)))
  }

  /** The work as it was put aside, to be written into a file. */
  aside(id: string): Aside | null {
    return this.#asides.find((aside) => aside.id === id) ?? null
  }

  destroy(): void {
    this.changed.clear()
  }

  #show(list: readonly KeptWork[]): void {
    this.list = list
    this.changed.emit(list)
  }
}
