/** Two versions of a shape: which vertices came, went and moved how far, and what that did to its area and length. */
import { normalOf, type Plane } from '@consilium/geometry/plane'
import { areaOf } from '@consilium/geometry/polygon'
import { cross, distance, dot, length, normalize, type Vec3 } from '@consilium/geometry/vec3'
import type { Annotation } from '../annotation.ts'
import { kindOf } from '../kinds/all.ts'
import type { Measure } from '../kinds/kind.ts'
import type { BeforeAfter, GeometryDifference } from './difference.ts'
import { isEqual } from './equal.ts'

/** Unit vectors along the rows and the columns of the pictures of a series; null where they are not known. */
export type AxesOf = (series: string) => Pick<Plane, 'row' | 'column'> | null

/** Null where the shape stayed. Without axes the area is told only of kinds whose area is the same along all of them. */
export function shapeBetween(
  before: Annotation | null,
  after: Annotation | null,
  axesOf: AxesOf = () => null,
): GeometryDifference | null {
  const [old, fresh] = [verticesOf(before), verticesOf(after)]
  const removed = [...old.values()].filter(({ key }) => !fresh.has(key))
  const added = [...fresh.values()].filter(({ key }) => !old.has(key))
  const moved = [...fresh.values()].flatMap(({ key, at }) => {
    const was = old.get(key)?.at
    return was && !isEqual(was, at) ? [{ key, before: was, after: at, byMm: distance(was, at) }] : []
  })
  if (removed.length + added.length + moved.length === 0) return null
  return {
    added,
    removed,
    moved,
    areaMm2: measured(before, after, (one) => areaIn(one, axesOf)),
    lengthMm: measured(before, after, (one) => measureOf(one, 'length')),
  }
}

const verticesOf = (one: Annotation | null) => new Map(one?.vertices.map((vertex) => [vertex.key, vertex]))

function measured(
  before: Annotation | null,
  after: Annotation | null,
  measure: (one: Annotation) => number | null,
): BeforeAfter | null {
  const values = { before: before && measure(before), after: after && measure(after) }
  return values.before === null && values.after === null ? null : values
}

/** Of what its outline on the picture encloses. */
function areaIn(one: Annotation, axesOf: AxesOf): number | null {
  const { source } = one
  const kind = kindOf(one.kind)
  const axes = axesOf(source.series)
  if (!axes || kind.comparedBy !== 'area' || !isAcross(axes, source.normal)) return measureOf(one, 'area')
  const closed = kind.contours(pointsOf(one), { ...UNPLACED, ...axes }).filter((contour) => contour.closed)
  if (closed.length === 0) return null
  return closed.reduce((sum, { points }) => sum + areaOf(points, source.normal), 0)
}

/** Of the cosine of what may lie between a picture's own normal and the one that was written down with an annotation. */
const NORMAL_TOLERANCE = 1e-3

const isAcross = (axes: Pick<Plane, 'row' | 'column'>, normal: Vec3): boolean =>
  Math.abs(Math.abs(dot(normalOf(axes), normal)) - 1) < NORMAL_TOLERANCE

const pointsOf = (one: Annotation): readonly Vec3[] => one.vertices.map(({ at }) => at)

function measureOf(one: Annotation, name: Measure['name']): number | null {
  const plane = planeAcross(one.source.normal)
  if (!plane) return null
  const measures = kindOf(one.kind).measures(pointsOf(one), plane)
  return measures.find((measure) => measure.name === name)?.value ?? null
}

const UNPLACED = { origin: [0, 0, 0], columnSpacing: 1, rowSpacing: 1 } as const

/** Axes of any picture with this normal: what `measures` calls area and length is the same along all of them. */
function planeAcross(normal: Vec3): Plane | null {
  if (!(length(normal) > 0)) return null
  const least = Math.min(...normal.map(Math.abs))
  const [x, y] = normal.map((n) => Math.abs(n) === least)
  const column = normalize(cross(normal, x ? [1, 0, 0] : y ? [0, 1, 0] : [0, 0, 1]))
  const row = normalize(cross(column, normal))
  return { ...UNPLACED, row, column }
}
