/**
 * A shape that is too much for one act, in parts that each fit one: together they cover the same voxels, and in one group they are one act to
 * whoever paints and takes back. A line is cut at a point; what cannot be cut becomes the rows that it covers.
 */
import { formFault } from '@consilium/geometry/raster/fault'
import { GRID_LIMITS, type Grid, wholeGrid } from '@consilium/geometry/raster/grid'
import { workOf } from '@consilium/geometry/raster/limits'
import { createRasteriser } from '@consilium/geometry/raster/rasteriser'
import type { Runs, Shape } from '@consilium/geometry/raster/shape'
import { writeAct } from './acts.ts'
import { wrap } from './envelope.ts'
import { ACT_LIMITS } from './limits.ts'

/** Numbers of a row, and of a point. */
const ROW = 4
const POINT = 2
/** For numbers of an act that are longer than those it is measured with. */
const SPARE_BYTES = 24

/** What no cutting makes smaller comes back as it is, and so does what is no shape: `faultOf` says what is wrong with it. */
export const inParts = (shape: Shape, grid: Grid): readonly Shape[] =>
  formFault(shape, grid) === null ? cut(shape, grid) : [shape]

function cut(shape: Shape, grid: Grid): readonly Shape[] {
  if (fits(shape, grid)) return [shape]
  return halves(shape, grid)?.flatMap((half) => cut(half, grid)) ?? [shape]
}

function fits(shape: Shape, grid: Grid): boolean {
  if (workOf(shape, grid) > GRID_LIMITS.work) return false
  const body = { act: 'paint', segment: '', value: 1, shape } as const
  const bytes = writeAct(
    { id: { client: 0, lamport: 1 }, at: 0, group: 1, body },
    { client: 0, startedAt: 0, segments: [''] },
  )
  const most = ACT_LIMITS.bytes - SPARE_BYTES
  return (
    bytes.length <= most ||
    (bytes.length <= ACT_LIMITS.inflatedBytes - SPARE_BYTES && wrap(bytes, 1).length <= most)
  )
}

function halves(shape: Shape, grid: Grid): readonly Shape[] | null {
  switch (shape.shape) {
    case 'stroke':
    case 'ball': {
      const { points } = shape
      if (points.length < 3 * POINT) return null
      const middle = POINT * Math.floor(points.length / POINT / 2)
      // The point in the middle ends one and begins the other, so that the way on both sides is still gone.
      return [
        { ...shape, points: points.slice(0, middle + POINT) },
        { ...shape, points: points.slice(middle) },
      ]
    }
    case 'runs': {
      const { rows } = shape
      if (rows.length < 2 * ROW) return null
      const middle = ROW * Math.floor(rows.length / ROW / 2)
      return [
        { ...shape, rows: rows.slice(0, middle) },
        { ...shape, rows: rows.slice(middle) },
      ]
    }
    case 'polygon':
    case 'masked':
      return [rowsOf(shape, grid)]
  }
}

function rowsOf(shape: Shape, grid: Grid): Runs {
  const rows: number[] = []
  createRasteriser(grid)(shape, wholeGrid(grid), (...row) => rows.push(...row))
  return { shape: 'runs', rows: Int32Array.from(rows) }
}
