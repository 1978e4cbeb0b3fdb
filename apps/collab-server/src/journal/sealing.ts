/**
 * Names inside the journal and beside it. They are sealed before they are hashed or stored: AES-256-GCM under a random key per person,
 * which itself is wrapped by the key of this instance. Destroying a person's key makes them unreadable everywhere at once, while every
 * hash still holds, because the hash covers the ciphertext. Whoever was erased never gets a key again. Nothing here ever logs what it opens.
 *
 * Layout of sealed and of wrapped bytes: version (1) | nonce (12) | ciphertext | tag (16).
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Refusal } from '@consilium/contract/refusals'
import type { Sql } from '../db/open.ts'

const VERSION = 1
const NONCE_BYTES = 12
const TAG_BYTES = 16
export const KEY_BYTES = 32

function encrypt(key: Uint8Array, plain: Uint8Array, bound: Uint8Array): Buffer {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(bound)
  return Buffer.concat([Buffer.of(VERSION), nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** Throws where the bytes were altered, or belong to another key or place. */
function decrypt(key: Uint8Array, sealed: Uint8Array, bound: Uint8Array): Buffer {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength)
  if (bytes.length < 1 + NONCE_BYTES + TAG_BYTES || bytes[0] !== VERSION)
    throw new Error('sealed bytes of an unknown form')
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(1, 1 + NONCE_BYTES)).setAAD(bound)
  decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES))
  return Buffer.concat([
    decipher.update(bytes.subarray(1 + NONCE_BYTES, bytes.length - TAG_BYTES)),
    decipher.final(),
  ])
}

const wrapBound = (person: number): Buffer => Buffer.from(`consilium person key ${person}`)
const sealBound = (doc: number, person: number): Buffer => Buffer.from(`consilium identity ${doc} ${person}`)
const ownBound = (person: number, place: string): Buffer => Buffer.from(`consilium own ${person} ${place}`)
const wordsBound = (doc: number, person: number): Buffer => Buffer.from(`consilium words ${doc} ${person}`)
const addressBound = (person: number): Buffer => Buffer.from(`consilium address ${person}`)

/** Who somebody was at the moment a row was written. */
export interface SealedIdentity {
  /** Public handle of the person. */
  readonly id: string
  readonly name: string
  readonly initials: string
  readonly credential: string
  readonly role: string | null
  readonly session: string
}

/** What belongs to a person and to no document. */
export interface Own {
  readonly person: number
  /** Where it stands: it opens nowhere else. */
  readonly place: string
  readonly sealed: Uint8Array
}

/** For somebody whose row is just being made: to be kept with it. */
export interface NewKey {
  readonly wrapped: Buffer
  sealOwn(place: string, words: string): Buffer
}

export interface IdentityVault {
  /** Makes the person's key where there is none yet. */
  seal(doc: number, person: number, identity: SealedIdentity): Promise<Buffer>
  /** Null where the key was destroyed. */
  open(doc: number, person: number, sealed: Uint8Array): Promise<SealedIdentity | null>
  /** Many at once, in their order: the keys are asked for together. */
  openAll(
    doc: number,
    all: readonly { readonly person: number; readonly sealed: Uint8Array }[],
  ): Promise<(SealedIdentity | null)[]>
  /** Of what somebody typed. */
  sealWords(doc: number, person: number, words: string): Promise<Buffer>
  /** Null where the key was destroyed, or the words were taken out. */
  openWords(doc: number, person: number, sealed: Uint8Array): Promise<string | null>
  /** For the audit log: where people were and with which browser, many at once, in their order; null of whoever was erased. */
  sealAddresses(
    all: readonly { readonly person: number; readonly address: string }[],
  ): Promise<(Buffer | null)[]>
  /** Null where the key was destroyed, or the bytes were altered. */
  openAddresses(
    all: readonly { readonly person: number; readonly sealed: Uint8Array }[],
  ): Promise<(string | null)[]>
  /** Is it the instance's key under which the keys of people lie here? */
  fits(): Promise<boolean>
  newKey(person: number): NewKey
  sealOwn(person: number, place: string, words: string): Promise<Buffer>
  /** In their order; null where the key was destroyed. */
  openOwn(all: readonly Own[]): Promise<(string | null)[]>
}

