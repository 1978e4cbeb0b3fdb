/**
 * The first administrator is made by whoever can read the server's console: a link with a key, good for one use.
 * Keys are kept hashed, so a restart cannot print the old link again; it prints another, and any of them works until one was used.
 */
import { Refusal } from '@consilium/contract/refusals'
import { eq } from '../db/drizzle.ts'
import type { Database } from '../db/open.ts'
import { firstAdminKeys } from '../db/people.ts'
import type { NewAccount, People } from './accounts.ts'
import type { PersonRecord } from './identities.ts'
import { hashOf, newSecret } from './secrets.ts'

export interface FirstAdmin {
  /** A new key, or null where there is an administrator already. */
  newKey(): Promise<string | null>
  /** Refuses with `already-set-up`, or `not-found` where the key is none of ours. */
  create(key: string, account: Pick<NewAccount, 'name' | 'login' | 'password'>): Promise<PersonRecord>
}

export function createFirstAdmin({ orm }: Pick<Database, 'orm'>, people: People): FirstAdmin {
  /** One after the other: two people with one link must not both become administrators. */
  let turn: Promise<unknown> = Promise.resolve()

  async function create(
    key: string,
    account: Pick<NewAccount, 'name' | 'login' | 'password'>,
  ): Promise<PersonRecord> {
    if (await people.hasAdmin()) throw new Refusal('already-set-up')
    const [known] = await orm
      .select({ hash: firstAdminKeys.hash })
      .from(firstAdminKeys)
      .where(eq(firstAdminKeys.hash, hashOf(key)))
    if (!known) throw new Refusal('not-found', { message: 'This link is not valid.', field: 'key' })
    const admin = await people.create({ ...account, admin: true })
    await orm.delete(firstAdminKeys)
    return admin
  }

  return {
    async newKey() {
      if (await people.hasAdmin()) return null
      const key = newSecret()
      await orm.insert(firstAdminKeys).values({ hash: hashOf(key), createdAt: Date.now() })
      return key
    },
    create(key, account) {
      const mine = turn.then(() => create(key, account))
      turn = mine.catch(() => undefined) // told to whoever asked
      return mine
    },
  }
}
