/** Shapes as lines in the patient: what each kind says of itself, asked once per annotation. */
import type { Annotation } from '@consilium/crdt-schema/annotation'
import { kindOf } from '@consilium/crdt-schema/kinds'
import { planeDrawn } from '../overlay/meets.ts'
import type { SeriesFrames } from '../panes/series.ts'
import type { SceneAnnotation } from '../stage/scene.ts'
import type { VolumeLine } from './lines.ts'

/** Beyond, a volume would be hidden by its shapes, and turning it would wait for them. */
const MOST = 1000

const known = new WeakMap<Annotation, readonly Omit<VolumeLine, 'colour'>[]>()

/** The newest shapes of a series, as many as can be told apart. */
export const linesOf = (series: SeriesFrames, annotations: readonly SceneAnnotation[]): VolumeLine[] =>
  annotations
    .slice(-MOST)
    .flatMap(({ annotation, colour }) => contoursOf(series, annotation).map((line) => ({ ...line, colour })))

function contoursOf(series: SeriesFrames, annotation: Annotation): readonly Omit<VolumeLine, 'colour'>[] {
  let lines = known.get(annotation)
  if (!lines) {
    const { source, kind, vertices } = annotation
    const points = vertices.map(({ at }) => at)
    const taken = series.planes[source.frame] ?? series.planes[0]
    const plane = taken && planeDrawn({ normal: source.normal, points }, taken)
    lines = plane && points.length > 0 ? kindOf(kind).contours(points, plane) : []
    known.set(annotation, lines)
  }
  return lines
}
