/**
 * What the pixels inside or along an annotation hold, from the series in memory: again whenever its shape or what has arrived changes. Where
 * there is nothing to tell it is the sentence that says why.
 */
import type { Annotation } from '@consilium/crdt-schema/annotation'
import type { KindName } from '@consilium/crdt-schema/kinds'
import { areParallel } from '@consilium/geometry/across'
import { normalOf } from '@consilium/geometry/plane'
import { distance } from '@consilium/geometry/vec3'
import type { SpacingAt } from '@consilium/viewer/lengths'
import { lineOf, type Profile, profileOn } from '@consilium/viewer/profile'
import { enclosesValues, type Roi, type RoiDrawn, roiOn, roiWhileDrawn } from '@consilium/viewer/roi'
import { COMING, type Sheet, sheetFor } from '@consilium/viewer/sheet'
import type { Desk } from '../state/desk.ts'
import { type Lying, planeOf, scaleFor } from '../state/measures.ts'
import type { PaneDraft } from '../state/panes.ts'

const SLAB = 'A slab is shown, and what it shows lies at no single place: values are told of single planes.'
const NOT_OPEN = 'The series it was drawn on is not open.'

/** With the place where its lengths and areas hold. */
export type InScale<Told> = Told & { readonly at: SpacingAt }

/** Null where the kind has no inside. */
export function roiOf(desk: Desk, annotation: Annotation): InScale<Roi> | string | null {
  const { kind } = annotation
  if (!enclosesValues(kind)) return null
  return areaInScale(
    desk,
    kind,
    annotation,
    told(desk, annotation, (sheet, plane, points) => roiOn(sheet, kind, points, plane)),
  )
}

/** Null where the kind has no line. */
export function profileOf(desk: Desk, annotation: Annotation): InScale<Profile> | string | null {
  const { kind } = annotation
  const plane = planeOf(desk, annotation)
  const scale = scaleFor(desk, kind, annotation)
  const line = plane && lineOf(kind, pointsOf(annotation), plane)
  const scaled = plane && scale && lineOf(kind, scale.points, plane)
  if (!line || !scaled) return null
  const found = told(desk, annotation, (sheet) => profileOn(sheet, line))
  if (typeof found === 'string') return found
  const times = distance(...scaled) / distance(...line)
  return { ...found, places: found.places.map((place) => place * times), at: scale.at }
}

type Draft = PaneDraft['draft']

/** Of a shape in the hand; null where its kind has no inside, or nothing can be told of it. */
export function valuesDrawn(
  desk: Desk,
  series: string,
  { kind, frame, normal, points }: Draft,
): InScale<RoiDrawn> | null {
  if (!enclosesValues(kind)) return null
  const drawn = { source: { series, frame, normal }, vertices: points.map((at) => ({ at })) }
  const found = told(desk, drawn, (sheet, plane) => roiWhileDrawn(sheet, kind, points, plane))
  // Once it is made a sentence says why.
  if (found === null || typeof found === 'string') return null
  const scaled = areaInScale(desk, kind, drawn, found)
  return typeof scaled === 'string' ? null : scaled
}

/** Pixels count as large as the shape's own scale says. */
function areaInScale<Told extends RoiDrawn>(
  desk: Desk,
  kind: KindName,
  lying: Lying,
  found: Told | string,
): InScale<Told> | string {
  if (typeof found === 'string') return found
  const scale = scaleFor(desk, kind, lying)
  return scale ? { ...found, area: found.area * scale.area, at: scale.at } : NOT_OPEN
}

const pointsOf = ({ vertices }: Lying) => vertices.map(({ at }) => at)

function told<Told>(
  desk: Desk,
  annotation: Lying,
  tell: (sheet: Sheet, plane: Sheet['plane'], points: ReturnType<typeof pointsOf>) => Told | string,
): Told | string {
  const { source } = annotation
  const opened = desk.series.of(source.series)
  const frames = opened?.frames()
  const plane = planeOf(desk, annotation)
  if (!opened || !frames || !plane) return NOT_OPEN
  if (isInSlab(desk, annotation)) return SLAB
  const points = pointsOf(annotation)
  const sheet = sheetFor(frames, source, points)
  if (typeof sheet !== 'string') return tell(sheet, plane, points)
  // Asked again with each pack that arrives.
  if (sheet === COMING) opened.progress()
  return sheet
}

/** The pane in use shows it in a slab along its own plane. */
function isInSlab({ series, panes }: Desk, { source }: Lying): boolean {
  const pane = panes.active()
  const shown = panes.planes()[pane]
  return (
    panes.slicing(pane).slab !== undefined &&
    series.in(pane)?.id === source.series &&
    Boolean(shown) &&
    areParallel(normalOf(shown as NonNullable<typeof shown>), source.normal)
  )
}
