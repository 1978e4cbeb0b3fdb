/**
 * Access tokens for scripts: `Authorization: Bearer …`, or `?token=` on the socket. Shown once, kept as SHA-256.
 * One of them lies in the data folder for the command line on this machine; it acts as the machine's own account.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { and, desc, eq } from '../db/drizzle.ts'
import { newId } from '../db/ids.ts'
import type { Database } from '../db/open.ts'
import { tokens as table } from '../db/people.ts'
import type { Notice } from '../notice.ts'
import type { People } from './accounts.ts'
import { type Identities, type PersonRecord, type PersonRow, placeOf } from './identities.ts'
import { hashOf, newSecret } from './secrets.ts'
import type { Ended } from './sessions.ts'

export interface TokenRecord {
  readonly handle: string
  readonly title: string
  readonly createdAt: number
  readonly lastUsedAt: number | null
}

export interface Tokens {
  issue(personId: number, title: string): Promise<TokenRecord & { secret: string }>
  list(personId: number): Promise<TokenRecord[]>
  find(secret: string): Promise<{ person: PersonRecord; handle: string } | null>
  /** False where this person has none by that handle. */
  revoke(personId: number, handle: string): Promise<boolean>
}

interface Found extends PersonRow {
  readonly token: string
  readonly lastUsedAt: number | null
}

const USED_EVERY_MS = 60_000
const PREFIX = 'consilium_'
const COLUMNS = {
  handle: table.handle,
  title: table.title,
  createdAt: table.createdAt,
  lastUsedAt: table.lastUsedAt,
}

export function createTokens(
  { orm, door }: Pick<Database, 'orm' | 'door'>,
  identities: Identities,
  ended: Notice<Ended>,
): Tokens {
  return {
    async issue(personId, title) {
      const secret = PREFIX + newSecret()
      const row = { handle: newId(), createdAt: Date.now(), lastUsedAt: null }
      const sealed = await identities.seal(personId, placeOf.token(row.handle), title)
      await orm.insert(table).values({ ...row, title: sealed, hash: hashOf(secret), person: personId })
      return { ...row, title, secret }
    },
    async list(personId) {
      const rows = await orm
        .select(COLUMNS)
        .from(table)
        .where(eq(table.person, personId))
        .orderBy(desc(table.createdAt))
      const titles = await identities.open(
        rows.map(({ handle, title }) => ({
          person: personId,
          place: placeOf.token(handle),
          sealed: title,
        })),
      )
      return rows.map((row, n) => ({ ...row, title: titles[n] ?? '' }))
    },
    async find(secret) {
      if (!secret.startsWith(PREFIX)) return null
      // Asked by every request of a script, and like sessions (sessions.ts) in the words of the database.
      const [row] = await door<Found[]>`
        select people.id, people.handle, admin, sealed, erased_at as "erasedAt", tokens.handle as token, last_used_at as "lastUsedAt"
        from tokens join people on people.id = tokens.person
        where hash = ${hashOf(secret)} and erased_at is null`
      if (!row) return null
      if (Date.now() - (row.lastUsedAt ?? 0) > USED_EVERY_MS)
        await orm.update(table).set({ lastUsedAt: Date.now() }).where(eq(table.handle, row.token))
      return { person: await identities.of(row), handle: row.token }
    },
    async revoke(personId, handle) {
      const gone = await orm
        .delete(table)
        .where(and(eq(table.person, personId), eq(table.handle, handle)))
        .returning({ handle: table.handle })
      if (gone.length > 0) await ended.tell({ personId, handle })
      return gone.length > 0
    },
  }
}

/** Login of the account behind `admin-token`. It has no password: nobody signs in as it. */
export const MACHINE = 'this-machine'

/** `<data>/admin-token`, readable by its owner only: whoever can read it administers this installation anyway. */
export async function keepAdminToken(data: string, people: People, tokens: Tokens): Promise<void> {
  const file = join(data, 'admin-token')
  const known = (await readFile(file, 'utf8').catch(() => '')).trim()
  if (known && (await tokens.find(known))) return
  const machine =
    (await people.byLogin(MACHINE)) ??
    (await people.create({ name: 'This machine', login: MACHINE, password: null, admin: true }))
  for (const old of await tokens.list(machine.id)) await tokens.revoke(machine.id, old.handle)
  const { secret } = await tokens.issue(machine.id, 'admin-token in the data folder')
  await writeFile(file, `${secret}\n`, { mode: 0o600 })
}
