/**
 * What became of one entry, or of all of them, between two moments. An entry that cannot be read is like one that is not there.
 * Pure: plain values in, plain values out; never a Y.Doc.
 */
import type { Annotation } from '../annotation.ts'
import type { RecordOf, Records } from '../changes.ts'
import { ROOTS, type RootName } from '../documents.ts'
import { fieldsOf } from '../policy/values.ts'
import type { Change, EntryDifference, FieldDifference } from './difference.ts'
import { isEqual } from './equal.ts'
import type { AxesOf } from './measured.ts'
import { shapeBetween } from './shape.ts'
import { wordsBetween } from './words.ts'

/** What people wrote in sentences. */
const TEXTS: Record<RootName, string> = {
  annotations: 'reasoning',
  threads: 'reason',
  comments: 'text',
  decisions: 'rationale',
  dissents: 'text',
}

type One = RecordOf[RootName]
type Pair<T> = [before: T | null, after: T | null]

/** Null where it is the same, or there at neither moment. */
export function differenceOf(
  root: RootName,
  before: One | null,
  after: One | null,
  axesOf?: AxesOf,
): EntryDifference | null {
  const entry = (after ?? before)?.id
  if (entry === undefined) return null
  const fields = fieldsOf(root).flatMap(({ name, shape }) =>
    shape === 'vertices' ? [] : fieldBetween(name, TEXTS[root] === name, before, after),
  )
  const geometry =
    root === 'annotations'
      ? shapeBetween(before as Annotation | null, after as Annotation | null, axesOf)
      : null
  const change = changeOf(before, after)
  const isSame = change === 'changed' && fields.length === 0 && geometry === null
  return isSame ? null : { root, entry, change, fields, geometry }
}

/** Root by root; what is there afterwards first. */
export const differencesBetween = (before: Records, after: Records, axesOf?: AxesOf): EntryDifference[] =>
  ROOTS.flatMap((root) =>
    [...new Set([...after[root].keys(), ...before[root].keys()])].flatMap(
      (id) => differenceOf(root, before[root].get(id) ?? null, after[root].get(id) ?? null, axesOf) ?? [],
    ),
  )

const valueOf = (one: One | null, field: string): unknown =>
  (one as Readonly<Record<string, unknown>> | null)?.[field] ?? null

function fieldBetween(field: string, isText: boolean, ...[one, other]: Pair<One>): FieldDifference[] {
  const [before, after] = [valueOf(one, field), valueOf(other, field)]
  if (isEqual(before, after)) return []
  return [{ field, before, after, words: isText ? wordsBetween(textOf(before), textOf(after)) : null }]
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

function changeOf(...[before, after]: Pair<One>): Change {
  if (before === null) return 'added'
  if (after === null) return 'removed'
  const [was, is] = [valueOf(before, 'retired') !== null, valueOf(after, 'retired') !== null]
  if (was === is) return 'changed'
  return is ? 'retired' : 'restored'
}
