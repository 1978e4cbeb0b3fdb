/**
 * What the journal keeps in memory of one document: its head, its leases, the numbers of its entries.
 * All of it is read back from the database when a document is opened, and moves only after a commit.
 */

import type { RootName } from '@consilium/crdt-schema/documents'
import type { Role } from '@consilium/crdt-schema/roles'
import type { Sql } from '../db/open.ts'
import type { Log } from '../log.ts'
import { originOf, type RowHeader } from './chain.ts'
import { decodeLease, roleOfCode } from './rows.ts'
import type { IdentityVault, SealedIdentity } from './sealing.ts'
import { ROOT_CODES, type Touch } from './touch.ts'

/** The last committed row. */
export interface Head {
  readonly seq: number
  readonly hash: Uint8Array
  readonly at: number
}

export interface Lease {
  readonly id: number
  readonly client: number
  readonly person: number
  /** Role when it was issued. */
  readonly role: Role | null
  readonly session: string
  /** Row that issued it. */
  readonly seq: number
  /** Null once the person's key was destroyed. */
  readonly identity: SealedIdentity | null
}

/** A row as it now stands in the journal. */
export interface CommittedRow extends RowHeader {
  readonly hash: Uint8Array
  readonly bytes: Uint8Array
  readonly touched: readonly Touch[]
  /** Yjs clientID behind `lease`; 0 where the server wrote. */
  readonly client: number
  /** Whatever `append` was given, for the listener; never stored. */
  readonly origin: unknown
}

export type RowListener = (rows: readonly CommittedRow[]) => void

export interface Book {
  readonly doc: number
  readonly name: string
  readonly createdAt: number
  head: Head
  readonly leases: {
    readonly byClient: Map<number, Lease>
    readonly byId: Map<number, Lease>
  }
  /** `<root code>:<key>` -> number. */
  readonly entries: Map<string, number>
  /** Called with the rows of each commit, in order, before the promises of `append` resolve. */
  readonly listeners: Set<RowListener>
  /** Called once, when another process wrote to this document or a commit's fate is unknown: what is in memory is no longer the truth. */
  readonly lost: Set<(why: string) => void>
  /** False once lost: nothing may be appended to it. */
  valid: boolean
}

export const entryId = (root: RootName, key: string): string => `${ROOT_CODES[root]}:${key}`

export function keepLease(book: Book, lease: Lease): void {
  book.leases.byClient.set(lease.client, lease)
  book.leases.byId.set(lease.id, lease)
}

/** As it reads from the journal once the person's key was destroyed. */
export function forgetIn(book: Book, person: number): void {
  for (const lease of book.leases.byId.values())
    if (lease.person === person && lease.identity) keepLease(book, { ...lease, identity: null })
}

/** What is in memory of this document is no longer the truth: nothing is appended to it any more, and it must be read again. */
export function lose(book: Book, why: string, log: Log): void {
  if (!book.valid) return
  book.valid = false
  log.error({ doc: book.doc, why }, 'a document must be read again from the journal')
  for (const listener of book.lost) listener(why)
}

export interface DocumentRow {
  id: number
  name: string
  created_at: number
  head_seq: number
  head_hash: Buffer | null
}

/** The document's row, or null. Names no document: nothing is made. */
export async function findDocument(sql: Sql, name: string): Promise<DocumentRow | null> {
  const [row] = await sql<
    DocumentRow[]
  >`select id, name, created_at, head_seq, head_hash from document where name = ${name}`
  return row ?? null
}

export async function createDocument(sql: Sql, name: string, now: number): Promise<DocumentRow> {
  await sql`insert into document (name, created_at) values (${name}, ${now}) on conflict (name) do nothing`
  const row = await findDocument(sql, name)
  if (!row) throw new Error('a document vanished while it was made')
  return row
}

export async function readBook(sql: Sql, vault: IdentityVault, row: DocumentRow): Promise<Book> {
  const [last] = await sql<
    { at: number }[]
  >`select at from revision where doc = ${row.id} and seq = ${row.head_seq}`
  const book: Book = {
    doc: row.id,
    name: row.name,
    createdAt: row.created_at,
    head: {
      seq: row.head_seq,
      hash: row.head_hash ?? originOf({ doc: row.id, name: row.name, createdAt: row.created_at }),
      at: last?.at ?? row.created_at,
    },
    leases: { byClient: new Map(), byId: new Map() },
    entries: new Map(),
    listeners: new Set(),
    lost: new Set(),
    valid: true,
  }
  const leases = await sql<
    {
      id: number
      client: number
      person: number
      role: number
      session: string
      seq: number
      bytes: Buffer
    }[]
  >`
    select l.id, l.client, l.person, l.role, l.session, l.seq, r.bytes
    from lease l join revision r on r.doc = l.doc and r.seq = l.seq
    where l.doc = ${row.id} order by l.seq`
  const identities = await vault.openAll(
    row.id,
    leases.map(({ person, bytes }) => ({ person, sealed: decodeLease(bytes).sealed })),
  )
  leases.forEach(({ id, client, person, role, session, seq }, n) =>
    keepLease(book, {
      id,
      client,
      person,
      role: roleOfCode(role),
      session,
      seq,
      identity: identities[n] ?? null,
    }),
  )
  for await (const { names, ids } of entriesOf(sql, row.id))
    names.forEach((name, n) => {
      book.entries.set(name, ids[n] as number)
    })
  return book
}

/** Some milliseconds of the event loop. */
const ENTRIES = 2_000

/** In stretches, by the index over their keys; in columns, because to read two arrays is much less work than to read thousands of rows. */
async function* entriesOf(sql: Sql, doc: number): AsyncGenerator<{ names: string[]; ids: number[] }> {
  for (let [root, key] = [0, '']; ; ) {
    const [found] = await sql<[{ names: string[] | null; ids: number[] | null; root: number; key: string }]>`
      select json_agg(root || ':' || key) as names, json_agg(id) as ids, max(root) as root,
        (array_agg(key order by root desc, key desc))[1] as key
      from (
        select id, root, key from entry where doc = ${doc} and (root, key) > (${root}, ${key}) order by root, key limit ${ENTRIES}
      ) as next`
    if (!found.names || !found.ids) return
    yield { names: found.names, ids: found.ids }
    ;({ root, key } = found)
  }
}
