/**
 * A few entries as they were, without the rest of their document: only the rows that touch them are applied, and what is left out is
 * filled with garbage of the same length, which Yjs takes for something that was there and is gone. Nothing that matters stands beside
 * such garbage: whatever stands beside a part of an entry touched that entry itself, and was not left out.
 * What is left out must be filled also where a row only names it (beside what, in what, or what it deletes); else Yjs waits for it for ever.
 */
import * as Y from 'yjs'
import { Written } from './written.ts'

export class Projection {
  /** Holds the entries; of all others at most remains. */
  readonly ydoc = new Y.Doc({ gc: false, guid: NAMELESS })
  readonly #written = new Written()

  /** Many at once: half the work of one by one. */
  applyAll(updates: Iterable<Uint8Array>): void {
    this.each(updates, () => undefined)
  }

  /** The same, with a look at the document after each. */
  each(updates: Iterable<Uint8Array>, look: () => void): void {
    this.ydoc.transact(() => {
      for (const update of updates) {
        this.apply(update)
        look()
      }
    })
  }

  /** The next row that touches one of the entries. Throws where one before it is missing. */
  apply(update: Uint8Array): void {
    const { ydoc } = this
    const { structs, ds } = Y.decodeUpdate(update)
    const own = firstClocks(structs)
    const holes = holesBefore(ydoc, own, structs, ds)
    ydoc.transact((transaction) => {
      for (const hole of holes) hole.integrate(transaction, 0)
      this.#written.add(
        [...own].map(([client, clock]) => [client, Math.max(clock, Y.getState(ydoc.store, client))]),
      )
      Y.applyUpdate(ydoc, update)
    })
    if (ydoc.store.pendingStructs || ydoc.store.pendingDs) throw new Error('the rows do not fit together')
  }

  /** In which of the rows that were applied, counted from 0, these clocks were written: piece by piece. */
  rowsOf(client: number, clock: number, length: number): (readonly [row: number, length: number])[] {
    return this.#written.rowsOf(client, clock, length)
  }
}

/** Nobody looks for it by a name, and to make one up takes longer than a row. */
const NAMELESS = 'projection'

type Decoded = ReturnType<typeof Y.decodeUpdate>

/** By clientID. */
function firstClocks(structs: Decoded['structs']): Map<number, number> {
  const own = new Map<number, number>()
  for (const { id } of structs) if (!own.has(id.client)) own.set(id.client, id.clock)
  return own
}

/** Garbage up to whatever a row stands on, where that is missing. `own`: first clocks of its own. */
function holesBefore(
  ydoc: Y.Doc,
  own: ReadonlyMap<number, number>,
  structs: Decoded['structs'],
  ds: Decoded['ds'],
): Y.GC[] {
  /** First clock that need not be there, by clientID. */
  const until = new Map<number, number>()
  const need = (client: number, end: number): void => {
    const missing = Math.min(end, own.get(client) ?? end)
    if (missing > Math.max(until.get(client) ?? 0, Y.getState(ydoc.store, client))) until.set(client, missing)
  }
  for (const [client, clock] of own) need(client, clock)
  for (const struct of structs) {
    if (!(struct instanceof Y.Item)) continue
    for (const id of [struct.origin, struct.rightOrigin, struct.parent])
      if (id instanceof Y.ID) need(id.client, id.clock + 1)
  }
  for (const [client, ranges] of ds.clients) for (const { clock, len } of ranges) need(client, clock + len)
  return [...until].map(([client, end]) => {
    const from = Y.getState(ydoc.store, client)
    return new Y.GC(Y.createID(client, from), end - from)
  })
}
