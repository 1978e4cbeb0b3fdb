/** Margins and distances against all pairs of voxels, in spacings as CT has them. */
import { expect, it } from 'vitest'
import { type Grid, wholeGrid } from '../raster/grid.ts'
import { squaredDistances } from './distance.ts'
import { VoxelLimit } from './limit.ts'
import type { Shape } from './lines.ts'
import { closed, opened, withMargin } from './margin.ts'
import { holds, NOTHING, type Region, runsOf, within } from './region.ts'
import { bitsOf, gridOf, noise, regionDrawn, regionWhere, vectorsOf } from './testing/regions.ts'
import { finish } from './work.ts'

const SHAPES: readonly (readonly [Grid['size'], Grid['spacingUm']])[] = [
  [
    [11, 9, 7],
    [700, 700, 1250],
  ],
  [
    [9, 9, 5],
    [977, 1021, 4999],
  ],
  [
    [13, 1, 8],
    [333, 10_000, 5000],
  ],
  [
    [1, 12, 12],
    [2000, 1000, 1000],
  ],
]

/** The places of all voxels that are painted, or all that are not. */
function places(region: Region, mark: boolean, { size }: Grid): number[][] {
  const all: number[][] = []
  for (let z = 0; z < size[2]; z++)
    for (let y = 0; y < size[1]; y++)
      for (let x = 0; x < size[0]; x++) if (holds(region, x, y, z) === mark) all.push([x, y, z])
  return all
}

const squaredTo = (from: readonly number[], to: readonly number[], { spacingUm }: Grid): number =>
  from.reduce((sum, at, axis) => sum + (((to[axis] as number) - at) * spacingUm[axis]!) ** 2, 0)

it('[M74] grows by what is at most so far away and shrinks by what is at most so far from outside, to the voxel', () => {
  let changed = 0
  for (const [k, [size, spacingUm]] of SHAPES.entries()) {
    const grid = gridOf(size, spacingUm)
    for (const share of [0.01, 0.1, 0.9, 0.99]) {
      const region = noise(wholeGrid(grid), share, 10 * k + share * 100)
      const [inside, outside] = [places(region, true, grid), places(region, false, grid)]
      for (const mm of [0, 0.7, 1, 1.25, 2.4]) {
        const near = (at: number[], others: number[][]): boolean =>
          others.some((other) => squaredTo(at, other, grid) <= (mm * 1000) ** 2)
        const grown = regionWhere(wholeGrid(grid), (...at) => near(at, inside))
        const shrunk = regionWhere(wholeGrid(grid), (...at) => holds(region, ...at) && !near(at, outside))
        expect(runsOf(finish(withMargin(region, mm, grid)))).toEqual(runsOf(grown))
        expect(runsOf(finish(withMargin(region, -mm, grid)))).toEqual(runsOf(shrunk))
        changed += runsOf(grown).rows.length - runsOf(shrunk).rows.length
      }
    }
  }
  expect(changed).not.toBe(0)
})

it('[M74] the least of all distances, to the square micrometre', () => {
  for (const [k, [size, spacingUm]] of SHAPES.entries()) {
    const grid = gridOf(size, spacingUm)
    const region = noise(wholeGrid(grid), 0.03, k)
    const inside = places(region, true, grid)
    const field = new Float64Array(region.bits.length)
    finish(squaredDistances(region.bits, 1, size, spacingUm, field, Number.MAX_SAFE_INTEGER))
    const expected: number[] = []
    for (let z = 0; z < size[2]; z++)
      for (let y = 0; y < size[1]; y++)
        for (let x = 0; x < size[0]; x++)
          expected.push(Math.min(...inside.map((at) => squaredTo([x, y, z], at, grid))))
    expect([...field]).toEqual(expected)
  }
})

it('[M74] at the edge of the picture nothing is taken off, and nothing is added beyond', () => {
  const grid = gridOf([4, 3, 1])
  const region = regionDrawn('###.\n###.\n###.')
  expect(runsOf(finish(withMargin(region, -1, grid)))).toEqual(runsOf(regionDrawn('##..\n##..\n##..')))
  expect(runsOf(finish(withMargin(region, 9, grid)))).toEqual(runsOf(regionDrawn('####\n####\n####')))
  expect(finish(withMargin(regionDrawn('.#..\n....\n....'), -1, grid))).toEqual(NOTHING)
  expect(finish(withMargin(NOTHING, 5, grid))).toBe(NOTHING)
})

