import { type Grid, wholeGrid } from '@consilium/geometry/raster/grid'
import { createRasteriser } from '@consilium/geometry/raster/rasteriser'
import type { Shape } from '@consilium/geometry/raster/shape'
import { describe, expect, it } from 'vitest'
import { slicedAs } from '../../panes/reformat/slicings.ts'
import { madeVolume } from '../../testing/volume.ts'
import { chosenByValue, thinnedTo } from './chosen.ts'

const grid: Grid = { size: [20, 16, 6], spacingUm: [1000, 1000, 2000] }
const value = (x: number, y: number, z: number): number => ((x * 7 + y * 13 + z * 29) % 50) - 20
const volume = madeVolume({
  row: [1, 0, 0],
  column: [0, 1, 0],
  step: [0, 0, 2],
  origin: [0, 0, 0],
  columns: 20,
  rows: 16,
  slices: 6,
  columnSpacing: 1,
  rowSpacing: 1,
  // Slopes differ from slice to slice, as in PET; moment 1 is the picture that is looked at.
  storedAt: ([x, y, z], _at, frame) => (frame < 6 ? 0 : Math.round(value(x, y, z) / (1 + z))),
  meta: {
    slices: 6,
    moments: 2,
    frames: 12,
    rescales: Array.from({ length: 12 }, (_, frame) => ({ slope: 1 + (frame % 6), intercept: 0 })),
  },
  missing: new Set([6 + 4]),
})
const coronal = slicedAs(volume, { kind: 'coronal' })
if (typeof coronal === 'string') throw new Error(coronal)
const rasterise = createRasteriser(grid)
const voxels = (shape: Shape): string[] => {
  const found: string[] = []
  rasterise(shape, wholeGrid(grid), (z, y, x0, x1) => {
    for (let x = x0; x < x1; x++) found.push([x, y, z].join())
  })
  return found
}
const ball = {
  shape: 'ball',
  slab: false,
  radiusUm: 4_000,
  origin: [40, 32, 14],
  u: [1000, 0, 0],
  v: [0, 1000, 0],
  normal: [0, 0, 1],
  points: Int32Array.of(-4, 3, 12, 9),
} as const

describe('[M93] the threshold brush', () => {
  it.each([
    ['as taken', volume, 6],
    ['coronal', coronal, coronal.meta.slices + 3],
  ] as const)(
    '%s: paints what it covers where the value lies in the range, and is here',
    (_name, series, frame) => {
      const range = { min: -5, max: 9 }
      const thinned = thinnedTo(chosenByValue(series, frame, range), ball, grid, rasterise)
      const expected = voxels(ball).filter((voxel) => {
        const [x = 0, y = 0, z = 0] = voxel.split(',').map(Number)
        const shown = Math.round(value(x, y, z) / (1 + z)) * (1 + z)
        return z !== 4 && shown >= range.min && shown <= range.max
      })
      expect(expected.length).toBeGreaterThan(30)
      expect(expected.length).toBeLessThan(voxels(ball).length)
      expect(thinned && voxels(thinned)).toEqual(expected)
    },
  )
  it('makes nothing where no value lies in it', () => {
    expect(thinnedTo(chosenByValue(volume, 6, { min: 500, max: 600 }), ball, grid, rasterise)).toBeNull()
  })
})
