/** What one version of a shape measures. Of a life each version is the later of two and then the earlier: it is measured once. */
import { axesAcross } from '@consilium/geometry/across'
import { normalOf, type Plane } from '@consilium/geometry/plane'
import { areaOf } from '@consilium/geometry/polygon'
import { cross, dot, length, normalize, type Vec3 } from '@consilium/geometry/vec3'
import type { Annotation } from '../annotation.ts'
import { kindOf } from '../kinds/all.ts'
import type { Measure } from '../kinds/kind.ts'

type Axes = Pick<Plane, 'row' | 'column'>

/** Unit vectors along the rows and the columns of the pictures of a series; null where they are not known. */
export type AxesOf = (series: string) => Axes | null

export interface Measured {
  /** Null where the kind has no such measure. Without axes told only of kinds whose area is the same along all of them. */
  readonly area: number | null
  readonly length: number | null
  /** All that the kind measures, in its order. Without axes nothing is told that goes along them. */
  readonly all: readonly Measure[]
}

const known = new WeakMap<AxesOf, WeakMap<Annotation, Measured>>()

export function measuredIn(one: Annotation, axesOf: AxesOf): Measured {
  const kept = known.get(axesOf) ?? new WeakMap<Annotation, Measured>()
  known.set(axesOf, kept)
  const measured = kept.get(one) ?? measure(one, axesOf(one.source.series))
  kept.set(one, measured)
  return measured
}

const ALONG_AXES: ReadonlySet<Measure['name']> = new Set(['width', 'height'])

function measure(one: Annotation, picture: Axes | null): Measured {
  const { normal } = one.source
  const plane = picture ? planeDrawn(normal, picture) : planeAcross(normal)
  const all = plane ? kindOf(one.kind).measures(pointsOf(one), plane) : []
  const valueOf = (wanted: Measure['name']): number | null =>
    all.find(({ name }) => name === wanted)?.value ?? null
  return {
    area: valueOf('area') ?? (picture && areaOutlined(one, picture)),
    length: valueOf('length'),
    all: picture ? all : all.filter(({ name }) => !ALONG_AXES.has(name)),
  }
}

/** Of what its outline on the picture encloses, where the kind itself does not say it. */
function areaOutlined(one: Annotation, picture: Axes): number | null {
  const { normal } = one.source
  const kind = kindOf(one.kind)
  if (kind.comparedBy !== 'area' || !isAcross(picture, normal)) return null
  const closed = kind.contours(pointsOf(one), { ...UNPLACED, ...picture }).filter((contour) => contour.closed)
  if (closed.length === 0) return null
  return closed.reduce((sum, { points }) => sum + areaOf(points, normal), 0)
}

/** Of the cosine of what may lie between a picture's own normal and the one that was written down with an annotation. */
const NORMAL_TOLERANCE = 1e-3

const isAcross = (picture: Axes, normal: Vec3): boolean =>
  Math.abs(Math.abs(dot(normalOf(picture), normal)) - 1) < NORMAL_TOLERANCE

const pointsOf = (one: Annotation): readonly Vec3[] => one.vertices.map(({ at }) => at)

const UNPLACED = { origin: [0, 0, 0], columnSpacing: 1, rowSpacing: 1 } as const

/** The plane it was drawn in, in a volume whose pictures lie so. */
const planeDrawn = (normal: Vec3, picture: Axes): Plane | null =>
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