it('[M74] a gap narrower than twice the margin closes, a bridge as narrow opens', () => {
  const grid = gridOf([11, 5, 1])
  const gap = regionDrawn(`
    ...........
    .###.#####.
    .###.#####.
    .###.#####.
    ...........`)
  expect(holds(finish(closed(gap, 1, grid)), 4, 2, 0)).toBe(true)
  expect(holds(gap, 4, 2, 0)).toBe(false)
  const bridge = regionDrawn(`
    ...........
    .###...###.
    .#########.
    .###...###.
    ...........`)
  // What a ball of 1 mm fits into stays, so one voxel of the bridge is left on either side.
  const apart = finish(opened(bridge, 1, grid))
  expect([3, 4, 5, 6, 7].map((x) => holds(apart, x, 2, 0))).toEqual([true, true, false, true, true])
})

it('[M72] a margin that is too wide, or a box of too many voxels, is refused in a sentence', () => {
  const grid = gridOf([4096, 4096, 9])
  const corners = regionWhere({ x0: 0, x1: 2, y0: 0, y1: 2, z0: 0, z1: 1 }, () => true)
  expect(() => finish(withMargin(corners, 50.1, grid))).toThrow(new VoxelLimit('A margin is at most 50 mm.'))
  expect(() => finish(withMargin(corners, Number.NaN, grid))).toThrow(VoxelLimit)
  const wide = { box: { x0: 0, x1: 4096, y0: 0, y1: 4096, z0: 0, z1: 7 }, bits: new Uint8Array(7 * 2 ** 24) }
  wide.bits[0] = 1
  wide.bits[wide.bits.length - 1] = 1
  expect(() => finish(withMargin(wide, 1, grid))).toThrow(/^The region lies in a box of 134 217 728 voxels/)
})

interface Pair {
  readonly shapeZYX: readonly [number, number, number]
  readonly spacingZYX_mm: readonly [number, number, number]
  readonly maskA_rle: number[]
  readonly maskB_rle: number[]
}

const withSurfaces = vectorsOf<Pair, Record<string, number>>(
  'segmentation-agreement',
  'segmentation-pair',
).filter(({ expected }) => (expected['surfaceVoxelsA'] ?? 0) > 0 && (expected['surfaceVoxelsB'] ?? 0) > 0)

it.for(withSurfaces)(
  '[M74] $id: the published Hausdorff distance follows from these distances',
  ({ input, expected, tolerance }) => {
    const [depth, height, width] = input.shapeZYX
    const spacing = input.spacingZYX_mm.toReversed().map((mm) => Math.round(mm * 1000)) as unknown as Shape
    const size = [width, height, depth] as const
    const box = wholeGrid(gridOf(size))
    const edgeOf = (lengths: number[]): Uint8Array => {
      const region = { box, bits: bitsOf(lengths) }
      return regionWhere(box, (x, y, z) => {
        if (!holds(region, x, y, z)) return false
        return [-1, 1].some(
          (d) => !holds(region, x + d, y, z) || !holds(region, x, y + d, z) || !holds(region, x, y, z + d),
        )
      }).bits
    }
    const [a, b] = [edgeOf(input.maskA_rle), edgeOf(input.maskB_rle)]
    const farthest = (from: Uint8Array, to: Uint8Array): number => {
      const field = new Float64Array(to.length)
      finish(squaredDistances(to, 1, size, spacing, field, Number.MAX_SAFE_INTEGER))
      return (
        Math.sqrt(field.reduce((most, value, k) => (from[k] === 1 ? Math.max(most, value) : most), 0)) / 1000
      )
    }
    expect(a.reduce((sum, bit) => sum + bit, 0)).toBe(expected['surfaceVoxelsA'])
    expect(Math.abs(farthest(a, b) - (expected['directedAtoB_mm'] as number))).toBeLessThan(tolerance)
    expect(Math.abs(farthest(b, a) - (expected['directedBtoA_mm'] as number))).toBeLessThan(tolerance)
  },
)

it('distances beyond what is asked for are only said to be beyond', () => {
  const size = [9, 1, 1] as const
  const { bits } = within(regionDrawn('#........'), wholeGrid(gridOf(size)))
  const field = new Uint32Array(9)
  finish(squaredDistances(bits, 1, size, [1000, 1000, 1000], field, 20_000_000))
  expect([...field].map((value) => value / 1e6)).toEqual([0, 1, 4, 9, 16, 20, 20, 20, 20])
})
