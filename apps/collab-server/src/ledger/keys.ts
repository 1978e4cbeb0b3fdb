/**
 * The keys that sign checkpoints: Ed25519 seeds, 64 hex digits each, oldest first. From the environment, else a file in the data folder
 * that is made at the first start and readable by its owner only. The last one signs; the others are kept so that a new one can be
 * endorsed by the one before it: add a line, start the server again, and afterwards the old lines may go.
 */
import { createPrivateKey, createPublicKey, type KeyObject, randomBytes } from 'node:crypto'
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { StartupError } from '../startupError.ts'

/** DER around a raw key (RFC 8410 §7 and §4). */
const PRIVATE = Buffer.from('302e020100300506032b657004220420', 'hex')
const PUBLIC = Buffer.from('302a300506032b6570032100', 'hex')
export const SEED = /^[0-9a-f]{64}$/i

export interface SigningKey {
  readonly secret: KeyObject
  /** Raw, hex. */
  readonly key: string
}

export function signingKey(seed: string): SigningKey {
  const secret = createPrivateKey({
    key: Buffer.concat([PRIVATE, Buffer.from(seed, 'hex')]),
    format: 'der',
    type: 'pkcs8',
  })
  const spki = createPublicKey(secret).export({ format: 'der', type: 'spki' })
  return { secret, key: spki.subarray(PUBLIC.length).toString('hex') }
}

export const publicKeyOf = (key: string): KeyObject =>
  createPublicKey({ key: Buffer.concat([PUBLIC, Buffer.from(key, 'hex')]), format: 'der', type: 'spki' })

/** At least one. */
export function signingKeysOf(
  dataFolder: string,
  fromEnvironment: readonly string[] | null,
): readonly SigningKey[] {
  if (fromEnvironment) return fromEnvironment.map(signingKey)
  const file = join(dataFolder, 'checkpoint.key')
  if (!existsSync(file))
    writeFileSync(file, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' })
  chmodSync(file, 0o600)
  const seeds = readFileSync(file, 'utf8').split(/\s+/).filter(Boolean)
  if (seeds.length === 0 || !seeds.every((seed) => SEED.test(seed)))
    throw new StartupError(
      `${file} does not hold the key that signs checkpoints (64 hex digits per line). Restore it from the backup of secrets.`,
    )
  return seeds.map(signingKey)
}
