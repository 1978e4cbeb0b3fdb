/**
 * May this actor make this change? One pure function, used by the server's gate (which obeys it) and by the page (which greys out with it).
 * It must never look at a document: everything it needs is in the change. What the new values are is asked in policy/values.ts.
 *
 *   annotations   their maker changes them; the adjudicator may change anybody's. What the adjudicator retired only an adjudicator brings back
 *   threads       everybody who discusses may resolve and reopen one; its reason is the opener's
 *   comments, decisions, dissents   their writer, nobody else
 *   painting      who annotates paints in any segment; an act is taken back and restored by its author, or by an adjudicator with a switch of their own
 *   what an entry is about (its kind, its picture, its thread) is said when it is made and never again
 */
import type { RootName } from '../documents.ts'
import type { Hand } from '../kinds/mask/act.ts'
import { may, type Right, type Role } from './roles.ts'

/** States of a case. */
export const PHASES = ['new', 'reading', 'panel', 'decided', 'signed'] as const
export type Phase = (typeof PHASES)[number]

/** A person, by whatever the asker knows them: the server's number or the public handle; compared, never interpreted. */
export type PersonRef = number | string

/** What an update would do to one entry, as decoded from bytes. */
export interface Change {
  readonly root: RootName
  readonly entry: string
  /** `create` also for every field that is set together with the making of its entry. */
  readonly op: 'create' | 'change' | 'remove'
  /** First key below the entry (`label`, `vertices`, …), or null where the entry as a whole is meant. */
  readonly field: string | null
  /** Person who made the entry; null for a new one. */
  readonly owner: PersonRef | null
  /** Person who wrote the value of the field up to now; null where there was none or where many wrote it (texts, vertices). */
  readonly replaces: PersonRef | null
}

export interface Actor {
  readonly person: PersonRef
  readonly role: Role | null
}

export const DENIALS = [
  'not-a-member',
  'role-may-not-annotate',
  'role-may-not-discuss',
  'role-may-not-decide',
  'not-yours',
  'never-changed',
  'never-removed',
  'case-decided',
  'case-closed',
] as const
export type Denial = (typeof DENIALS)[number]

interface Rule {
  readonly right: Right
  readonly denial: Denial
  /** May still be written when the case is decided. */
  readonly afterDecision: boolean
  /** Said once, when the entry is made. */
  readonly fixed: readonly string[]
  /** Fields that everybody with the right may change, whoever made the entry. */
  readonly everybody: readonly string[]
  /** Who has this right may change what others made. */
  readonly amend: Right | null
}

const RULES: Record<RootName, Rule> = {
  annotations: {
    right: 'annotate',
    denial: 'role-may-not-annotate',
    afterDecision: false,
    fixed: ['kind', 'source'],
    everybody: [],
    amend: 'amend',
  },
  threads: {
    right: 'discuss',
    denial: 'role-may-not-discuss',
    afterDecision: true,
    fixed: ['about', 'anchor'],
    everybody: ['resolved'],
    amend: null,
  },
  comments: {
    right: 'discuss',
    denial: 'role-may-not-discuss',
    afterDecision: true,
    fixed: ['thread', 'writtenAt'],
    everybody: [],
    amend: null,
  },
  decisions: {
    right: 'decide',
    denial: 'role-may-not-decide',
    afterDecision: false,
    fixed: ['thread', 'decidedAt'],
    everybody: [],
    amend: null,
  },
  dissents: {
    right: 'discuss',
    denial: 'role-may-not-discuss',
    afterDecision: true,
    fixed: ['decision', 'writtenAt'],
    everybody: [],
    amend: null,
  },
}

/** What an act of painting would do: to a segment, or to acts that `owner` made (kinds/mask/act.ts). */
export type Painting =
  | { readonly op: 'paint' }
  | { readonly op: 'switch'; readonly hand: Hand; readonly owner: PersonRef | null }

/** Everybody who annotates paints, in every segment: that is what several do at once. Null where it is allowed, else why not. */
export function judgePainting(actor: Actor, phase: Phase, painting: Painting): Denial | null {
  const denial = denialOfRight(actor, phase, RULES.annotations)
  if (denial !== null || painting.op === 'paint') return denial
  const mayTurn = painting.hand === 'author' ? painting.owner === actor.person : may(actor.role, 'amend')
  return mayTurn ? null : 'not-yours'
}

/** Returns null where the change is allowed, else why not. */
export function judge(actor: Actor, phase: Phase, change: Change): Denial | null {
  const rule = RULES[change.root]
  const denial = denialOfRight(actor, phase, rule)
  if (denial !== null) return denial
  // C4: an entry is retired by a field, so that its id and its history stay.
  if (change.op === 'remove') return 'never-removed'
  if (change.op === 'create') return null
  return denialOfChange(actor, rule, change)
}

function denialOfRight(actor: Actor, phase: Phase, rule: Rule): Denial | null {
  if (!may(actor.role, 'see')) return 'not-a-member'
  if (phase === 'signed') return 'case-closed'
  if (!may(actor.role, rule.right)) return rule.denial
  return phase === 'decided' && !rule.afterDecision ? 'case-decided' : null
}

function denialOfChange(actor: Actor, rule: Rule, { field, owner, replaces }: Change): Denial | null {
  if (field !== null && rule.fixed.includes(field)) return 'never-changed'
  if (rule.amend !== null && may(actor.role, rule.amend)) return null
  if (field !== null && rule.everybody.includes(field)) return null
  if (owner !== actor.person) return 'not-yours'
  // Its author does not undo what was decided about it.
  if (field === 'retired' && replaces !== null && replaces !== actor.person) return 'not-yours'
  return null
}
