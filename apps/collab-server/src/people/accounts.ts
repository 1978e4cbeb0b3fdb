/**
 * People who may sign in, their names and passwords (argon2id, 19 MiB, two passes: OWASP's first recommendation).
 * A wrong name costs the same time as a wrong password, so that nobody can find out who is here.
 */

import { colourOfPerson, PEOPLE_COLOURS } from '@consilium/contract/colour'
import type { Person } from '@consilium/contract/people'
import { Refusal } from '@consilium/contract/refusals'
import { hash, verify } from '@node-rs/argon2'
import { and, eq, inArray, isNotNull } from '../db/drizzle.ts'
import { isUniqueViolation } from '../db/errors.ts'
import { newId } from '../db/ids.ts'
import { personKey } from '../db/journal.ts'
import type { Database } from '../db/open.ts'
import { people } from '../db/people.ts'
import { type Identities, normalised, PERSON_COLUMNS, type PersonRecord } from './identities.ts'
import { initialsOf } from './initials.ts'
import { newSecret } from './secrets.ts'

export type { PersonRecord } from './identities.ts'

export interface NewAccount {
  readonly name: string
  readonly login: string
  /** Null: signs in by token only. */
  readonly password: string | null
  readonly credential?: string
  readonly admin?: boolean
}

export interface People {
  byHandle(handle: string): Promise<PersonRecord | null>
  byLogin(login: string): Promise<PersonRecord | null>
  /** By the number that rows hold. Who was never here is left out. */
  byIds(ids: readonly number[]): Promise<Map<number, PersonRecord>>
  /** Those who can sign in with a password, by name. */
  list(): Promise<PersonRecord[]>
  /** Refuses with `name-taken`, or `invalid-body` where the login is not one. */
  create(account: NewAccount): Promise<PersonRecord>
  /** The person where both fit, else null. */
  checkPassword(login: string, password: string): Promise<PersonRecord | null>
  /** Is there an administrator who can sign in? */
  hasAdmin(): Promise<boolean>
}

/** m in KiB, t passes, p lanes. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
const LOGIN = /^[a-z0-9][a-z0-9._@-]{1,127}$/

export const publicPerson = (person: PersonRecord): Person => ({
  id: person.handle,
  name: person.name,
  initials: person.initials,
  login: person.login,
  admin: person.admin,
  credential: person.credential,
})

export function createPeople({ orm }: Pick<Database, 'orm'>, identities: Identities): People {
  /** Checked against where there is no such person. */
  const nobody = hash(newSecret(), COST)
  async function one(condition: ReturnType<typeof eq>): Promise<PersonRecord | null> {
    const [row] = await orm.select(PERSON_COLUMNS).from(people).where(condition)
    return row ? identities.of(row) : null
  }

  /** Of the colour that fewest have, so that the first six people look the same everywhere: see contract/colour.ts. */
  async function handleWithColour(): Promise<string> {
    const here = await orm
      .select({ handle: people.handle })
      .from(people)
      .where(isNotNull(people.passwordHash))
    const colours = here.map(({ handle }) => colourOfPerson(handle))
    const have = Array.from(
      { length: PEOPLE_COLOURS },
      (_, wanted) => colours.filter((colour) => colour === wanted).length,
    )
    const wanted = have.indexOf(Math.min(...have))
    let handle = newId()
    while (colourOfPerson(handle) !== wanted) handle = newId()
    return handle
  }

  return {
    byHandle: (handle) => one(eq(people.handle, handle)),
    byLogin: (login) => one(eq(people.loginMac, identities.loginMac(login))),
    async byIds(ids) {
      const rows = await orm
        .select(PERSON_COLUMNS)
        .from(people)
        .where(inArray(people.id, [...ids]))
      return new Map((await identities.ofAll(rows)).map((person) => [person.id, person]))
    },
    async list() {
      const rows = await orm.select(PERSON_COLUMNS).from(people).where(isNotNull(people.passwordHash))
      return (await identities.ofAll(rows)).sort(byName)
    },
    async create(account) {
      const login = normalised(account.login)
      if (!LOGIN.test(login))
        throw new Refusal('invalid-body', {
          message:
            'A sign-in name has 2 to 128 letters, digits or . _ @ - and begins with a letter or digit.',
          field: 'login',
        })
      const self = {
        login,
        name: account.name.trim(),
        initials: initialsOf(account.name),
        credential: account.credential?.trim() ?? '',
      }
      if (self.name === '')
        throw new Refusal('invalid-body', { message: 'A name is missing.', field: 'name' })
      const handle = account.password === null ? newId() : await handleWithColour()
      const made = {
        handle,
        admin: account.admin ?? false,
        passwordHash: account.password === null ? null : await hash(account.password, COST),
        createdAt: Date.now(),
        loginMac: identities.loginMac(login),
      }
      try {
        return await orm.transaction(async (tx) => {
          const [row] = await tx.insert(people).values(made).returning(PERSON_COLUMNS)
          if (!row) throw new Error('the new person was not returned')
          const { wrapped, sealed } = identities.sealNew(row, self)
          await tx.insert(personKey).values({ person: row.id, wrapped })
          await tx.update(people).set({ sealed }).where(eq(people.id, row.id))
          return { id: row.id, handle, admin: made.admin, ...self, erased: false }
        })
      } catch (error) {
        if (isUniqueViolation(error)) throw new Refusal('name-taken', { field: 'login' })
        throw error
      }
    },
    async checkPassword(login, password) {
      const [found] = await orm
        .select({ ...PERSON_COLUMNS, passwordHash: people.passwordHash })
        .from(people)
        .where(eq(people.loginMac, identities.loginMac(login)))
      const fits = await verify(found?.passwordHash ?? (await nobody), password)
      if (!found?.passwordHash || !fits) return null
      return identities.of(found)
    },
    async hasAdmin() {
      const [row] = await orm
        .select({ id: people.id })
        .from(people)
        .where(and(eq(people.admin, true), isNotNull(people.passwordHash)))
        .limit(1)
      return row !== undefined
    },
  }
}

const collator = new Intl.Collator('en')
export const byName = (a: PersonRecord, b: PersonRecord): number => collator.compare(a.name, b.name)
