/**
 * clientIDs that nobody leased beforehand: a script brings its own. It belongs to whoever writes under it first, and the journal says so
 * from then on (a lease row); what is leased, or was ever seen in the document, is never up for grabs.
 */
import { randomInt } from 'node:crypto'
import { Refusal } from '@consilium/contract/refusals'
import * as Y from 'yjs'
import type { Book, Lease } from '../journal/book.ts'
import type { Gated, Writer } from './admit.ts'
import type { Decoded } from './decode.ts'
import { MAX_BINDS, MAX_CLIENT, MAX_NEW_CLIENTS } from './limits.ts'

/** clientIDs that a connection chose itself, and the one that its rows stand under where they begin nothing new. */
interface Bindings {
  count: number
  home: number
}
const bindings = new WeakMap<Writer, Bindings>()

function bindingsOf(writer: Writer): Bindings {
  const known = bindings.get(writer)
  if (known) return known
  const made: Bindings = { count: 0, home: 0 }
  bindings.set(writer, made)
  return made
}

export function keepHome(writer: Writer, client: number): void {
  if (writer.client === null) bindingsOf(writer).home ||= client
}

/** The lease that a connection's rows stand under where they begin nothing new. */
export function homeOf(book: Book, writer: Writer): Lease | null {
  const lease = book.leases.byClient.get(writer.client ?? bindingsOf(writer).home)
  return lease?.person === writer.person ? lease : null
}

/** clientIDs that are nobody's: not leased, and never seen in the document. They belong to whoever uses them first. */
export function strangersIn({ book, ydoc }: Gated, { structs }: Decoded): number[] {
  const strangers: number[] = []
  let before = -1
  for (const { client } of structs) {
    if (client === before) continue
    before = client
    if (client === 0 || book.leases.byClient.has(client) || Y.getState(ydoc.store, client) > 0) continue
    if (strangers.includes(client)) continue
    if (strangers.push(client) > MAX_NEW_CLIENTS) throw new Refusal('too-large')
  }
  return strangers
}

/** For a connection whose first change only takes something away, and so says under no clientID who it is. */
export function unusedClient({ book, ydoc }: Gated): number {
  for (;;) {
    const client = randomInt(1, MAX_CLIENT)
    if (!book.leases.byClient.has(client) && Y.getState(ydoc.store, client) === 0) return client
  }
}

/** Rejects with `foreign-authorship` where it is somebody else's by now. */
export async function bind(writer: Writer, client: number): Promise<void> {
  const own = bindingsOf(writer)
  if (++own.count > MAX_BINDS) throw new Refusal('foreign-authorship')
  await writer.bind(client)
  own.home ||= client
}
