/**
 * Who may change what, said a second time and by effect: not what an update aims at, but what is another afterwards. It shares nothing
 * with the policy that the gate obeys, so that a mistake there is seen here.
 */
import type { RootName } from '@consilium/crdt-schema/documents'
import type { Phase } from '@consilium/crdt-schema/policy'
import type { Role } from '@consilium/crdt-schema/roles'

export interface Deed {
  readonly role: Role | null
  readonly phase: Phase
  readonly root: RootName
  /** Null where an entry appeared or vanished. */
  readonly field: string | null
  /** Made by the same person, or in the same update. */
  readonly own: boolean
  /** The entry was not there before. */
  readonly isNew: boolean
}

const MAKERS: Record<RootName, readonly (Role | null)[]> = {
  annotations: ['reader', 'adjudicator'],
  threads: ['reader', 'adjudicator', 'manager'],
  comments: ['reader', 'adjudicator', 'manager'],
  decisions: ['adjudicator'],
  dissents: ['reader', 'adjudicator', 'manager'],
}
const SAID_ONCE: Record<RootName, readonly string[]> = {
  annotations: ['kind', 'source'],
  threads: ['about', 'anchor'],
  comments: ['thread', 'writtenAt'],
  decisions: ['thread', 'decidedAt'],
  dissents: ['decision', 'writtenAt'],
}

/** Why it should not have been let in; null where it may. */
export function forbidden({ role, phase, root, field, own, isNew }: Deed): string | null {
  if (phase === 'signed') return 'the case is signed'
  if (phase === 'decided' && (root === 'annotations' || root === 'decisions')) return 'the case is decided'
  if (!MAKERS[root].includes(role)) return `${role ?? 'nobody'} does not write ${root}`
  if (isNew) return own ? null : 'an entry was made in the name of another'
  if (field === null) return 'an entry vanished'
  if (SAID_ONCE[root].includes(field)) return `${root} ${field} is said once`
  const everybody =
    (root === 'threads' && field === 'resolved') || (root === 'annotations' && role === 'adjudicator')
  return own || everybody ? null : `${root} ${field} of somebody else`
}
