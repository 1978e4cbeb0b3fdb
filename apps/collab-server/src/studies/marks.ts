/**
 * By what a file is known again without being kept: its SHA-256 under a key of this installation. Who has the database, but not the key,
 * cannot tell from a mark whether a file that they have was here.
 */
import { createHmac, createSecretKey, hkdfSync } from 'node:crypto'

/** SHA-256 of a whole file in hex -> its mark. */
export type MarkOf = (sha256: string) => string

export function marker(instanceKey: Uint8Array): MarkOf {
  const bytes = new Uint8Array(hkdfSync('sha256', instanceKey, new Uint8Array(0), 'consilium file marks', 32))
  const key = createSecretKey(bytes)
  return (sha256) => createHmac('sha256', key).update(sha256, 'hex').digest('base64url')
}
