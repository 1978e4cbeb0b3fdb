/**
 * How many annotations and open disputes a case's shared document holds. The journal's columns do not say (a dispute is closed by what a
 * decision *says*), so the document is read, once per state: counts stay true until its head moves.
 */
import { readRoots } from '@consilium/crdt-schema/changes'
import * as Y from 'yjs'
import type { Journal } from '../journal/journal.ts'
import { applyRecorded } from '../journal/replay.ts'

export interface Tally {
  readonly annotations: number
  readonly openDisputes: number
}

const NOTHING: Tally = { annotations: 0, openDisputes: 0 }
const REMEMBERED = 10_000

export class Tallies {
  readonly #journal: Pick<Journal, 'recorded'>
  readonly #known = new Map<number, { head: number; tally: Promise<Tally> }>()

  constructor(journal: Pick<Journal, 'recorded'>) {
    this.#journal = journal
  }

  /** `doc` and `head` as the journal's `document` row has them. */
  at(doc: number, head: number): Promise<Tally> {
    if (head === 0) return Promise.resolve(NOTHING)
    const known = this.#known.get(doc)
    if (known?.head === head) return known.tally
    const tally = this.#read(doc, head)
    this.#known.set(doc, { head, tally })
    tally.catch(() => this.#known.delete(doc))
    const oldest = this.#known.keys().next().value
    if (this.#known.size > REMEMBERED && oldest !== undefined) this.#known.delete(oldest)
    return tally
  }

  async #read(doc: number, head: number): Promise<Tally> {
    const ydoc = new Y.Doc()
    try {
      await applyRecorded(ydoc, await this.#journal.recorded(doc, head))
      return tallyOf(ydoc)
    } finally {
      ydoc.destroy()
    }
  }
}

/** Retired annotations do not count; a dispute is open while no decision names its thread. */
export function tallyOf(ydoc: Y.Doc): Tally {
  const { annotations, threads, decisions } = readRoots(ydoc)
  const settled = new Set([...decisions.values()].map((decision) => decision.thread))
  return {
    annotations: [...annotations.values()].filter((one) => one.retired === null).length,
    openDisputes: [...threads.values()].filter((one) => one.about === 'dispute' && !settled.has(one.id))
      .length,
  }
}
