/**
 * Who somebody is: login, name, initials, credential, sealed under their own key. A login is found by its HMAC, one probe of an index;
 * whatever else is asked of names (their order, who is called so) is answered from what is opened here, and kept in memory for the next
 * time. What is kept is good as long as the sealed bytes are the same: nobody has to say that they changed.
 */
import { createHmac, hkdfSync } from 'node:crypto'
import { people } from '../db/people.ts'
import type { IdentityVault, NewKey, Own } from '../journal/sealing.ts'
import { erasedPerson } from './erased.ts'

/** A person as the server knows them. `id` is what journal rows hold, `handle` is public. */
export interface PersonRecord {
  readonly id: number
  readonly handle: string
  readonly name: string
  readonly initials: string
  /** '' once erased. */
  readonly login: string
  readonly admin: boolean
  readonly credential: string
  readonly erased: boolean
}

/** What is sealed of a person. */
export type Self = Pick<PersonRecord, 'login' | 'name' | 'initials' | 'credential'>

/** For `select`: everything of a person but the password. */
export const PERSON_COLUMNS = {
  id: people.id,
  handle: people.handle,
  admin: people.admin,
  sealed: people.sealed,
  erasedAt: people.erasedAt,
}

export interface PersonRow {
  readonly id: number
  readonly handle: string
  readonly admin: boolean
  readonly sealed: Buffer | null
  readonly erasedAt: number | null
}

/** As it is compared. */
export const normalised = (login: string): string => login.normalize('NFKC').trim().toLowerCase()

export interface Identities {
  loginMac(login: string): Buffer
  of(row: PersonRow): Promise<PersonRecord>
  /** In their order; the keys are asked for together. */
  ofAll(rows: readonly PersonRow[]): Promise<PersonRecord[]>
  /** For whoever is just being made. */
  sealNew(person: { readonly id: number; readonly handle: string }, self: Self): NewPerson
  /** Of what belongs to a person; `place` says where it stands. */
  seal(person: number, place: string, words: string): Promise<Buffer>
  /** '' for what cannot be read any more. */
  open(all: readonly (Omit<Own, 'sealed'> & { readonly sealed: Uint8Array | null })[]): Promise<string[]>
  /** Out of memory. */
  forget(person: number): void
}

export interface NewPerson extends Pick<NewKey, 'wrapped'> {
  readonly sealed: Buffer
}

export const placeOf = {
  person: (handle: string): string => `person ${handle}`,
  session: (handle: string): string => `session ${handle}`,
  token: (handle: string): string => `token ${handle}`,
}

export function createIdentities(vault: IdentityVault, instanceKey: Uint8Array): Identities {
  const macKey = Buffer.from(hkdfSync('sha256', instanceKey, '', 'consilium login', 32))
  const opened = new Map<number, { readonly sealed: Buffer; readonly self: Self }>()

  const known = ({ id, sealed }: PersonRow): Self | null => {
    const kept = sealed && opened.get(id)
    return kept && kept.sealed.equals(sealed) ? kept.self : null
  }

  async function learn(rows: readonly PersonRow[]): Promise<void> {
    const all = rows.flatMap(({ id, handle, sealed }) =>
      sealed ? [{ person: id, place: placeOf.person(handle), sealed }] : [],
    )
    const words = all.length > 0 ? await vault.openOwn(all) : []
    all.forEach(({ person, sealed }, n) => {
      const text = words[n]
      if (text) opened.set(person, { sealed, self: JSON.parse(text) as Self })
    })
  }

  /** Without a key, which may be lost as well as destroyed, there is nobody to be shown. */
  function shown(row: PersonRow): PersonRecord {
    const { id, handle, admin, erasedAt } = row
    const self = known(row) ?? { login: '', credential: '', ...erasedPerson(id) }
    return { id, handle, admin, ...self, erased: erasedAt !== null }
  }

  async function ofAll(rows: readonly PersonRow[]): Promise<PersonRecord[]> {
    await learn(rows.filter((row) => known(row) === null))
    return rows.map(shown)
  }

  return {
    loginMac: (login) => createHmac('sha256', macKey).update(normalised(login)).digest(),
    of: async (row) => (await ofAll([row]))[0] as PersonRecord,
    ofAll,
    sealNew({ id, handle }, self) {
      const key = vault.newKey(id)
      return { wrapped: key.wrapped, sealed: key.sealOwn(placeOf.person(handle), JSON.stringify(self)) }
    },
    seal: vault.sealOwn,
    async open(all) {
      const sealed = all.flatMap((one) => (one.sealed ? [{ ...one, sealed: one.sealed }] : []))
      const words = new Map((await vault.openOwn(sealed)).map((text, n) => [sealed[n]?.place, text]))
      return all.map(({ place }) => words.get(place) ?? '')
    },
    forget: (person) => void opened.delete(person),
  }
}
