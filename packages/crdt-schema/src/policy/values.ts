/**
 * What may stand in a field of the record? One small table per root, asked by the gate for every field that an update would set. Each
 * answer is null, or one sentence that whoever made the change can understand.
 * Only what no honest concurrency can bring about is a fault here: two people may each remove a corner of four, but nobody writes a
 * corner of two numbers. What a whole new annotation must be, its kind says (`kindOf(kind).fault`).
 */
import { dot, isFinite3, subtract, type Vec3 } from '@consilium/geometry/vec3'
import { CERTAINTIES, COLOUR } from '../annotation.ts'
import { OUTCOMES, TEXT_LIMITS } from '../discussion.ts'
import type { RootName } from '../documents.ts'
import { creatorOf } from '../entry.ts'
import { isKindName, type KindName, kindOf } from '../kinds/all.ts'
import { pointFault as faultOfPoint, NO_POINT, ONE_PLANE_MM } from '../kinds/points.ts'
import { isVertexKey } from '../vertexKeys.ts'

/** `plain`: JSON, set as a whole. `text`: a Y.Text. `vertices`: a Y.Map of points. */
export type Shape = 'plain' | 'text' | 'vertices'

type Labels = ReadonlySet<string>
type Fault = (value: unknown, labels: Labels) => string | null
interface Field {
  readonly shape: Shape
  /** Null where the value may stand there, else a sentence. */
  readonly fault: Fault
  /** An entry need not have it, from the start or any more. */
  readonly optional?: boolean
}
export interface NamedField extends Field {
  readonly name: string
}

/** Latest instant a Date can hold. */
const LAST_INSTANT_MS = 8.64e15
const MAX_SERIES_LENGTH = 64
/** Direction cosines in DICOM files carry about six digits. */
const UNIT_TOLERANCE = 1e-3
/** A text may grow in several places at once, each within its limit. */
const TEXT_SLACK = 4
/** Vertices may be added in several places at once, each within the kind's limit. */
const VERTICES_SLACK = 2
const FEW_VERTICES = 16
/** Everybody keeps to ONE_PLANE_MM of what they see; two who move points at once may be a little further apart. */
const PLANE_SLACK_MM = 5 * ONE_PLANE_MM

const plain = (fault: Fault): Field => ({ shape: 'plain', fault })
const optional = (field: Field): Field => ({ ...field, optional: true })
const nested = (shape: Shape): Field => ({ shape, fault: () => null })
const unless =
  (sound: (value: unknown, labels: Labels) => boolean, sentence: string): Fault =>
  (value, labels) =>
    sound(value, labels) ? null : sentence

const oneOf = (allowed: readonly unknown[]) => (value: unknown) => allowed.includes(value)
const isKey = (value: unknown): boolean => typeof value === 'string' && creatorOf(value) !== null
const isInstant = (value: unknown): boolean =>
  typeof value === 'number' && value >= 0 && value <= LAST_INSTANT_MS
const isFrame = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0
const isSeries = (value: unknown): boolean =>
  typeof value === 'string' && value !== '' && value.length <= MAX_SERIES_LENGTH
const isPoint = (value: unknown): value is Vec3 => Array.isArray(value) && isFinite3(value)
const isUnit = (value: unknown): boolean =>
  isPoint(value) && Math.abs(dot(value, value) - 1) <= UNIT_TOLERANCE

/** An object with exactly these keys. */
function hasExactly(value: unknown, keys: readonly string[]): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  return Object.keys(value).length === keys.length && keys.every((key) => Object.hasOwn(value, key))
}

/** Something said in words, within its limit. */
const said =
  (limit: number, sentence: string): Fault =>
  (value) => {
    if (typeof value !== 'string' || value.trim() === '') return sentence
    return value.length > limit ? `This text is longer than ${limit} characters.` : null
  }

const about = (what: string): Field => plain(unless(isKey, `This names no ${what}.`))
const instant = plain(unless(isInstant, 'This time is none.'))
const words = (limit: number): Field => plain(said(limit, 'A text must say something.'))

const label: Fault = (value, labels) =>
  value === '' || (typeof value === 'string' && value.length <= TEXT_LIMITS.label && labels.has(value))
    ? null
    : 'This project has no such label.'

const isSource = (value: unknown): boolean =>
  hasExactly(value, ['series', 'frame', 'normal']) &&
  isSeries(value['series']) &&
  isFrame(value['frame']) &&
  isUnit(value['normal'])

const isAnchor = (value: unknown): boolean =>
  hasExactly(value, ['series', 'frame', 'point', 'annotation']) &&
  isSeries(value['series']) &&
  isFrame(value['frame']) &&
  pointFault(value['point']) === null &&
  (value['annotation'] === null || isKey(value['annotation']))

