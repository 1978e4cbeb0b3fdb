/** Rows and voxels in memory are the same set, in whatever box. */
import { expect, it } from 'vitest'
import { boxVoxels, clipped, joined, NO_BOX, widened } from './box.ts'
import { COMBINATIONS, changeBetween, combined } from './combine.ts'
import { VoxelLimit } from './limit.ts'
import { areasOf, largestSlice, volumeOf } from './measure.ts'
import { blank, holds, NOTHING, regionOfRuns, runsOf, tightBox, trimmed, within } from './region.ts'
import { voxelsOf } from './rows.ts'
import { sliceCopied } from './slices.ts'
import { bitsOf, drawn, gridOf, noise, regionDrawn, regionWhere, vectorsOf } from './testing/regions.ts'

const BOX = { x0: 3, x1: 10, y0: 2, y1: 7, z0: 5, z1: 9 }

it('[M70] rows of a region are in order, apart, and give the region back', () => {
  for (const [k, share] of [0, 0.02, 0.3, 0.7, 1].entries()) {
    const region = noise(BOX, share, k)
    const runs = runsOf(region)
    expect(regionOfRuns(runs, BOX)).toEqual(region)
    expect(voxelsOf(runs)).toBe(region.bits.reduce((sum, bit) => sum + bit, 0))
    // Each lies behind the one before it, in its own line with a gap between.
    const places = Array.from({ length: runs.rows.length / 4 }, (_, k) => {
      const [z = 0, y = 0, x0 = 0, x1 = 0] = runs.rows.subarray(4 * k, 4 * k + 4)
      return { from: (z * 100 + y) * 100 + x0, to: (z * 100 + y) * 100 + x1 }
    })
    expect(places.every(({ from, to }, k) => from < to && from > (places[k - 1]?.to ?? -1))).toBe(true)
  }
})

it('[M70] a region trimmed, or in a larger box, is the same region', () => {
  const region = noise(BOX, 0.01, 7)
  const small = trimmed(region)
  expect(small.box).toEqual(tightBox(region))
  expect(runsOf(small)).toEqual(runsOf(region))
  const { z0, y0, x0 } = small.box
  const firsts = [z0, y0, x0].map((_, k) => Math.min(...axisOf(runsOf(region).rows, k)))
  expect(firsts).toEqual([z0, y0, x0])
  expect(runsOf(within(small, { x0: 0, x1: 20, y0: 0, y1: 20, z0: 0, z1: 20 }))).toEqual(runsOf(region))
  expect(trimmed(blank(BOX))).toEqual(NOTHING)
  expect(holds(small, -1, 0, 0)).toBe(false)
})

const axisOf = (rows: Int32Array, k: number): number[] =>
  Array.from({ length: rows.length / 4 }, (_, row) => rows[row * 4 + k] as number)

it('[M72] a region of more voxels than can be worked on is refused in a sentence', () => {
  expect(() => blank({ x0: 0, x1: 4096, y0: 0, y1: 4096, z0: 0, z1: 9 })).toThrow(
    new VoxelLimit(
      'A region of 4 096 × 4 096 × 9 voxels is more than the 134 217 728 that can be worked on at once.',
    ),
  )
})

it('boxes: what two share, what holds both, and no further than the grid', () => {
  const a = { x0: 0, x1: 4, y0: 0, y1: 4, z0: 0, z1: 4 }
  const b = { x0: 2, x1: 9, y0: 3, y1: 5, z0: 1, z1: 2 }
  expect(clipped(a, b)).toEqual({ x0: 2, x1: 4, y0: 3, y1: 4, z0: 1, z1: 2 })
  expect(clipped(a, { ...b, x0: 4 })).toEqual(NO_BOX)
  expect(joined(a, b)).toEqual({ x0: 0, x1: 9, y0: 0, y1: 5, z0: 0, z1: 4 })
  expect(joined(NO_BOX, b)).toEqual(b)
  expect(widened(b, [3, 1, 9], gridOf([10, 10, 10]))).toEqual({ x0: 0, x1: 10, y0: 2, y1: 6, z0: 0, z1: 10 })
  expect(boxVoxels(widened(NO_BOX, [3, 1, 9], gridOf([10, 10, 10])))).toBe(0)
})

it('[M78] two regions are combined voxel by voxel', () => {
  const a = noise(BOX, 0.4, 1)
  const b = noise({ x0: 0, x1: 7, y0: 4, y1: 9, z0: 4, z1: 8 }, 0.4, 2)
  const meant = {
    union: (inA: boolean, inB: boolean) => inA || inB,
    intersection: (inA: boolean, inB: boolean) => inA && inB,
    difference: (inA: boolean, inB: boolean) => inA && !inB,
    either: (inA: boolean, inB: boolean) => inA !== inB,
  }
  const all = { x0: 0, x1: 11, y0: 0, y1: 10, z0: 0, z1: 10 }
  for (const how of COMBINATIONS) {
    const expected = regionWhere(all, (x, y, z) => meant[how](holds(a, x, y, z), holds(b, x, y, z)))
    expect(within(combined(a, b, how), all)).toEqual(expected)
  }
})

