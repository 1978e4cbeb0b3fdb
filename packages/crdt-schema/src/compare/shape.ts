/** Two versions of a shape: which vertices came, went and moved how far, and what that did to its area and length. */
import { axesAcross } from '@consilium/geometry/across'
import { normalOf, type Plane } from '@consilium/geometry/plane'
import { areaOf } from '@consilium/geometry/polygon'
import { cross, distance, dot, length, normalize, type Vec3 } from '@consilium/geometry/vec3'
import type { Annotation } from '../annotation.ts'
import { kindOf } from '../kinds/all.ts'
import type { Measure } from '../kinds/kind.ts'
import type { BeforeAfter, GeometryDifference, MeasureDifference } from './difference.ts'
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
    measures: measuresBetween(before, after, axesOf),
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

/** What both versions measure; of one that came or went, that one's. Without axes nothing is told that goes along them. */
function measuresBetween(
  before: Annotation | null,
  after: Annotation | null,
  axesOf: AxesOf,
): MeasureDifference[] {
  const [old, fresh] = [measuresIn(before, axesOf), measuresIn(after, axesOf)]
  const names = new Map([...old, ...fresh].map(({ name, unit }) => [name, unit]))
  const valueIn = (list: readonly Measure[], wanted: string): number | null =>
    list.find(({ name }) => name === wanted)?.value ?? null
  return [...names].map(([name, unit]) => ({
    name,
    unit,
    before: valueIn(old, name),
    after: valueIn(fresh, name),
  }))
}

const ALONG_AXES: ReadonlySet<Measure['name']> = new Set(['width', 'height'])

function measuresIn(one: Annotation | null, axesOf: AxesOf): readonly Measure[] {
  const picture = one && axesOf(one.source.series)
  const plane = one && (picture ? planeDrawn(one.source.normal, picture) : planeAcross(one.source.normal))
  if (!one || !plane) return []
  const measures = kindOf(one.kind).measures(pointsOf(one), plane)
  return picture ? measures : measures.filter(({ name }) => !ALONG_AXES.has(name))
}

/** Of what its outline on the picture encloses; asked of the outline itself where the kind does not say it. */
function areaIn(one: Annotation, axesOf: AxesOf): number | null {
  const { source } = one
  const kind = kindOf(one.kind)
  const axes = axesOf(source.series)
  const said = measureOf(one, 'area')
  if (said !== null || !axes || kind.comparedBy !== 'area' || !isAcross(axes, source.normal)) return said
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

/** The plane it was drawn in, in a volume whose pictures lie so. */
const planeDrawn = (normal: Vec3, picture: Pick<Plane, 'row' | 'column'>): Plane | null =>
  length(normal) > 0 ? { ...UNPLACED, ...axesAcross(normal, picture) } : null

/** Axes of any picture with this normal: what `measures` calls area and length is the same along all of them. */
function planeAcross(normal: Vec3): Plane | null {
  if (!(length(normal) > 0)) return null
  const least = Math.min(...normal.map(Math.abs))
  const [x, y] = normal.map((n) => Math.abs(n) === least)
  const column = normalize(cross(normal, x ? [1, 0, 0] : y ? [0, 1, 0] : [0, 0, 1]))
  const row = normalize(cross(column, normal))
  return { ...UNPLACED, row, column }
}
