import type { Axis } from './raster/shape.ts'

/** Every way in which three axes can stand for three others. */
export const AXIS_ORDERS: readonly (readonly [Axis, Axis, Axis])[] = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
]
