/**
 * May this actor make this change? One pure function, used by the server's gate (which obeys it) and by the page (which greys out with it).
 * It must never look at a document: everything it needs is in the change. Finer rules (ownership per field, phases) are added here.
 */
import type { RootName } from '../documents.ts'
import { may, type Right, type Role } from './roles.ts'

/** States of a case. */
export const PHASES = ['new', 'reading', 'panel', 'decided', 'signed'] as const
export type Phase = (typeof PHASES)[number]

/** What an update would do to one entry, as decoded from bytes. */
export interface Change {
  readonly root: RootName
  readonly entry: string
  readonly op: 'create' | 'change' | 'remove'
  /** First key below the entry (`label`, `vertices`, …), or null where the entry as a whole is meant. */
  readonly field: string | null
  /** Person who made the entry; null for a new one. */
  readonly owner: number | null
}

export interface Actor {
  readonly person: number
  readonly role: Role | null
}

export const DENIALS = [
  'not-a-member',
  'role-may-not-annotate',
  'role-may-not-discuss',
  'role-may-not-decide',
  'never-removed',
  'case-closed',
] as const
export type Denial = (typeof DENIALS)[number]

const NEEDS: Record<RootName, { right: Right; denial: Denial }> = {
  annotations: { right: 'annotate', denial: 'role-may-not-annotate' },
  threads: { right: 'discuss', denial: 'role-may-not-discuss' },
  comments: { right: 'discuss', denial: 'role-may-not-discuss' },
  decisions: { right: 'decide', denial: 'role-may-not-decide' },
  dissents: { right: 'discuss', denial: 'role-may-not-discuss' },
}

/** Returns null where the change is allowed, else why not. */
export function judge(actor: Actor, phase: Phase, change: Change): Denial | null {
  if (!may(actor.role, 'see')) return 'not-a-member'
  if (phase === 'signed') return 'case-closed'
  const need = NEEDS[change.root]
  if (!may(actor.role, need.right)) return need.denial
  // C4: an entry is retired by a field, so that its id and its history stay.
  if (change.op === 'remove') return 'never-removed'
  return null
}
