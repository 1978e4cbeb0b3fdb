/**
 * ClientIDs to write under: a fresh lease of the server, or a spare one where it cannot be reached. No two pages ever get the same, because
 * none is kept with the page: a duplicated tab and a reloaded one ask anew.
 */
import { Refusal } from '@consilium/contract/refusals'
import type { DocumentStore } from './store.ts'

/** The server is there and cannot do it just now: as good as no server, and nothing is wrong with what was asked. */
export const NOT_NOW = new Set<string>(['not-ready', 'not-durable'])

/** Null where the server cannot be reached and no spare is left. Throws the Refusal where the server says no. */
export async function newIdentity(
  store: DocumentStore,
  lease: (count: number) => Promise<readonly number[]>,
): Promise<number | null> {
  const client = await leased(store, lease)
  if (client !== null) await store.adopt(client)
  return client
}

async function leased(
  store: DocumentStore,
  lease: (count: number) => Promise<readonly number[]>,
): Promise<number | null> {
  try {
    const wanted = (await store.spares()) > 0 ? 1 : 2
    const [first, ...rest] = await lease(wanted)
    if (first === undefined) throw new Error('the server leased nothing')
    if (rest.length > 0) await store.addSpares(rest)
    return first
  } catch (error) {
    if (error instanceof Refusal && !NOT_NOW.has(error.code)) throw error
    return store.takeSpare()
  }
}