it('[M78] what is painted and erased makes the one of the other, and is no more than that', () => {
  const [before, after] = [noise(BOX, 0.5, 3), noise({ ...BOX, x0: 0, z1: 7 }, 0.5, 4)]
  const { paint, erase } = changeBetween(before, after)
  const painted = combined(before, regionOfRuns(paint), 'union')
  expect(runsOf(combined(painted, regionOfRuns(erase), 'difference'))).toEqual(runsOf(after))
  expect(voxelsOf(paint) + voxelsOf(erase)).toBe(voxelsOf(runsOf(combined(before, after, 'either'))))
  expect(changeBetween(after, after)).toEqual({ paint: runsOf(NOTHING), erase: runsOf(NOTHING) })
})

it('a slice is copied to another across each axis', () => {
  const region = regionDrawn(`
    ##.
    .#.

    ...
    ..#`)
  expect(drawn(sliceCopied(region, 2, 0, 7))).toBe('##.\n.#.')
  expect(sliceCopied(region, 2, 0, 7).box).toEqual({ x0: 0, x1: 3, y0: 0, y1: 2, z0: 7, z1: 8 })
  expect(drawn(sliceCopied(region, 1, 1, 5))).toBe('.#.\n\n..#')
  expect(drawn(sliceCopied(region, 0, 1, 4))).toBe('#\n#\n\n.\n.')
  expect(runsOf(sliceCopied(region, 2, 9, 3)).rows).toHaveLength(0)
  const one = noise({ x0: 3, x1: 4, y0: 2, y1: 3, z0: 5, z1: 6 }, 1, 1)
  const copies = [sliceCopied(one, 0, 3, 7), sliceCopied(one, 1, 2, 7), sliceCopied(one, 2, 5, 7)]
  expect(copies.map((copy) => [...runsOf(copy).rows])).toEqual([
    [5, 2, 7, 8],
    [5, 7, 3, 4],
    [7, 2, 3, 4],
  ])
})

it('[M79] a volume is voxels times their size; areas of slices across each axis add up to it', () => {
  const grid = gridOf([12, 12, 12], [700, 800, 1250])
  const runs = runsOf(noise(BOX, 0.5, 9))
  const { voxels, mm3, ml } = volumeOf(runs, grid)
  expect(mm3).toBeCloseTo(voxels * 0.7 * 0.8 * 1.25, 9)
  expect(ml).toBeCloseTo(mm3 / 1000, 12)
  for (const [axis, thickness] of [0.7, 0.8, 1.25].entries()) {
    const areas = areasOf(runs, grid, axis as 0 | 1 | 2)
    expect(areas.reduce((sum, area) => sum + area, 0) * thickness).toBeCloseTo(mm3, 9)
  }
  const { rows } = runsOf(regionDrawn('##.\n...\n\n.##\n#..'))
  expect([...areasOf({ shape: 'runs', rows }, gridOf([3, 2, 2], [1000, 2000, 1000]), 2)]).toEqual([4, 6])
  expect(
    [0, 1, 2].map((axis) => largestSlice({ shape: 'runs', rows }, gridOf([3, 2, 2]), axis as 0)),
  ).toEqual([0, 0, 1])
  expect(largestSlice(runsOf(NOTHING), grid, 2)).toBeNull()
})

interface Pair {
  readonly shapeZYX: readonly [number, number, number]
  readonly spacingZYX_mm: readonly [number, number, number]
  readonly maskA_rle: number[]
  readonly maskB_rle: number[]
}

it.for(vectorsOf<Pair, Record<string, number>>('segmentation-agreement', 'segmentation-pair'))(
  '[M79] $id: the published voxels and volumes',
  ({ input, expected, tolerance }) => {
    const [depth, height, width] = input.shapeZYX
    const [sz, sy, sx] = input.spacingZYX_mm.map((mm) => Math.round(mm * 1000)) as [number, number, number]
    const box = { x0: 0, x1: width, y0: 0, y1: height, z0: 0, z1: depth }
    const [a, b] = [input.maskA_rle, input.maskB_rle].map((lengths) => ({ box, bits: bitsOf(lengths) }))
    if (!a || !b) throw new Error('two masks')
    const grid = gridOf([width, height, depth], [sx, sy, sz])
    expect(volumeOf(runsOf(a), grid)).toMatchObject({ voxels: expected['voxelsA'] })
    expect(volumeOf(runsOf(b), grid)).toMatchObject({ voxels: expected['voxelsB'] })
    expect(voxelsOf(runsOf(combined(a, b, 'intersection')))).toBe(expected['intersection'])
    expect(Math.abs(volumeOf(runsOf(a), grid).mm3 - (expected['volumeA_mm3'] as number))).toBeLessThan(
      tolerance,
    )
    expect(Math.abs(volumeOf(runsOf(b), grid).mm3 - (expected['volumeB_mm3'] as number))).toBeLessThan(
      tolerance,
    )
  },
)
