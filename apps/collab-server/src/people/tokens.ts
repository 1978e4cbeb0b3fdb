/**
 * Access tokens for scripts: `Authorization: Bearer …`, or `?token=` on the socket. Shown once, kept as SHA-256.
 * One of them lies in the data folder for the command line on this machine; it acts as the machine's own account.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { and, desc, eq, isNull } from '../db/drizzle.ts'
import { newId } from '../db/ids.ts'
import type { Database } from '../db/open.ts'
import { people, tokens as table } from '../db/people.ts'
import type { Notice } from '../notice.ts'
import type { People } from './accounts.ts'
import { type Identities, PERSON_COLUMNS, type PersonRecord, placeOf } from './identities.ts'
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

const USED_EVERY_MS = 60_000
const PREFIX = 'consilium_'
const COLUMNS = {
  handle: table.handle,
  title: table.title,
  createdAt: table.createdAt,
  lastUsedAt: table.lastUsedAt,
}

export function createTokens(
  { orm }: Pick<Database, 'orm'>,
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
      const [row] = await orm
        .select({ person: PERSON_COLUMNS, handle: table.handle, lastUsedAt: table.lastUsedAt })
        .from(table)
        .innerJoin(people, eq(people.id, table.person))
        .where(and(eq(table.hash, hashOf(secret)), isNull(people.erasedAt)))
      if (!row) return null
      if (Date.now() - (row.lastUsedAt ?? 0) > USED_EVERY_MS)
        await orm.update(table).set({ lastUsedAt: Date.now() }).where(eq(table.handle, row.handle))
      return { person: await identities.of(row.person), handle: row.handle }
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
