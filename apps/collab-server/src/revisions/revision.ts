/** One journal row, as people see it: who, when, in which role, what was touched. */
import { ACTS, type ActName, type Author, type Revision } from '@consilium/contract/revisions'
import type { CommittedRow } from '../journal/book.ts'
import { roleOfCode } from '../journal/rows.ts'
import type { SealedIdentity } from '../journal/sealing.ts'
import { type Touch, touchedOf } from '../journal/touch.ts'
import { erasedPerson } from '../people/erased.ts'

/** What stands under lease 0. */
const SERVER: Author = { id: '', name: 'Consilium', initials: 'C' }

/** `identity` null with a person: their key was destroyed, their work stays. */
export function authorOf(person: number, identity: SealedIdentity | null): Author {
  if (identity) return { id: identity.id, name: identity.name, initials: identity.initials }
  return person === 0 ? SERVER : { id: '', ...erasedPerson(person) }
}

export function actName(act: number): ActName {
  const name = (Object.keys(ACTS) as ActName[]).find((key) => ACTS[key] === act)
  if (!name) throw new Error(`no act has the number ${act}`)
  return name
}

interface Shown extends Pick<CommittedRow, 'seq' | 'at' | 'said' | 'act' | 'role' | 'hash'> {
  readonly person: number
  readonly identity: SealedIdentity | null
  readonly session: string
  readonly byteLength: number
  readonly touched: readonly Touch[]
  readonly moment: number | undefined
  readonly gave: Revision['gave']
  /** Why words were taken out. */
  readonly reason?: string | null
}

export const revisionOf = (row: Shown): Revision => ({
  seq: row.seq,
  at: row.at,
  saidAt: row.said === 0 ? null : row.said,
  act: actName(row.act),
  author: authorOf(row.person, row.identity),
  role: roleOfCode(row.role),
  session: row.session,
  bytes: row.byteLength,
  touched: row.touched.map(touchedOf),
  ...(row.moment === undefined ? {} : { moment: row.moment }),
  ...(row.gave === undefined ? {} : { gave: row.gave }),
  ...(row.reason ? { reason: row.reason } : {}),
  hash: Buffer.from(row.hash).toString('hex'),
})
