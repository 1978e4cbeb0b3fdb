/** Smoothing: what it keeps, what it takes, and that it is the Gaussian it says. */
import { expect, it } from 'vitest'
import { wholeGrid } from '../raster/grid.ts'
import { VoxelLimit } from './limit.ts'
import { volumeOf } from './measure.ts'
import { holds, NOTHING, regionOfRuns, runsOf } from './region.ts'
import { smoothed } from './smooth.ts'
import { ballIn, gridOf, noise, regionWhere } from './testing/regions.ts'
import { finish } from './work.ts'

it('[M76] stays where more than half of a Gaussian in mm is inside', () => {
  const grid = gridOf([9, 8, 7], [1000, 800, 2500])
  const mm = 1.1
  const weigh = (d: number, axis: 0 | 1 | 2): number => {
    const sigma = (mm * 1000) / grid.spacingUm[axis]
    return Math.abs(d) <= Math.ceil(3 * sigma) ? Math.exp(-(d * d) / (2 * sigma * sigma)) : 0
  }
  const edge = (at: number, size: number): number => Math.max(0, Math.min(size - 1, at))
  for (const share of [0.2, 0.5, 0.6]) {
    const region = noise(wholeGrid(grid), share, share * 100)
    const expected = regionWhere(wholeGrid(grid), (x, y, z) => {
      let [inside, all] = [0, 0]
      for (let dz = -6; dz <= 6; dz++)
        for (let dy = -6; dy <= 6; dy++)
          for (let dx = -6; dx <= 6; dx++) {
            const weight = weigh(dx, 0) * weigh(dy, 1) * weigh(dz, 2)
            all += weight
            if (holds(region, edge(x + dx, 9), edge(y + dy, 8), edge(z + dz, 7))) inside += weight
          }
      return inside / all > 0.5
    })
    expect(runsOf(finish(smoothed(region, mm, grid)))).toEqual(runsOf(expected))
  }
})

it('[M76] a flat wall stays, a voxel on it goes, a hole in it is filled', () => {
  const grid = gridOf([12, 12, 12])
  const wall = regionWhere(wholeGrid(grid), (x) => x < 6)
  const rough = regionWhere(
    wholeGrid(grid),
    (x, y, z) => (x < 6 && !(x === 3 && y === 5 && z === 5)) || (x === 6 && y === 6 && z === 6),
  )
  expect(runsOf(finish(smoothed(wall, 1.5, grid)))).toEqual(runsOf(wall))
  expect(runsOf(finish(smoothed(rough, 1, grid)))).toEqual(runsOf(wall))
})

it('[M76] a ball keeps its volume to 2 %', () => {
  const grid = gridOf([60, 60, 40], [700, 700, 1250])
  const ball = runsOf(ballIn(grid, [30, 30, 20], 15))
  const { ml } = volumeOf(ball, grid)
  const after = volumeOf(runsOf(finish(smoothed(regionOfRuns(ball), 1, grid))), grid)
  expect(Math.abs(after.ml / ml - 1)).toBeLessThan(0.02)
})

it('[M76] by nothing it stays as it is; nothing stays nothing', () => {
  const grid = gridOf([9, 8, 7])
  const region = noise(wholeGrid(grid), 0.4, 3)
  expect(runsOf(finish(smoothed(region, 0, grid)))).toEqual(runsOf(region))
  expect(finish(smoothed(NOTHING, 2, grid))).toBe(NOTHING)
})

it('[M72] smoothing by too much is refused in a sentence', () => {
  const grid = gridOf([9, 8, 7])
  const region = noise(wholeGrid(grid), 0.4, 3)
  for (const mm of [10.1, -1, Number.NaN])
    expect(() => finish(smoothed(region, mm, grid))).toThrow(new VoxelLimit('Smoothing is by at most 10 mm.'))
})

it('[M117] it says how far it is also while it looks at what is inside, and never less than before', () => {
  const grid = gridOf([9, 8, 7])
  const told = [...smoothed(noise(wholeGrid(grid), 0.4, 3), 1, grid)]
  expect(told).toEqual(told.toSorted((a, b) => a - b))
  expect(told.filter((share) => share >= 0.75)).toHaveLength(7)
})
