/**
 * An act in the words a person would use: "Moved 3 vertices", "Set certainty to absent", "Deleted a box". Told from what its rows did to
 * the values, so that figures and words are those of that moment, not of now. Pure.
 */
import type { Annotation } from '@consilium/crdt-schema/annotation'
import { differenceOf, type EntryDifference } from '@consilium/crdt-schema/compare'
import type { Thread } from '@consilium/crdt-schema/discussion'
import type { RootName } from '@consilium/crdt-schema/documents'
import { kindOf, nounOf } from '@consilium/crdt-schema/kinds'
import { length, subtract, type Vec3 } from '@consilium/geometry/vec3'
import { lengthUnit } from '@consilium/viewer/lengths'
import { article, count, number, withUnit } from '../../../format.ts'
import type { Change, Value } from '../../../session/film/log.ts'
import type { Wording } from '../state/wording.ts'
import { makingOf, OUTCOME_WORDS } from '../state/words.ts'

export interface ActWords {
  readonly title: string
  /** What it was done to, or what was written. */
  readonly detail: string
}

/** What became of one entry by the act's own rows, others' rows left out. */
interface Told {
  readonly root: RootName
  readonly change: EntryDifference['change']
  readonly value: NonNullable<Value>
  /** By field: before the first, after the last. */
  readonly fields: ReadonlyMap<string, { readonly before: unknown; readonly after: unknown }>
  /** By vertex: how it moved in all; null where it came or went. */
  readonly vertices: ReadonlyMap<string, Vec3 | null>
}

/** One thing that a row did, and what it did it to: as it was afterwards, or before where it is gone. */
export interface Done {
  readonly difference: EntryDifference
  readonly value: NonNullable<Value>
}

export function editWords(changes: readonly Change[], wording: Wording): ActWords {
  const done = changes.flatMap(({ root, before, after }): Done[] => {
    const difference = differenceOf(root, before, after)
    const value = after ?? before
    return difference && value ? [{ difference, value }] : []
  })
  return doneWords(done, wording)
}

export function doneWords(done: readonly Done[], wording: Wording): ActWords {
  const entries = new Map<string, Done[]>()
  for (const one of done) {
    const key = `${one.difference.root} ${one.difference.entry}`
    entries.set(key, [...(entries.get(key) ?? []), one])
  }
  const told = [...entries.values()].flatMap((list) => fold(list) ?? [])
  const [first] = told
  if (!first) return { title: 'Changed nothing that stayed', detail: '' }
  const opened = told.find(({ root, change }) => root === 'threads' && change === 'added')
  const said = told.find(({ root }) => root === 'comments')
  if (opened && told.length <= 2) return threadWords(opened, said?.value, wording)
  if (told.length > 1) return { title: `Changed ${told.length} things at once`, detail: '' }
  switch (first.root) {
    case 'annotations':
      return annotationWords(first, wording)
    case 'threads':
      return threadWords(first, undefined, wording)
    case 'comments':
      return { title: 'Commented', detail: quoted(textOf(first.value, 'text')) }
    case 'decisions':
      return {
        title: `Decided: ${OUTCOME_WORDS[(first.value as { outcome: keyof typeof OUTCOME_WORDS }).outcome]}`,
        detail: quoted(textOf(first.value, 'rationale')),
      }
    case 'dissents':
      return { title: 'Recorded a dissent', detail: quoted(textOf(first.value, 'text')) }
  }
}

function fold(done: readonly Done[]): Told | null {
  let change: EntryDifference['change'] | null = null
  const fields = new Map<string, { before: unknown; after: unknown }>()
  const vertices = new Map<string, Vec3 | null>()
  for (const { difference } of done) {
    if (change === null || change === 'changed') change = difference.change
    for (const field of difference.fields)
      fields.set(field.field, { before: fields.get(field.field)?.before ?? field.before, after: field.after })
    for (const { key } of [...(difference.geometry?.added ?? []), ...(difference.geometry?.removed ?? [])])
      vertices.set(key, null)
    for (const { key, before: from, after: to } of difference.geometry?.moved ?? [])
      vertices.set(key, sum(vertices.get(key), subtract(to, from)))
  }
  const last = done.at(-1)
  return change && last ? { root: last.difference.root, change, value: last.value, fields, vertices } : null
}

/** A vertex that also came or went stays one that did. */
const sum = (known: Vec3 | null | undefined, by: Vec3): Vec3 | null =>
  known === undefined ? by : known && [known[0] + by[0], known[1] + by[1], known[2] + by[2]]

function annotationWords({ change, value, fields, vertices }: Told, wording: Wording): ActWords {
  const annotation = value as Annotation
  const kind = kindOf(annotation.kind)
  const name = nounOf(kind)
  const place = [
    annotation.name || wording.labelTitle(annotation.label),
    wording.frameWords(annotation.source.series, annotation.source.frame),
  ].join(' · ')
  const detail = `${kind.title} · ${place}`
  if (change === 'added')
    return { title: `${makingOf(kind.vertices.max)} ${article(name)} ${name}`, detail: place }
  if (change === 'retired')
    return {
      title: `Deleted ${article(name)} ${name}`,
      detail: quoted(annotation.retired?.reason ?? '') || detail,
    }
  if (change === 'restored') return { title: `Brought back ${article(name)} ${name}`, detail }
  if (change === 'removed') return { title: `Removed ${article(name)} ${name}`, detail }
  const parts = [
    ...(vertices.size > 0 ? [shapeWords(vertices, annotation, name, wording)] : []),
    ...[...fields].map(([field, { before, after }]) => fieldWords(field, before, after, wording)),
  ]
  return { title: capital(parts.slice(0, 2).join(', ') + (parts.length > 2 ? ' and more' : '')), detail }
}

function shapeWords(
  vertices: Told['vertices'],
  { vertices: { length: all }, source }: Annotation,
  name: string,
  { spacingAt }: Wording,
): string {
  const moves = [...vertices.values()]
  const [first] = moves
  const together = first && moves.every((move) => move && length(subtract(move, first)) < 0.05)
  if (first && together && all > 1 && moves.length === all)
    return `moved the ${name} by ${withUnit(number(length(first), 1), lengthUnit(spacingAt(source.series)))}`
  const came = moves.filter((move) => move === null).length
  if (came === 0) return `moved ${count(moves.length, 'vertex', 'vertices')}`
  return `reshaped the ${name}`
}

function fieldWords(field: string, before: unknown, after: unknown, wording: Wording): string {
  if (field === 'reasoning') return before === '' ? 'wrote the reasoning' : 'changed the reasoning'
  if (after === null) return `took back the ${field}`
  if (field === 'label') return `set label to ${wording.labelTitle(String(after))}`
  if (field === 'certainty' || field === 'confidence') return `set ${field} to ${after}`
  return `changed the ${field}`
}

function threadWords(
  { change, value, fields }: Told,
  said: Value | undefined,
  { frameWords }: Wording,
): ActWords {
  const { anchor, ...thread } = value as Thread
  const place = `On ${frameWords(anchor.series, anchor.frame)}`
  if (change !== 'added')
    return { title: fields.get('resolved')?.after ? 'Resolved a thread' : 'Reopened a thread', detail: place }
  if (thread.about === 'dispute') return { title: 'Opened a dispute', detail: quoted(thread.reason) }
  return { title: 'Commented', detail: quoted(textOf(said ?? null, 'text')) || place }
}

const textOf = (value: Value, field: string): string =>
  String((value as Readonly<Record<string, unknown>> | null)?.[field] ?? '')
const quoted = (text: string): string => (text === '' ? '' : `“${text}”`)
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
