import type { Grid } from '@consilium/geometry/raster/grid'
import { createRasteriser } from '@consilium/geometry/raster/rasteriser'
import type { Ball, Stroke as Brush, Shape } from '@consilium/geometry/raster/shape'
import { describe, expect, it } from 'vitest'
import { around, NOWHERE, type Rect } from './rect.ts'
import { sliceSheet } from './slice.ts'
import { type StrokeSoFar, Strokes } from './strokes.ts'

const grid: Grid = { size: [64, 48, 5], spacingUm: [700, 700, 1_250] }
const plane = {
  origin: [0, 0, 0],
  row: [1, 0, 0],
  column: [0, 1, 0],
  columnSpacing: 0.7,
  rowSpacing: 0.7,
} as const
const sheet = sliceSheet({ axis: 2, index: 2, sheet: plane }, grid)
const strokesOn = (): Strokes => new Strokes(sheet, grid, createRasteriser(grid))

const BRUSH = { shape: 'stroke', axis: 2, slice: 2, square: false, radiusUm: 1_400 } as const
const BALL = {
  shape: 'ball',
  slab: false,
  radiusUm: 1_400,
  origin: [0, 0, 8],
  u: [1024, 0, 0],
  v: [0, 1024, 0],
  normal: [0, 0, 1],
} as const
const along = (brush: Omit<Brush, 'points'> | Omit<Ball, 'points'>, ...points: number[]): Shape => ({
  ...brush,
  points: Int32Array.from(points),
})
const theirs = (shape: Shape): StrokeSoFar => ({
  id: 'theirs',
  segment: 'a',
  value: 1,
  parts: [shape],
  by: 'red',
})

/** What a list of strokes becomes: the pixels, and around all that was told to look different. */
function become(strokes: Strokes, ...now: StrokeSoFar[]): { bits: string; told: Rect } {
  let told = NOWHERE
  strokes.become(now, (rect) => {
    told = around(told, rect)
  })
  return { bits: strokes.all.map(({ bits }) => bits.join('')).join('|'), told }
}

describe('a stroke that somebody else makes', () => {
  it.each([BRUSH, BALL])(
    '[M91] comes whole each time, and only what it grew by is drawn: $shape',
    (brush) => {
      const kept = strokesOn()
      become(kept, theirs(along(brush, 40, 40)))
      become(kept, theirs(along(brush, 40, 40, 80, 44)))
      const longer = theirs(along(brush, 40, 40, 80, 44, 160, 60))
      const { bits, told } = become(kept, longer)
      expect(bits).toBe(become(strokesOn(), longer).bits)
      expect(bits).toContain('1')
      // Less one brush of what was there before.
      expect(told.x0).toBeGreaterThan(80 / 4 - 4)
      expect(told.x1).toBeGreaterThan(160 / 4)
    },
  )

  it.each([
    ['with another way', along(BRUSH, 40, 44, 80, 44, 120, 60)],
    ['shorter than before', along(BRUSH, 40, 40)],
    ['with another brush', along({ ...BRUSH, radiusUm: 700 }, 40, 40, 80, 44, 90, 44)],
    ['as a ball', along(BALL, 40, 40, 80, 44, 120, 60)],
  ])('[M91] is drawn anew where it comes %s', (_, other) => {
    const kept = strokesOn()
    become(kept, theirs(along(BRUSH, 40, 40, 80, 44)))
    const { bits, told } = become(kept, theirs(other))
    expect(bits).toBe(become(strokesOn(), theirs(other)).bits)
    expect(told.x0).toBeLessThanOrEqual(40 / 4 - 1)
  })
})