const NO_REASON = 'An annotation is retired with a reason.'
const retired: Fault = (value, labels) => {
  if (value === null) return null
  return hasExactly(value, ['reason'])
    ? said(TEXT_LIMITS.reason, NO_REASON)(value['reason'], labels)
    : NO_REASON
}

const isName = (value: unknown): boolean => typeof value === 'string' && value.length <= TEXT_LIMITS.name
const isColour = (value: unknown): boolean => typeof value === 'string' && COLOUR.test(value)

const isConfidence = (value: unknown): boolean =>
  value === null || (typeof value === 'number' && value >= 0 && value <= 100)

const table = (fields: Record<string, Field>): ReadonlyMap<string, NamedField> =>
  new Map(Object.entries(fields).map(([name, field]) => [name, { name, ...field }]))

const FIELDS: Record<RootName, ReadonlyMap<string, NamedField>> = {
  annotations: table({
    kind: plain(
      unless(
        (value) => typeof value === 'string' && isKindName(value),
        'There is no such kind of annotation.',
      ),
    ),
    label: plain(label),
    certainty: plain(unless(oneOf([null, ...CERTAINTIES]), 'A finding is present, uncertain or absent.')),
    confidence: plain(unless(isConfidence, 'Confidence is a number from 0 to 100.')),
    reasoning: nested('text'),
    source: plain(unless(isSource, 'An annotation names the series, frame and plane it was made on.')),
    vertices: nested('vertices'),
    retired: plain(retired),
    name: optional(plain(unless(isName, 'A name is a short text.'))),
    colour: optional(plain(unless(isColour, 'A colour is three pairs of hexadecimal digits, #rrggbb.'))),
  }),
  threads: table({
    about: plain(unless(oneOf(['comment', 'dispute']), 'A thread is a comment or a dispute.')),
    anchor: plain(unless(isAnchor, 'A thread names the place it is about.')),
    reason: plain((value, labels) =>
      value === '' ? null : said(TEXT_LIMITS.reason, 'A reason is a text.')(value, labels),
    ),
    resolved: plain(unless(oneOf([true, false]), 'A thread is resolved or it is not.')),
  }),
  comments: table({ thread: about('thread'), text: words(TEXT_LIMITS.comment), writtenAt: instant }),
  decisions: table({
    thread: about('thread'),
    outcome: plain(unless(oneOf(OUTCOMES), 'A dispute ends accepted, rejected or amended.')),
    rationale: words(TEXT_LIMITS.rationale),
    adopted: plain(unless((value) => value === null || isKey(value), 'This names no annotation.')),
    decidedAt: instant,
  }),
  dissents: table({ decision: about('decision'), text: words(TEXT_LIMITS.comment), writtenAt: instant }),
}

const LISTS: Record<RootName, readonly NamedField[]> = {
  annotations: [...FIELDS.annotations.values()],
  threads: [...FIELDS.threads.values()],
  comments: [...FIELDS.comments.values()],
  decisions: [...FIELDS.decisions.values()],
  dissents: [...FIELDS.dissents.values()],
}

/** Every field an entry of this root has, and but for optional ones must have from the start, in the order in which acts write them. */
export const fieldsOf = (root: RootName): readonly NamedField[] => LISTS[root]

/** Null where entries of this root have no such field. */
export const fieldOf = (root: RootName, name: string): NamedField | null => FIELDS[root].get(name) ?? null

/** What is wrong with the plain fields of an entry taken together, each being sound by itself. */
export function entryFault(root: RootName, field: (name: string) => unknown): string | null {
  if (root === 'threads' && (field('about') === 'dispute') === (field('reason') === ''))
    return 'A dispute has a reason, and nothing else has one.'
  if (root === 'decisions' && (field('outcome') === 'amended') === (field('adopted') === null))
    return 'An amended decision names the annotation that is adopted, and no other does.'
  return null
}

/** Only a new key has to be looked at. */
export const vertexKeyFault = (key: string): string | null =>
  isVertexKey(key) ? null : 'A point of an annotation has no place in the order of its points.'

export const pointFault = (value: unknown): string | null =>
  Array.isArray(value) ? faultOfPoint(value) : NO_POINT

/** `against`: another point of the annotation. */
export function planeFault(kind: KindName, normal: Vec3, point: Vec3, against: Vec3): string | null {
  if (!kindOf(kind).planar) return null
  return Math.abs(dot(subtract(point, against), normal)) > PLANE_SLACK_MM
    ? 'A point was moved out of the plane of its annotation.'
    : null
}

/** More than any number of people adding points at once would leave. */
export const mostVertices = (kind: KindName): number =>
  kindOf(kind).vertices.max * VERTICES_SLACK + FEW_VERTICES

/** More than any number of people typing at once would leave, UTF-16 code units. */
export const LONGEST_TEXT = TEXT_SLACK * TEXT_LIMITS.reasoning
