/** Who stands behind a row: whoever holds the lease it was written under, or, where the server wrote it, whoever it wrote it for. */
import type { Writer } from '@consilium/contract/history'
import { ACTS, type Revision } from '@consilium/contract/revisions'
import type { Sql } from '../db/open.ts'
import type { Book } from '../journal/book.ts'
import {
  decodeName,
  decodePhase,
  decodeRedact,
  decodeRestore,
  decodeRole,
  RESTORE_HEAD_BYTES,
  roleOfCode,
} from '../journal/rows.ts'
import type { IdentityVault, SealedIdentity } from '../journal/sealing.ts'
import { authorOf } from './revision.ts'

export interface Person {
  /** 0 is the server itself. */
  readonly person: number
  /** Null once the person's key was destroyed, and for the server. */
  readonly identity: SealedIdentity | null
  readonly session: string
}

/** As much of a row as says it. */
export interface Attributed {
  readonly lease: number
  readonly act: number
  /** See wordsIn; null for edits and leases. */
  readonly words: Uint8Array | null
}

const NOBODY: Person = { person: 0, identity: null, session: '' }

/** Of columns `act` and `bytes`: what is said beside a change of the document. */
export const wordsIn = (sql: Sql) => sql`
  case when act in (${ACTS.role}, ${ACTS.phase}, ${ACTS.name}, ${ACTS.redact}) then bytes
       when act = ${ACTS.restore} then substring(bytes for ${RESTORE_HEAD_BYTES}::int) end`

export async function personOf(vault: IdentityVault, book: Book, row: Attributed): Promise<Person> {
  const lease = book.leases.byId.get(row.lease)
  if (lease) return lease
  const said = row.words && saidIn(row.act, row.words)
  if (!said || said.by === 0) return NOBODY
  const identity = await vault.open(book.doc, said.by, said.sealed)
  return { person: said.by, identity, session: identity?.session ?? '' }
}

function saidIn(act: number, words: Uint8Array): { by: number; sealed: Uint8Array } | null {
  if (act === ACTS.role) return decodeRole(words)
  if (act === ACTS.phase) return decodePhase(words)
  return act === ACTS.name ? decodeName(words) : null
}

/** The revision that a name or a restore is about. */
export function momentOf({ act, words }: Omit<Attributed, 'lease'>): number | undefined {
  if (!words) return undefined
  if (act === ACTS.name) return decodeName(words).moment
  return act === ACTS.restore ? decodeRestore(words) : undefined
}

/** Which role was given to whom. Whoever never held a lease of the document is not known in it. */
export function gaveOf({ leases }: Book, { act, words }: Omit<Attributed, 'lease'>): Revision['gave'] {
  if (act !== ACTS.role || !words) return undefined
  const { person, role } = decodeRole(words)
  const known = [...leases.byId.values()].find((lease) => lease.person === person)
  return { to: known ? authorOf(person, known.identity) : null, role }
}

/** Why words were taken out; null for other acts, and once the person's key was destroyed. */
export const reasonOf = async (
  vault: IdentityVault,
  { doc }: Book,
  person: number,
  { act, words }: Omit<Attributed, 'lease'>,
): Promise<string | null> =>
  act === ACTS.redact && words ? vault.openWords(doc, person, decodeRedact(words).reason) : null

/** `role`: as the row has it. */
export const writerOf = ({ person, identity }: Person, role: number): Writer => ({
  author: authorOf(person, identity),
  role: roleOfCode(role),
  credential: identity?.credential ?? '',
})
