/** What differs between two moments of an entry, as short lines with figures and units. Pure. */
import type { EntryDifference } from '@consilium/contract/history'
import type { TextPiece } from '@consilium/crdt-schema/compare'
import type { Measure } from '@consilium/crdt-schema/kind'
import { lengthUnit, type SpacingAt } from '@consilium/viewer/lengths'
import { count, number, withUnit } from '../../../format.ts'
import { measureText } from '../measures/measureText.ts'

export interface DifferenceLine {
  /** What changed, as on screen elsewhere. */
  readonly title: string
  readonly before: string
  readonly after: string
  /** Of a text that was changed: all of it, in pieces. */
  readonly words?: readonly TextPiece[] | undefined
}

/** Fields that are told by the word for the change itself, or are the same for ever. */
const TOLD_ELSEWHERE: ReadonlySet<string> = new Set([
  'kind',
  'source',
  'thread',
  'anchor',
  'about',
  'decision',
])

/** These two, and one that says nothing new beside the area. */
const TOLD_BEFORE: ReadonlySet<Measure['name']> = new Set(['area', 'length', 'perimeter'])

export const CHANGE_WORDS: Record<EntryDifference['change'], string> = {
  added: 'Added',
  changed: 'Changed',
  retired: 'Deleted',
  restored: 'Brought back',
  removed: 'Removed',
}

export function differenceLines(
  { change, fields, geometry }: EntryDifference,
  labelTitle: (key: string) => string,
  spacingAt: SpacingAt,
): readonly DifferenceLine[] {
  const whole = change === 'added' || change === 'removed'
  const told = fields
    .filter(({ field, after }) => !TOLD_ELSEWHERE.has(field) && !(whole && isNothing(after)))
    .map(
      ({ field, before, after, words }): DifferenceLine => ({
        title: field === 'retired' ? 'Reason' : capital(field),
        // Of what was not there, or is no more, only the one side is told.
        before: change === 'added' ? '' : valueWords(field, before, labelTitle),
        after: valueWords(field, after, labelTitle),
        words: words !== null && !isNothing(before) && !isNothing(after) ? words : undefined,
      }),
    )
  return geometry ? [...told, ...shapeLines(geometry, whole, spacingAt)] : told
}

function shapeLines(
  geometry: NonNullable<EntryDifference['geometry']>,
  whole: boolean,
  spacingAt: SpacingAt,
): DifferenceLine[] {
  const lines: DifferenceLine[] = []
  const { added, removed, moved, areaMm2, lengthMm, measures } = geometry
  if (!whole && moved.length > 0) {
    const farthest = Math.max(...moved.map(({ byMm }) => byMm))
    const way = withUnit(number(farthest, 1), lengthUnit(spacingAt))
    const by = moved.length === 1 ? `by ${way}` : `by up to ${way}`
    lines.push({ title: 'Moved', before: '', after: `${count(moved.length, 'vertex', 'vertices')} ${by}` })
  }
  if (!whole && added.length > 0)
    lines.push({ title: 'New', before: '', after: count(added.length, 'vertex', 'vertices') })
  if (!whole && removed.length > 0)
    lines.push({ title: 'Gone', before: count(removed.length, 'vertex', 'vertices'), after: '' })
  for (const { name, unit, before: was, after: is } of [
    ...(areaMm2 ? [{ name: 'area', unit: 'mm²', ...areaMm2 } as const] : []),
    ...(lengthMm ? [{ name: 'length', unit: 'mm', ...lengthMm } as const] : []),
    ...measures.filter(({ name }) => !TOLD_BEFORE.has(name)),
  ]) {
    const said = (value: number | null): string =>
      value === null ? '' : measureText({ value, unit }, spacingAt)
    const [before, after] = [said(was), said(is)]
    // What rounds to the same is no news.
    if (before !== after) lines.push({ title: capital(name), before, after })
  }
  return lines
}

function valueWords(field: string, value: unknown, labelTitle: (key: string) => string): string {
  if (isNothing(value)) return field === 'retired' ? '' : 'nothing'
  if (field === 'label') return labelTitle(String(value))
  if (field === 'retired') return String((value as { reason?: unknown }).reason ?? '')
  if (field === 'resolved') return value === true ? 'resolved' : 'open'
  if (field.endsWith('At')) return ''
  return String(value)
}

const isNothing = (value: unknown): boolean => value === null || value === undefined || value === ''
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
