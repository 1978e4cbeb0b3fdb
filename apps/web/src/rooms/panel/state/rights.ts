/**
 * What this person may do here and now, or the sentence why not. The same `judge` as the server's gate: the screen merely does not
 * offer what would be refused.
 */

import { REFUSALS } from '@consilium/contract/refusals'
import type { RootName } from '@consilium/crdt-schema/documents'
import type { EntryKey } from '@consilium/crdt-schema/entry'
import {
  type Actor,
  type Change,
  judge,
  judgePainting,
  type Painting,
  type Phase,
} from '@consilium/crdt-schema/policy'

export interface Rights {
  /** Null where entries may be made there, in the pane the hands are on; else one sentence. */
  readonly denied: (root: RootName) => string | null
  /** Null where this field of an annotation may be changed, else one sentence. */
  readonly deniedChange: (annotation: EntryKey, field: string) => string | null
  /** The same of an act of painting. */
  readonly deniedPainting: (painting: Painting) => string | null
  /** The same of any change, in whatever case. */
  readonly deniedThat: (change: Change) => string | null
}

/** What rights are judged by. All of it is asked anew each time; in the page it is tracked. */
export interface RightsPorts {
  readonly actor: () => Actor
  readonly phase: () => Phase
  readonly isPast: () => boolean
  /** The pane that the hands are on shows the prior. */
  readonly isPrior: () => boolean
  readonly canWrite: () => boolean
  /** Who made the entry, with the name to call them by; null while that is not known. */
  readonly maker: (entry: EntryKey) => { readonly person: string; readonly name: string } | null
  /** Who wrote the field's present value; null where nobody or somebody unknown did. */
  readonly writer: (annotation: EntryKey, field: string) => string | null
}

const IN_THE_PAST = 'You are looking at the past. Go back to now to change anything.'
export const ON_PRIOR = 'This is the prior: it is for comparison, and nothing is drawn on it.'
const NOT_OPEN = 'The document is not open for writing yet.'
const UNKNOWN_MAKER = 'Who made this is not known yet.'

export function createRights(ports: RightsPorts): Rights {
  const deniedThat = (change: Change): string | null => {
    if (ports.isPast()) return IN_THE_PAST
    const denial = judge(ports.actor(), ports.phase(), change)
    if (denial === 'not-yours') return notYours(ports, change)
    if (denial !== null) return REFUSALS[denial].message
    return ports.canWrite() ? null : NOT_OPEN
  }
  return {
    denied: (root) => (root === 'annotations' && ports.isPrior() ? ON_PRIOR : deniedThat(creating(root))),
    deniedChange: (entry, field) =>
      deniedThat({
        root: 'annotations',
        entry,
        op: 'change',
        field,
        owner: ports.maker(entry)?.person ?? null,
        replaces: ports.writer(entry, field),
      }),
    deniedPainting: (painting) => {
      if (ports.isPast()) return IN_THE_PAST
      if (ports.isPrior()) return ON_PRIOR
      const denial = judgePainting(ports.actor(), ports.phase(), painting)
      if (denial !== null) return REFUSALS[denial].message
      return ports.canWrite() ? null : NOT_OPEN
    },
    deniedThat,
  }
}

/** That something is made there. */
export const creating = (root: RootName): Change => ({
  root,
  entry: '',
  op: 'create',
  field: null,
  owner: null,
  replaces: null,
})

function notYours({ actor, maker }: RightsPorts, { entry, owner }: Change): string {
  const made = maker(entry)
  if (!made) return UNKNOWN_MAKER
  // One's own, but what became of it was the adjudicator's word.
  if (owner === actor().person)
    return 'The adjudicator deleted this. Comment on it, or ask them to bring it back.'
  return `Made by ${made.name}. Comment on it, or ask them or the adjudicator to change it.`
}
