/**
 * All acts of painting of a document, as they come: those in its lanes, and those that were fetched from archives. One for each Y.Doc,
 * shared by whoever paints, undoes or shows (an engine is fed by `onActs`). It knows which acts are in effect, and nothing of voxels.
 */
import type * as Y from 'yjs'
import type { ActId } from './act.ts'
import { ActLog } from './engine/actLog.ts'
import { type FoundAct, LaneFeed } from './laneFeed.ts'

/** `origin` of the transaction; null for what was there already, or comes from an archive. */
export type ActsListener = (acts: readonly FoundAct[], origin: unknown) => void

export class PaintRecord {
  readonly #feed: LaneFeed
  readonly #log = new ActLog()
  /** By slot of the log. */
  readonly #found: FoundAct[] = []
  readonly #listeners = new Set<ActsListener>()
  #highest = 0

  /** By `recordOf` only: two would read everything twice. */
  constructor(doc: Y.Doc) {
    this.#feed = new LaneFeed(doc)
    this.catchUp(null)
    doc.on('afterTransaction', (transaction: Y.Transaction) => this.catchUp(transaction.origin))
  }

  /** In the order in which they came. */
  get acts(): readonly FoundAct[] {
    return this.#found
  }

  /** The number that the next act gets. */
  get nextLamport(): number {
    return this.#highest + 1
  }

  /** The newest lane of a client, as far as it is filled. */
  standing(client: number): ReturnType<LaneFeed['standing']> {
    return this.#feed.standing(client)
  }

  find({ client, lamport }: ActId): FoundAct | null {
    return this.#found[this.#log.find(client, lamport)] ?? null
  }

  /** False also for an act that is not known. */
  effective({ client, lamport }: ActId): boolean {
    const slot = this.#log.find(client, lamport)
    return slot >= 0 && this.#log.effective(slot)
  }

  /** Whether this hand took the act out of effect. */
  isOut({ client, lamport }: ActId, hand: 'author' | 'adjudicator'): boolean {
    const slot = this.#log.find(client, lamport)
    return slot >= 0 && !this.#log.isIn(hand, slot)
  }

  /** Acts of an archive; those that are known are passed over. */
  archived(acts: Iterable<FoundAct>): void {
    this.#take([...acts], null)
  }

  /** Hears of acts from now on. Returns how to stop. */
  onActs(listener: ActsListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Also what the transaction that is going on has laid so far. */
  catchUp(origin: unknown): void {
    this.#take([...this.#feed.news()], origin)
  }

  #take(acts: readonly FoundAct[], origin: unknown): void {
    const fresh = acts.filter((found) => this.#add(found))
    if (fresh.length > 0) for (const listener of this.#listeners) listener(fresh, origin)
  }

  #add(found: FoundAct): boolean {
    const { id } = found.act
    if (this.#log.add(found.act, () => undefined) < 0) return false
    this.#found.push(found)
    if (id.lamport > this.#highest) this.#highest = id.lamport
    return true
  }
}

const records = new WeakMap<Y.Doc, PaintRecord>()

export function recordOf(doc: Y.Doc): PaintRecord {
  const known = records.get(doc)
  if (known) return known
  const made = new PaintRecord(doc)
  records.set(doc, made)
  return made
}
