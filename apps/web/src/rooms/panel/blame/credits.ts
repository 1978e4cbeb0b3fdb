/** Who made what of an annotation, as lines to read: one per field, per person of the shape, per stretch of the text. Pure. */
import type { Blame, Credit, Writer } from '@consilium/contract/history'
import type { Annotation } from '@consilium/crdt-schema/annotation'
import type { EntryKey } from '@consilium/crdt-schema/entry'
import { distance, type Vec3 } from '@consilium/geometry/vec3'
import { capital, count, moment, timeOfDay } from '../../../format.ts'

export interface CreditLine {
  /** "Label", "2 vertices", "“round, smooth”". */
  readonly title: string
  readonly credit: Credit
}

/** What people set with one answer each; the rest is never set twice. */
const FIELDS = ['label', 'certainty', 'confidence', 'retired'] as const

export function creditLines(blame: Blame, annotation: Annotation): readonly CreditLine[] {
  const drawn = shapeLines(blame, annotation)
  const fields = FIELDS.flatMap((field): CreditLine[] => {
    const credit = blame.fields[field]
    // Nobody made what was never said.
    return credit && annotation[field] !== null && annotation[field] !== ''
      ? [{ title: field === 'retired' ? 'Deletion' : capital(field), credit }]
      : []
  })
  return [...drawn, ...fields, ...textLines(blame, annotation.reasoning)]
}

/** Vertices of one revision together, in drawing order of their first. */
function shapeLines({ vertices }: Blame, annotation: Annotation): CreditLine[] {
  const byRevision = new Map<number, { credit: Credit; n: number }>()
  for (const { key } of annotation.vertices) {
    const credit = vertices[key]
    if (!credit) continue
    const known = byRevision.get(credit.seq)
    if (known) known.n += 1
    else byRevision.set(credit.seq, { credit, n: 1 })
  }
  const all = annotation.vertices.length
  return [...byRevision.values()].map(({ credit, n }) => ({
    title: n === all ? 'Shape' : count(n, 'vertex', 'vertices'),
    credit,
  }))
}

/** Longest piece of a text that is quoted, characters. */
const QUOTED = 60

function textLines({ texts }: Blame, text: string): CreditLine[] {
  let at = 0
  return (texts.reasoning ?? []).flatMap((run) => {
    const piece = text.slice(at, at + run.length)
    at += run.length
    if (piece.trim() === '') return []
    const quoted = piece.length > QUOTED ? `${piece.slice(0, QUOTED)}…` : piece
    return [{ title: `“${quoted.trim()}”`, credit: run }]
  })
}

export interface PointedVertex {
  readonly annotation: EntryKey
  readonly key: string
  /** From 1, in drawing order. */
  readonly place: number
}

/** The vertex nearest to a point, no farther from it than `reachMm`. */
export function vertexNear(
  annotations: readonly Annotation[],
  point: Vec3,
  reachMm: number,
): PointedVertex | null {
  let found: PointedVertex | null = null
  let least = reachMm
  for (const { id, vertices } of annotations) {
    vertices.forEach(({ key, at }, index) => {
      const away = distance(at, point)
      if (away > least) return
      least = away
      found = { annotation: id, key, place: index + 1 }
    })
  }
  return found
}

/** Role and qualification, as they were then. */
export const asWhom = ({ role, credential }: Writer): string =>
  [capital(role ?? 'administrator'), credential].filter(Boolean).join(' · ')

/** To the second today, with the day before that. */
export function whenWords(at: number, now: number): string {
  const day = moment(at, now)
  return /^\d\d:\d\d$/.test(day) ? timeOfDay(at) : day
}
