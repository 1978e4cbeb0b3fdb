/**
 * Leases: which Yjs clientIDs a person may write under in a document. The server chooses them at random and never gives one twice; or a
 * script brings one of its own, and it is bound to whoever uses it first. Each is a hashed row of the document's journal (`lease`), which
 * binds it to person, role and session; so who wrote what cannot be rewritten by editing a table beside the journal.
 */
import { randomInt } from 'node:crypto'
import { Refusal } from '@consilium/contract/refusals'
import { ACTS } from '@consilium/contract/revisions'
import type { Role } from '@consilium/crdt-schema/roles'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { isUnavailable } from '../db/errors.ts'
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

export interface LeaseParts {
  readonly appender: Pick<Appender, 'append'>
  readonly vault: Pick<IdentityVault, 'seal'>
  readonly numbers: Numbers
  readonly allowance: Allowance
}

/** Each is a row for ever: nobody may ask without end. In memory: a restart forgets. */
export interface Allowance {
  /** Refuses with `too-many-leases`. */
  take(book: Book, person: number, count: number): Promise<void>
}

/** Of one person in one document: a page takes one or two each time it is opened. */
const PER_DAY = 1_000

export function createAllowance(perDay: number = PER_DAY): Allowance {
  const limiter = new RateLimiterMemory({ points: perDay, duration: 24 * 60 * 60 })
  return {
    async take(book, person, count) {
      try {
        await limiter.consume(`${book.doc} ${person}`, count)
      } catch (over) {
        if (over instanceof RateLimiterRes) throw new Refusal('too-many-leases')
        throw over
      }
    },
  }
}

/** Those we choose are unsigned 32-bit, as every implementation of Yjs reads them. */
const CLIENTS = 2 ** 32

function unusedClients(book: Book, count: number): number[] {
  const chosen = new Set<number>()
  while (chosen.size < count) {
    const client = randomInt(1, CLIENTS)
    if (!book.leases.byClient.has(client)) chosen.add(client)
  }
  return [...chosen]
}

/** Resolves once every lease is committed. */
export const issueLeases = (parts: LeaseParts, book: Book, holder: Holder, count: number): Promise<Lease[]> =>
  write(parts, book, holder, unusedClients(book, count))

/**
 * The lease of this very clientID, made where nobody has one. Refuses with `foreign-authorship` where it is somebody else's, also where
 * both ask at the same moment: the table of leases has room for one.
 */
export async function bindClient(
  parts: LeaseParts,
  book: Book,
  holder: Holder,
  client: number,
): Promise<Lease> {
  if (!Number.isSafeInteger(client) || client < 1) throw new Refusal('malformed')
  const own = (): Lease | null => {
    const known = book.leases.byClient.get(client)
    if (known && known.person !== holder.person) throw new Refusal('foreign-authorship')
    return known ?? null
  }
  const known = own()
  if (known) return known
  try {
    const [made] = await write(parts, book, holder, [client])
    return made as Lease
  } catch (error) {
    // Another page of the same person may have been the faster one.
    const meanwhile = own()
    if (meanwhile) return meanwhile
    throw error
  }
}

async function write(
  { appender, vault, numbers, allowance }: LeaseParts,
  book: Book,
  holder: Holder,
  clients: readonly number[],
): Promise<Lease[]> {
  const { person, id, name, initials, credential, role, session } = holder
  await allowance.take(book, person, clients.length)
  const identity = { id, name, initials, credential, role, session }
  const sealed = await unlessAway(Promise.all(clients.map(() => vault.seal(book.doc, person, identity))))
  const ids = await unlessAway(numbers.take(clients.length))
  return Promise.all(
    clients.map(async (client, n) => {
      const issues = { id: ids[n] as number, client, person, role, session, identity }
      const row = await appender.append(book, {
        lease: issues.id,
        client,
        clock: 0,
        len: 0,
        act: ACTS.lease,
        role: roleCode(role),
        said: 0,
        bytes: encodeLease({ client, person, session, sealed: sealed[n] as Uint8Array }),
        issues,
      })
      return { ...issues, seq: row.seq }
    }),
  )
}

/** Whoever asks for a lease does not wait for a database that is away. */
async function unlessAway<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked
  } catch (error) {
    if (isUnavailable(error)) throw new Refusal('not-durable')
    throw error
  }
}
