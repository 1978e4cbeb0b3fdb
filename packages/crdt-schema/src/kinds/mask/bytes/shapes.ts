/** What is painted, as bytes after the segment: see the table of kinds in heads.ts. */
import { GRID_LIMITS } from '@consilium/geometry/raster/grid'
import type { Axis, Ball, Masked, Polygon, Shape, Stroke } from '@consilium/geometry/raster/shape'
import type { Head } from './heads.ts'
import { MalformedAct } from './malformed.ts'
import { readPoints, writePoints } from './points.ts'
import { readRows, writeRows } from './rows.ts'
import type { ByteSink, ByteSource } from './varint.ts'

const RADIUS_STEP = GRID_LIMITS.radiusStepUm
const MOST_INT32 = 2 ** 31 - 1

const MASKED = { stroke: 'maskedStroke', ball: 'maskedBall', slab: 'maskedSlab' } as const

const brushKind = (brush: Stroke | Ball): 'stroke' | 'ball' | 'slab' =>
  brush.shape === 'stroke' ? 'stroke' : brush.slab ? 'slab' : 'ball'

/** What the first byte says of a shape. */
export function shapeHead(shape: Shape): Omit<Head, 'value'> {
  if (shape.shape === 'masked') {
    const base = shapeHead(shape.base)
    return { ...base, kind: MASKED[brushKind(shape.base)] }
  }
  return {
    kind: shape.shape === 'ball' ? brushKind(shape) : shape.shape,
    square: shape.shape === 'stroke' && shape.square,
    axis: shape.shape === 'stroke' || shape.shape === 'polygon' ? shape.axis : 0,
  }
}

export function writeShape(shape: Shape, to: ByteSink): void {
  switch (shape.shape) {
    case 'stroke':
      to.varint(shape.slice)
      to.varint(shape.radiusUm / RADIUS_STEP)
      return writePoints(shape.points, to)
    case 'ball':
      to.varint(shape.radiusUm / RADIUS_STEP)
      for (const vector of [shape.origin, shape.u, shape.v, shape.normal]) vector.forEach((n) => to.signed(n))
      return writePoints(shape.points, to)
    case 'polygon':
      to.varint(shape.slice)
      return writePoints(shape.points, to)
    case 'runs':
      return writeRows(shape.rows, to)
    case 'masked':
      writeShape(shape.base, to)
      to.varint(shape.keep.length)
      return shape.keep.forEach((n) => to.varint(n))
  }
}

export function readShape({ kind, square, axis }: Head, from: ByteSource): Shape {
  switch (kind) {
    case 'stroke':
      return readStroke(square, axis, from)
    case 'ball':
    case 'slab':
      return readBall(kind === 'slab', from)
    case 'polygon':
      return readPolygon(axis, from)
    case 'runs':
      return { shape: 'runs', rows: readRows(from) }
    case 'maskedStroke':
      return readMasked(readStroke(square, axis, from), from)
    case 'maskedBall':
    case 'maskedSlab':
      return readMasked(readBall(kind === 'maskedSlab', from), from)
    default:
      throw new MalformedAct('It paints nothing.')
  }
}

function readStroke(square: boolean, axis: number, from: ByteSource): Stroke {
  const slice = from.varint()
  const radiusUm = from.varint() * RADIUS_STEP
  return { shape: 'stroke', axis: axisOf(axis), slice, square, radiusUm, points: readPoints(from) }
}

function readPolygon(axis: number, from: ByteSource): Polygon {
  const slice = from.varint()
  return { shape: 'polygon', axis: axisOf(axis), slice, points: readPoints(from) }
}

function readBall(slab: boolean, from: ByteSource): Ball {
  const radiusUm = from.varint() * RADIUS_STEP
  const vector = () => [from.signed(), from.signed(), from.signed()] as const
  const [origin, u, v, normal] = [vector(), vector(), vector(), vector()]
  return { shape: 'ball', slab, radiusUm, origin, u, v, normal, points: readPoints(from) }
}

function readMasked(base: Stroke | Ball, from: ByteSource): Masked {
  const keep = new Int32Array(from.count())
  for (let i = 0; i < keep.length; i++) {
    const length = from.varint()
    if (length > MOST_INT32) throw new MalformedAct('A length is larger than any stroke.')
    keep[i] = length
  }
  return { shape: 'masked', base, keep }
}

function axisOf(axis: number): Axis {
  if (axis !== 0 && axis !== 1 && axis !== 2) throw new MalformedAct('A slice lies across x, y or z.')
  return axis
}
