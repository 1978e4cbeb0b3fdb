/** A change that was not kept, in words: what it was, and what was said in it. Never shortens what somebody wrote. */
import { isKindName, kindOf } from '@consilium/crdt-schema/kinds'
import type { LostChange } from '../../../session/lost.ts'

export interface LostWords {
  readonly title: string
  readonly lines: readonly string[]
}

const THINGS = {
  annotations: 'annotation',
  threads: 'thread',
  comments: 'comment',
  decisions: 'decision',
  dissents: 'dissent',
} as const

const FIELDS: Readonly<Record<string, string>> = {
  label: 'Label',
  certainty: 'Certainty',
  confidence: 'Confidence',
  reasoning: 'Reasoning',
  text: 'Text',
  reason: 'Reason',
  rationale: 'Rationale',
  outcome: 'Outcome',
  retired: 'Deleted',
  resolved: 'Resolved',
  vertices: 'Points',
}

export function lostWords(change: LostChange, labelTitle: (key: string) => string): LostWords {
  const { kind, label, source, anchor } = change.whole
  const thing =
    typeof kind === 'string' && isKindName(kind) ? kindOf(kind).title : capital(THINGS[change.root])
  const slice = frameOf(source) ?? frameOf(anchor)
  const parts = [
    thing,
    typeof label === 'string' ? labelTitle(label) : null,
    slice === null ? null : `slice ${slice + 1}`,
  ]
  return {
    title: `${parts.filter(Boolean).join(', ')}: ${change.made ? 'made here' : 'changed here'}`,
    lines: change.fields.flatMap(({ field, mine }) => {
      const name = FIELDS[field]
      const said = name === undefined ? null : spoken(field, mine, labelTitle)
      return name === undefined || said === null ? [] : [`${name}: ${said}`]
    }),
  }
}

function spoken(field: string, value: unknown, labelTitle: (key: string) => string): string | null {
  if (value === null || value === '' || value === false) return null
  if (field === 'label' && typeof value === 'string') return labelTitle(value)
  if (field === 'vertices' && typeof value === 'object') return String(Object.keys(value).length)
  if (field === 'retired' && typeof value === 'object' && 'reason' in value)
    return String(value.reason) || 'yes'
  return value === true ? 'yes' : String(value)
}

function frameOf(place: unknown): number | null {
  if (typeof place !== 'object' || place === null || !('frame' in place)) return null
  return typeof place.frame === 'number' ? place.frame : null
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)
