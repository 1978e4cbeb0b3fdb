/**
 * What a row touched, in two small numbers per entry. The one table of bits; they are stored, so: append, never reorder or reuse.
 *
 *   kind     1 create · 2 change · 4 remove                 (an update may do several at once)
 *   fields   bit n = the n-th name of FIELDS for the entry's root; at most 15 of them, so that the number stays positive
 *   root     the number in ROOT_CODES
 *
 * Of an annotation `voxels` is no field of its entry: acts of painting that name the segment, or take such acts back, touch it so.
 */

import type { Touched } from '@consilium/contract/revisions'
import { ROOTS, type RootName } from '@consilium/crdt-schema/documents'

export const KIND_BITS = { create: 1, change: 2, remove: 4 } as const
export type Op = keyof typeof KIND_BITS

export const ROOT_CODES: Record<RootName, number> = {
  annotations: 1,
  threads: 2,
  comments: 3,
  decisions: 4,
  dissents: 5,
}

export const FIELDS: Record<RootName, readonly string[]> = {
  annotations: [
    'kind',
    'label',
    'certainty',
    'confidence',
    'reasoning',
    'source',
    'vertices',
    'retired',
    'name',
    'colour',
    'voxels',
  ],
  threads: ['about', 'anchor', 'reason', 'resolved'],
  comments: ['thread', 'text', 'writtenAt'],
  decisions: ['thread', 'outcome', 'rationale', 'adopted', 'decidedAt'],
  dissents: ['decision', 'text', 'writtenAt'],
}

/** One entry, as touched by one row. */
export interface Touch {
  readonly root: RootName
  readonly entry: string
  /** Bits of KIND_BITS. */
  readonly kind: number
  /** Bits by FIELDS. */
  readonly fields: number
}

export const isField = (root: RootName, field: string): boolean => FIELDS[root].includes(field)

export function fieldBit(root: RootName, field: string): number {
  const n = FIELDS[root].indexOf(field)
  if (n < 0) throw new Error(`${root} has no field ${field}`)
  return 1 << n
}

export const rootOfCode = (code: number): RootName => {
  const root = ROOTS.find((name) => ROOT_CODES[name] === code)
  if (!root) throw new Error(`no root has the number ${code}`)
  return root
}

/** As the contract tells it. The strongest of several kinds is named: what was created was also changed. */
export function touchedOf(touch: Touch): Touched {
  const op = touch.kind & KIND_BITS.remove ? 'remove' : touch.kind & KIND_BITS.create ? 'create' : 'change'
  return {
    root: touch.root,
    entry: touch.entry,
    op,
    fields: FIELDS[touch.root].filter((_, n) => touch.fields & (1 << n)),
  }
}
