/** Secrets that are shown once and kept as SHA-256: 160 random bits need no slow hash, and a copy of the database opens nothing. */
import { createHash, randomBytes } from 'node:crypto'

export const newSecret = (): string => randomBytes(20).toString('hex')

export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex')
