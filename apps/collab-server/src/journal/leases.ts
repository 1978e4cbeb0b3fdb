/**
 * Leases: the server chooses the Yjs clientIDs that a person may write under in a document, at random, and never gives one twice.
 * Each is a hashed row of the document's journal (`lease`), which binds it to person, role and session; so who wrote what cannot be
 * rewritten by editing a table beside the journal.
 */
import { randomInt } from 'node:crypto'
import { ACTS } from '@consilium/contract/revisions'
import type { Role } from '@consilium/crdt-schema/roles'
import type { Appender } from './append.ts'
import type { Book, Lease } from './book.ts'
import type { Numbers } from './numbers.ts'
import { encodeLease, roleCode } from './rows.ts'
import type { IdentityVault } from './sealing.ts'

/** Whoever asks, as known at this moment. */
export interface Holder {
  /** Integer key of the person. */
  readonly person: number
  /** Public handle. */
  readonly id: string
  readonly name: string
  readonly initials: string
  readonly credential: string
  readonly role: Role | null
  /** Public handle of the session or token. */
  readonly session: string
}

/** Yjs clientIDs are unsigned 32-bit. */
const CLIENTS = 2 ** 32

function unusedClient(book: Book, taken: Set<number>): number {
  for (;;) {
    const client = randomInt(1, CLIENTS)
    if (book.leases.byClient.has(client) || taken.has(client)) continue
    taken.add(client)
    return client
  }
}

/** Resolves once every lease is committed. */
export async function issueLeases(
  { appender, vault, numbers }: { appender: Appender; vault: IdentityVault; numbers: Numbers },
  book: Book,
  holder: Holder,
  count: number,
): Promise<Lease[]> {
  const identity = {
    id: holder.id,
    name: holder.name,
    initials: holder.initials,
    credential: holder.credential,
    role: holder.role,
    session: holder.session,
  }
  const sealed = await Promise.all(
    Array.from({ length: count }, () => vault.seal(book.doc, holder.person, identity)),
  )
  const ids = await numbers.take(count)
  const taken = new Set<number>()
  return Promise.all(
    sealed.map(async (bytes, n) => {
      const issues = {
        id: ids[n] as number,
        client: unusedClient(book, taken),
        person: holder.person,
        role: holder.role,
        session: holder.session,
        identity,
      }
      const row = await appender.append(book, {
        lease: issues.id,
        client: issues.client,
        clock: 0,
        len: 0,
        act: ACTS.lease,
        role: roleCode(holder.role),
        said: 0,
        bytes: encodeLease({
          client: issues.client,
          person: holder.person,
          session: holder.session,
          sealed: bytes,
        }),
        issues,
      })
      return { ...issues, seq: row.seq }
    }),
  )
}
