/** What is refused of a shape, and that what is not refused costs little. */
import { describe, expect, it } from 'vitest'
import { faultOf } from './fault.ts'
import { GRID_LIMITS, type Grid, wholeGrid } from './grid.ts'
import { workOf } from './limits.ts'
import { createRasteriser } from './rasteriser.ts'
import type { Ball, Masked, Polygon, Runs, Shape, Stroke } from './shape.ts'

const GRID: Grid = { size: [512, 512, 300], spacingUm: [700, 700, 1250] }

const stroke: Stroke = {
  shape: 'stroke',
  axis: 2,
  slice: 0,
  square: false,
  radiusUm: 5000,
  points: Int32Array.of(8, 8, 80, 80),
}
const ball: Ball = {
  shape: 'ball',
  slab: true,
  radiusUm: 5000,
  origin: [0, 0, 0],
  u: [1000, 0, 0],
  v: [0, 1000, 0],
  normal: [0, 0, 1],
  points: Int32Array.of(8, 8),
}
const polygon: Polygon = { shape: 'polygon', axis: 2, slice: 0, points: Int32Array.of(0, 0, 40, 0, 40, 40) }
const runs = (...rows: number[]): Runs => ({ shape: 'runs', rows: Int32Array.from(rows) })
const masked = (...keep: number[]): Masked => ({ shape: 'masked', base: stroke, keep: Int32Array.from(keep) })

const REFUSED: readonly (readonly [string, Shape, string])[] = [
  ['a slice below the first', { ...stroke, slice: -1 }, 'none of this volume'],
  ['a slice above the last', { ...polygon, slice: 300 }, 'none of this volume'],
  ['an axis that is none', { ...stroke, axis: 3 as 2 }, 'lies across'],
  ['a radius between steps', { ...stroke, radiusUm: 5050 }, 'steps of 0.1 mm'],
  ['a radius that is too large', { ...ball, radiusUm: 100_100 }, 'at most 100 mm'],
  ['a negative radius', { ...ball, radiusUm: -100 }, 'at most 100 mm'],
  ['a stroke without points', { ...stroke, points: Int32Array.of() }, 'has a point'],
  ['half a point', { ...stroke, points: Int32Array.of(1, 2, 3) }, 'two coordinates'],
  ['a polygon of two corners', { ...polygon, points: Int32Array.of(1, 2, 3, 4) }, '3 corners'],
  ['a point far away', { ...stroke, points: Int32Array.of(0, GRID_LIMITS.place + 1) }, 'far outside'],
  ['an origin far away', { ...ball, origin: [0, 0, -GRID_LIMITS.place - 1] }, 'far outside'],
  ['a plane of fractions', { ...ball, u: [0.5, 0, 0] }, 'whole numbers'],
  ['a plane of huge numbers', { ...ball, v: [0, 0, 1001] }, 'whole numbers'],
  ['a plane without a direction', { ...ball, normal: [0, 0, 0] }, 'has a direction'],
  ['no rows', runs(), 'four numbers'],
  ['half a row', runs(0, 0, 0), 'four numbers'],
  ['a row outside', runs(0, 0, 500, 513), 'within the volume'],
  ['a row of a slice outside', runs(300, 0, 0, 1), 'within the volume'],
  ['an empty row', runs(0, 0, 4, 4), 'a voxel at least'],
  ['rows out of order', runs(0, 1, 0, 1, 0, 0, 0, 1), 'in order'],
  ['rows that touch', runs(0, 0, 0, 4, 0, 0, 4, 5), 'do not touch'],
  ['nothing kept', masked(), 'something is kept'],
  ['a length of nothing', masked(3, 0, 4), 'above zero'],
  ['a fault of what is masked', { ...masked(1), base: { ...stroke, slice: 999 } }, 'none of this volume'],
  [
    'a line across everything with a huge ball',
    { ...ball, radiusUm: 100_000, points: Int32Array.of(0, 0, 2000, 2000) },
    'more at once',
  ],
]

describe('a shape is refused in one sentence', () => {
  it.each(REFUSED)('[M6] for %s', (_, shape, sentence) => {
    expect(faultOf(shape, GRID)).toContain(sentence)
  })

  it('[M6] and not for being what it may be', () => {
    const sound = [stroke, ball, polygon, runs(0, 0, 0, 4, 0, 0, 5, 6, 0, 2, 0, 1), masked(0, 3), masked(5)]
    expect(sound.map((shape) => faultOf(shape, GRID))).toEqual(sound.map(() => null))
    expect(faultOf({ ...stroke, radiusUm: 0 }, GRID)).toBeNull()
    expect(faultOf({ ...ball, radiusUm: 50_000, points: Int32Array.of(0, 0, 100, 100) }, GRID)).toBeNull()
  })
})

describe('work', () => {
  it('[M6] is known from the points alone, and grows with what a shape makes a machine do', () => {
    const more = { ...stroke, points: Int32Array.of(8, 8, 800, 800) }
    expect(workOf(more, GRID)).toBeGreaterThan(9 * workOf(stroke, GRID))
    expect(workOf({ ...stroke, radiusUm: 50_000 }, GRID)).toBeGreaterThan(30 * workOf(stroke, GRID))
    expect(workOf({ ...stroke, square: true }, GRID)).toBeGreaterThan(workOf(stroke, GRID))
    // Also where nothing of it lies in the volume.
    expect(workOf({ ...more, points: more.points.map((n) => n - 60_000) }, GRID)).toBe(workOf(more, GRID))
  })

  it('[M6] that is barely allowed is done', () => {
    const points = Int32Array.from({ length: 58 }, (_, i) => 400 + 20 * (i >>> 1) * (i % 2))
    const huge: Ball = { ...ball, slab: false, radiusUm: 50_000, origin: [600, 0, 600], points }
    expect(faultOf(huge, GRID)).toBeNull()
    expect(workOf(huge, GRID)).toBeGreaterThan(GRID_LIMITS.work * 0.75)
    let voxels = 0
    createRasteriser(GRID)(huge, wholeGrid(GRID), (_z, _y, x0, x1) => {
      voxels += x1 - x0
    })
    expect(voxels).toBeGreaterThan(1_000_000)
  })
})
