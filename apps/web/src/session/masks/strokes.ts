/** A stroke while it is made, as it travels to the others and back. It is no part of the record: what cannot be read, or is too long, is not seen. */
import type { Presence } from '@consilium/contract/live'
import { faultOf } from '@consilium/geometry/raster/fault'
import type { Grid } from '@consilium/geometry/raster/grid'
import type { Ball, Shape, Stroke } from '@consilium/geometry/raster/shape'
import type { Painted } from '@consilium/viewer/scene'

export type SaidStroke = NonNullable<Presence['stroke']>
type SaidShape = SaidStroke['shape']
type SaidBrush = Extract<SaidShape, { shape: 'stroke' | 'ball' }>

/** Numbers of the longest stroke that is shown while it is made: as much as the server passes on. */
const LONGEST = 4_000

/** Null where it is too long. */
export function saidStroke(series: string, { segment, value, shape }: Painted): SaidStroke | null {
  const said = saidShape(shape)
  return said && { series, segment, value, shape: said }
}

/** Null where it is not one that may be painted on this grid. */
export function heardStroke({ segment, value, shape }: SaidStroke, grid: Grid): Painted | null {
  const heard = heardShape(shape)
  return faultOf(heard, grid) === null ? { segment, value, shape: heard } : null
}

function saidShape(shape: Shape): SaidShape | null {
  switch (shape.shape) {
    case 'runs':
      return null
    case 'masked':
      return shape.keep.length + shape.base.points.length > LONGEST
        ? null
        : { shape: 'masked', base: saidBrush(shape.base), keep: [...shape.keep] }
    case 'polygon':
      return shape.points.length > LONGEST ? null : { ...shape, points: [...shape.points] }
    default:
      return shape.points.length > LONGEST ? null : saidBrush(shape)
  }
}

function saidBrush(brush: Stroke | Ball): SaidBrush {
  const points = [...brush.points]
  if (brush.shape === 'stroke') return { ...brush, points }
  const { origin, u, v, normal } = brush
  return { ...brush, origin: [...origin], u: [...u], v: [...v], normal: [...normal], points }
}

function heardShape(shape: SaidShape): Shape {
  if (shape.shape === 'masked')
    return { shape: 'masked', base: heardBrush(shape.base), keep: Int32Array.from(shape.keep) }
  if (shape.shape === 'polygon') return { ...shape, points: Int32Array.from(shape.points) }
  return heardBrush(shape)
}

const heardBrush = (brush: SaidBrush): Stroke | Ball => ({ ...brush, points: Int32Array.from(brush.points) })
