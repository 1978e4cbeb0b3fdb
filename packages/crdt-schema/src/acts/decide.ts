/** Settling a dispute, and recording that one does not agree. Both stay visible; neither is undone by OwnHistory. */
import type * as Y from 'yjs'
import { type Decision, OUTCOMES } from '../discussion.ts'
import type { EntryKey } from '../entry.ts'
import { Act, ActFault, addEntry, entryOf, perform } from './act.ts'
import { checkWritten } from './checks.ts'

export type DecisionDraft = Omit<Decision, 'id' | 'decidedAt'>

export function decide(doc: Y.Doc, draft: DecisionDraft): EntryKey {
  const { thread, outcome, rationale, adopted } = draft
  if (entryOf(doc, 'threads', thread).get('about') !== 'dispute')
    throw new ActFault('invalid-value', 'Only a dispute is decided; this is an ordinary thread.')
  if (!OUTCOMES.includes(outcome))
    throw new ActFault('invalid-value', 'A dispute ends accepted, rejected or amended.')
  checkWritten('rationale', rationale)
  if (outcome === 'amended' && adopted === null)
    throw new ActFault('invalid-value', 'An amended decision names the annotation that is adopted.')
  if (outcome !== 'amended' && adopted !== null)
    throw new ActFault('invalid-value', 'Only an amended decision adopts another annotation.')
  if (adopted !== null) entryOf(doc, 'annotations', adopted)

  return perform(doc, new Act('decide'), () =>
    addEntry(doc, 'decisions', { thread, outcome, rationale, adopted, decidedAt: Date.now() }),
  )
}

export interface DissentDraft {
  readonly decision: EntryKey
  readonly text: string
}

export function dissent(doc: Y.Doc, draft: DissentDraft): EntryKey {
  entryOf(doc, 'decisions', draft.decision)
  checkWritten('comment', draft.text)
  return perform(doc, new Act('dissent'), () =>
    addEntry(doc, 'dissents', { decision: draft.decision, text: draft.text, writtenAt: Date.now() }),
  )
}
