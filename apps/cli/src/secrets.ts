/**
 * Keys as they lie on the server's own machine: in its data folder, or in the environment it is started with. They are read there and
 * never asked for over the wire.
 */
import { createHash, createPrivateKey, createPublicKey } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Failure } from './failure.ts'

export interface Secrets {
  /** 64 hex digits */
  readonly instanceKey: string
  /** Seeds, oldest first. */
  readonly checkpointKeys: readonly string[]
}

export function ownSecrets(environment: NodeJS.ProcessEnv = process.env): Secrets {
  const folder = resolve(environment['CONSILIUM_DATA'] || './data')
  const read = (variable: string, file: string): string[] => {
    const path = join(folder, file)
    const text = environment[variable] || (existsSync(path) ? readFileSync(path, 'utf8') : '')
    const found = text.split(/[\s,]+/).filter(Boolean)
    if (found.length === 0 || !found.every((hex) => /^[0-9a-f]{64}$/i.test(hex)))
      throw new Failure(
        `--keys: there is no key in ${path} (or ${variable}). Run it on the server's own machine, with CONSILIUM_DATA set to its data folder.`,
      )
    return found.map((hex) => hex.toLowerCase())
  }
  const [instanceKey = ''] = read('CONSILIUM_INSTANCE_KEY', 'instance.key')
  return { instanceKey, checkpointKeys: read('CONSILIUM_CHECKPOINT_KEY', 'checkpoint.key') }
}

/** Tells one instance key from another without telling anything about it. */
export const instanceMark = (key: string): string =>
  createHash('sha256').update('consilium instance key ').update(key, 'hex').digest('hex')

/** Of the public key that belongs to a seed (the DER around them is that of RFC 8410). */
export function fingerprintOfSeed(seed: string): string {
  const der = Buffer.concat([
    Buffer.from('302e020100300506032b657004220420', 'hex'),
    Buffer.from(seed, 'hex'),
  ])
  const secret = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  const spki = createPublicKey(secret).export({ format: 'der', type: 'spki' })
  return createHash('sha256').update(spki.subarray(-32)).digest('hex')
}