export function createVault(sql: Sql, instanceKey: Uint8Array): IdentityVault {
  if (instanceKey.byteLength !== KEY_BYTES) throw new Error('the instance key must be 32 bytes')

  async function keysOf(people: readonly number[]): Promise<Map<number, Buffer>> {
    const rows = await sql<{ person: number; wrapped: Buffer }[]>`
      select person, wrapped from person_key where person = any(${`{${[...new Set(people)]}}`}::int[])`
    return new Map(
      rows.map(({ person, wrapped }) => [person, decrypt(instanceKey, wrapped, wrapBound(person))]),
    )
  }

  const keyOf = async (person: number): Promise<Buffer | null> => (await keysOf([person])).get(person) ?? null

  const opened = (doc: number, person: number, key: Buffer, sealed: Uint8Array): SealedIdentity =>
    JSON.parse(decrypt(key, sealed, sealBound(doc, person)).toString('utf8'))

  async function keyFor(person: number): Promise<Buffer> {
    const known = await keyOf(person)
    if (known) return known
    const wrapped = encrypt(instanceKey, randomBytes(KEY_BYTES), wrapBound(person))
    await sql`
      insert into person_key (person, wrapped) select ${person}::int, ${wrapped}::bytea
      where not exists (select 1 from people where id = ${person} and erased_at is not null)
      on conflict (person) do nothing`
    const kept = await keyOf(person)
    // Erased while what they had asked for was still under way: it is not written any more.
    if (!kept) throw new Refusal('not-signed-in')
    return kept
  }

  return {
    async seal(doc, person, identity) {
      return encrypt(await keyFor(person), Buffer.from(JSON.stringify(identity)), sealBound(doc, person))
    },
    async open(doc, person, sealed) {
      const key = await keyOf(person)
      return key && opened(doc, person, key, sealed)
    },
    async openAll(doc, all) {
      const keys = await keysOf(all.map(({ person }) => person))
      return all.map(({ person, sealed }) => {
        const key = keys.get(person)
        return key ? opened(doc, person, key, sealed) : null
      })
    },
    async sealWords(doc, person, words) {
      return encrypt(await keyFor(person), Buffer.from(words), wordsBound(doc, person))
    },
    async openWords(doc, person, sealed) {
      const key = sealed.byteLength > 0 ? await keyOf(person) : null
      return key && decrypt(key, sealed, wordsBound(doc, person)).toString('utf8')
    },
    async sealAddresses(all) {
      const keys = await keysOf(all.map(({ person }) => person))
      for (const { person } of all) {
        if (keys.has(person)) continue
        const made = await keyFor(person).catch((error: unknown) => {
          if (error instanceof Refusal) return null
          throw error
        })
        if (made) keys.set(person, made)
      }
      return all.map(({ person, address }) => {
        const key = keys.get(person)
        return key ? encrypt(key, Buffer.from(address), addressBound(person)) : null
      })
    },
    async openAddresses(all) {
      const keys = await keysOf(all.map(({ person }) => person))
      return all.map(({ person, sealed }) => {
        const key = keys.get(person)
        try {
          return key ? decrypt(key, sealed, addressBound(person)).toString('utf8') : null
        } catch {
          return null // altered: that it was is for the chain to say
        }
      })
    },
    async fits() {
      const [one] = await sql<
        { person: number; wrapped: Buffer }[]
      >`select person, wrapped from person_key limit 1`
      try {
        if (one) decrypt(instanceKey, one.wrapped, wrapBound(one.person))
        return true
      } catch {
        return false
      }
    },
    newKey(person) {
      const key = randomBytes(KEY_BYTES)
      return {
        wrapped: encrypt(instanceKey, key, wrapBound(person)),
        sealOwn: (place, words) => encrypt(key, Buffer.from(words), ownBound(person, place)),
      }
    },
    async sealOwn(person, place, words) {
      return encrypt(await keyFor(person), Buffer.from(words), ownBound(person, place))
    },
    async openOwn(all) {
      const keys = await keysOf(all.map(({ person }) => person))
      return all.map(({ person, place, sealed }) => {
        const key = keys.get(person)
        return key ? decrypt(key, sealed, ownBound(person, place)).toString('utf8') : null
      })
    },
  }
}

/**
 * The key of this instance: 64 hex digits from the environment, else a file in the data folder, made at first start, readable by its owner only.
 * Without it no name in the journal can be read: it belongs into the backup of secrets, not beside the journal.
 */
export function instanceKeyOf(dataFolder: string, fromEnvironment?: string): Buffer {
  if (fromEnvironment) {
    if (!/^[0-9a-f]{64}$/i.test(fromEnvironment)) throw new Error('the instance key must be 64 hex digits')
    return Buffer.from(fromEnvironment, 'hex')
  }
  const file = join(dataFolder, 'instance.key')
  if (!existsSync(file)) {
    mkdirSync(dataFolder, { recursive: true })
    writeFileSync(file, `${randomBytes(KEY_BYTES).toString('hex')}\n`, { mode: 0o600, flag: 'wx' })
  }
  chmodSync(file, 0o600)
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'hex')
  if (key.length !== KEY_BYTES)
    throw new Error(`${file} does not hold an instance key; restore it from the backup of secrets`)
  return key
}
