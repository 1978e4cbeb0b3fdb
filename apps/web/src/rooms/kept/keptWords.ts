/** A change that was not taken, in words: what it was, and what was said in it. Never shortens what somebody wrote. */
import { isKindName, kindOf } from '@consilium/crdt-schema/kinds'
import { capital, count } from '../../format.ts'
import type { KeptChange } from '../../session/keptWork.ts'
import type { LostField } from '../../session/lost.ts'

export interface KeptWords {
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
  name: 'Name',
  colour: 'Colour',
}

export function keptWords(
  change: Pick<KeptChange, 'root' | 'made' | 'fields' | 'whole' | 'opens'>,
  labelTitle: (key: string) => string,
): KeptWords {
  const { kind, label, name, source, anchor } = change.whole
  const thing =
    typeof kind === 'string' && isKindName(kind) ? kindOf(kind).title : capital(THINGS[change.root])
  const slice = frameOf(source) ?? frameOf(anchor) ?? frameOf(change.opens?.whole.anchor)
  const parts = [
    thing,
    typeof label === 'string' ? labelTitle(label) : null,
    // Of a new one it stands below, with all that was said of it.
    typeof name === 'string' && !change.made ? name : null,
    slice === null ? null : `slice ${slice + 1}`,
  ]
  return {
    title: `${parts.filter(Boolean).join(', ')}: ${change.made ? 'new' : 'changed'}`,
    lines: change.fields.flatMap((field) => spoken(field, change.made, labelTitle) ?? []),
  }
}

/** Null where there is nothing to say: of a new entry, what was left open. */
function spoken(
  { field, mine }: LostField,
  made: boolean,
  labelTitle: (key: string) => string,
): string | null {
  if (field === 'vertices') return made ? null : pointsWords(mine)
  if (field === 'retired') return retiredWords(mine, made)
  if (field === 'voxels') return count(Number(mine), 'act of painting', 'acts of painting')
  if (field === 'resolved') return made ? null : mine === true ? 'Resolved' : 'Reopened'
  const name = FIELDS[field]
  if (name === undefined) return null
  if (mine === null || mine === '') return made ? null : `${name}: taken back`
  return `${name}: ${field === 'label' && typeof mine === 'string' ? labelTitle(mine) : String(mine)}`
}

function pointsWords(changed: unknown): string {
  const removed = typeof changed === 'object' && changed !== null ? Object.values(changed) : []
  return `${count(removed.length, 'point')} changed`
}

function retiredWords(retired: unknown, made: boolean): string | null {
  if (retired === null) return made ? null : 'Brought back'
  const reason = typeof retired === 'object' && 'reason' in retired ? String(retired.reason) : ''
  return reason === '' ? 'Deleted' : `Deleted: ${reason}`
}

function frameOf(place: unknown): number | null {
  if (typeof place !== 'object' || place === null || !('frame' in place)) return null
  return typeof place.frame === 'number' ? place.frame : null
}
