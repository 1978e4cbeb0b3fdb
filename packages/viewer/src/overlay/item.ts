/**
 * An annotation or draft as it lies on the screen. What the kind says in patient space is asked once per annotation and kept;
 * per camera only the projection is repeated. All places here are CSS pixels.
 */
import type { Annotation } from '@consilium/crdt-schema/annotation'
import type { Contour } from '@consilium/crdt-schema/kind'
import { type KindName, kindOf } from '@consilium/crdt-schema/kinds'
import type { Plane } from '@consilium/geometry/plane'
import type { Vec3 } from '@consilium/geometry/vec3'
import { markOf } from '../marks/all.ts'
import type { Handle, Symbol } from '../marks/mark.ts'
import { figureOf, type Scaled } from '../measuring/scale.ts'
import { type Camera, type ScreenPoint, type ScreenRect, toScreen } from '../stage/camera.ts'
import { crossings } from './meets.ts'

export interface Outline {
  readonly points: readonly ScreenPoint[]
  readonly closed: boolean
  readonly helping?: boolean | undefined
}

export interface Grip extends ScreenPoint {
  readonly id: string
}

export interface Item {
  readonly id: string
  readonly outlines: readonly Outline[]
  readonly handles: readonly Grip[]
  /** `dot`: where a plane cuts a line. */
  readonly symbol: Symbol | 'dot'
  /** Of outlines and symbol. */
  readonly bounds: ScreenRect
  /** "14.2 mm", or null. */
  readonly figure: string | null
  /** Only where the plane shown cuts it: nothing of it can be moved there. */
  readonly across?: boolean
}

interface Shape {
  readonly contours: readonly Contour[]
  readonly handles: readonly Handle[]
  readonly symbol: Item['symbol']
  readonly figure: string | null
}

/** Half the size of a symbol at a point, CSS pixels. */
export const SYMBOL_REACH = 9

const shapes = new WeakMap<Annotation, Shape>()
/** As each lay on the screen last: whoever scrolls to and fro finds it so again. */
const items = new WeakMap<Annotation, { readonly camera: Camera; readonly item: Item }>()

export function itemOf(annotation: Annotation, plane: Plane, camera: Camera, series: Scaled): Item {
  const known = items.get(annotation)
  if (known?.camera === camera) return known.item
  const item = project(annotation.id, knownShape(annotation, plane, series), camera)
  items.set(annotation, { camera, item })
  return item
}

/** Where the plane `shown` cuts it, for a shape of another plane; `level` as levelIn tells. */
export function acrossItem(
  annotation: Annotation,
  plane: Plane,
  shown: { readonly plane: Plane; readonly level: number },
  camera: Camera,
  series: Scaled,
): Item {
  return cutItem(annotation.id, knownShape(annotation, plane, series), shown, camera)
}

function cutItem(
  id: string,
  shape: Shape,
  { plane, level }: { readonly plane: Plane; readonly level: number },
  camera: Camera,
): Item {
  const contours = shape.contours
    .filter(({ helping }) => !helping)
    .flatMap((contour) => crossings(contour, plane, level))
    .map((points) => ({ points, closed: false }))
  const symbol = contours.some(({ points }) => points.length === 1) ? 'dot' : 'none'
  return { ...project(id, { ...shape, contours, handles: [], symbol }, camera), across: true }
}

function knownShape(annotation: Annotation, plane: Plane, series: Scaled): Shape {
  let shape = shapes.get(annotation)
  if (!shape) {
    const points = annotation.vertices.map((vertex) => vertex.at)
    shape = {
      ...shapeOf(annotation.kind, points, plane, series),
      handles: markOf(annotation.kind).handles(annotation.vertices, plane),
    }
    shapes.set(annotation, shape)
  }
  return shape
}

/** `own`: drawn by this hand, so that a line still being drawn stays open. `shown`: another plane, which only cuts it. */
export function draftItem(
  draft: { readonly id: string; readonly kind: KindName; readonly points: readonly Vec3[] },
  plane: Plane,
  camera: Camera,
  series: Scaled,
  own: boolean,
  shown?: { readonly plane: Plane; readonly level: number },
): Item {
  const shape = shapeOf(draft.kind, draft.points, plane, series)
  if (shown) return cutItem(draft.id, shape, shown, camera)
  const open = own && markOf(draft.kind).openWhileDrawn
  const contours = open ? shape.contours.map((contour) => ({ ...contour, closed: false })) : shape.contours
  return project(draft.id, { ...shape, contours }, camera)
}

function shapeOf(kind: KindName, points: readonly Vec3[], plane: Plane, series: Scaled): Shape {
  const mark = markOf(kind)
  return {
    contours: kindOf(kind).contours(points, plane),
    handles: [],
    symbol: mark.symbol,
    figure: figureOf(series, kind, points, plane),
  }
}

function project(id: string, shape: Shape, camera: Camera): Item {
  const outlines = shape.contours.map((contour) => ({
    points: contour.points.map((at) => toScreen(camera, at)),
    closed: contour.closed,
    helping: contour.helping,
  }))
  const handles = shape.handles.map((handle) => ({ id: handle.id, ...toScreen(camera, handle.at) }))
  const reach = shape.symbol === 'none' || shape.symbol === 'ticks' ? 0 : SYMBOL_REACH
  return {
    id,
    outlines,
    handles,
    symbol: shape.symbol,
    bounds: boundsOf(outlines, reach),
    figure: shape.figure,
  }
}

export function boundsOf(outlines: readonly Outline[], reach: number): ScreenRect {
  let left = Number.POSITIVE_INFINITY
  let top = Number.POSITIVE_INFINITY
  let right = Number.NEGATIVE_INFINITY
  let bottom = Number.NEGATIVE_INFINITY
  for (const { points } of outlines) {
    for (const { x, y } of points) {
      left = Math.min(left, x)
      right = Math.max(right, x)
      top = Math.min(top, y)
      bottom = Math.max(bottom, y)
    }
  }
  if (right < left) return { x: 0, y: 0, width: 0, height: 0 }
  return {
    x: left - reach,
    y: top - reach,
    width: right - left + 2 * reach,
    height: bottom - top + 2 * reach,
  }
}
