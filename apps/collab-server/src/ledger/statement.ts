/**
 * What a checkpoint says and how it is signed; the form is described in the contract (checkpoints.ts).
 * This file must never change what it computes: published hashes depend on it.
 */
import { createHash, hash, type KeyObject, sign, verify } from 'node:crypto'
import type { Checkpoint } from '@consilium/contract/checkpoints'
import { publicKeyOf } from './keys.ts'

/** Stands for the checkpoint before the first. */
export const NOTHING_BEFORE = '00'.repeat(32)

export type Unsigned = Omit<Checkpoint, 'signature'>

export const textOf = ({ n, at, documents, rows, root, previous, key, next }: Unsigned): string =>
  `consilium checkpoint 1\nn ${n}\nat ${at}\ndocuments ${documents}\nrows ${rows}\nroot ${root}\nprevious ${previous}\nkey ${key}\nnext ${next ?? '-'}\n`

export const signed = (checkpoint: Unsigned, key: KeyObject): Checkpoint => ({
  ...checkpoint,
  signature: sign(null, Buffer.from(textOf(checkpoint)), key).toString('hex'),
})

/** By the key that it names; whether that key is ours is another question. */
export const isSigned = (checkpoint: Checkpoint): boolean =>
  verify(
    null,
    Buffer.from(textOf(checkpoint)),
    publicKeyOf(checkpoint.key),
    Buffer.from(checkpoint.signature, 'hex'),
  )

export const hashOf = (checkpoint: Checkpoint): string =>
  createHash('sha256').update(textOf(checkpoint)).update(checkpoint.signature, 'hex').digest('hex')

export const fingerprintOf = (key: string): string => hash('sha256', Buffer.from(key, 'hex'), 'hex')
