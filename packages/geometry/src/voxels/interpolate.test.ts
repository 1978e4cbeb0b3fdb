/** Slices filled in between painted ones: the published results, and the same in every plane. */
import { expect, it } from 'vitest'
import { combined } from './combine.ts'
import { filledBetween } from './interpolate.ts'
import { blank, holds, NOTHING, type Region, runsOf, within } from './region.ts'
import { putSlice, sliceOf } from './slices.ts'
import { bitsOf, drawn, gridOf, noise, regionWhere, vectorsOf } from './testing/regions.ts'
import { finish } from './work.ts'

interface Given {
  readonly shapeYX: readonly [number, number]
  readonly spacingYX_mm: readonly [number, number]
  readonly slice0_rle: number[]
  readonly slice1_rle: number[]
  readonly slicesBetween: number
}
interface Published {
  readonly slices_rle: number[][]
  readonly pixelsWithSdZero: number[][]
}

it.for(vectorsOf<Given, Published>('interpolation', 'shape-based-interpolation'))(
  '[M75] $id: as published, also across the other axes',
  ({ input, expected }) => {
    const [height, width] = input.shapeYX
    const [vUm, uUm] = input.spacingYX_mm.map((mm) => mm * 1000) as [number, number]
    const last = input.slicesBetween + 1
    const painted = [bitsOf(input.slice0_rle), bitsOf(input.slice1_rle)] as const
    for (const axis of [0, 1, 2] as const) {
      const across = <T>(value: T, u: T, v: T): [T, T, T] =>
        axis === 0 ? [value, u, v] : axis === 1 ? [u, value, v] : [u, v, value]
      const [sx, sy, sz] = across(last + 1, width, height)
      const box = { x0: 0, x1: sx, y0: 0, y1: sy, z0: 0, z1: sz }
      const region = blank(box)
      putSlice(region, axis, 0, painted[0])
      putSlice(region, axis, last, painted[1])
      const grid = gridOf([sx, sy, sz], across(3000, uUm, vUm))
      const filled = within(finish(filledBetween(region, { axis }, grid)), box)
      expect(sliceOf(filled, axis, 0).bits).not.toContain(1)
      expect(sliceOf(filled, axis, last).bits).not.toContain(1)
      for (const [k, lengths] of expected.slices_rle.entries()) {
        // Where the distance is 0 either is right.
        const even = new Set(expected.pixelsWithSdZero[k])
        const got = sliceOf(filled, axis, k + 1).bits.map((bit, at) => (even.has(at) ? 2 : bit))
        expect(got).toEqual(bitsOf(lengths).map((bit, at) => (even.has(at) ? 2 : bit)))
      }
    }
  },
)

const GRID = gridOf([9, 9, 9])
const square = (half: number, z: number): Region =>
  regionWhere(
    { x0: 0, x1: 9, y0: 0, y1: 9, z0: z, z1: z + 1 },
    (x, y) => Math.max(Math.abs(x - 4), Math.abs(y - 4)) <= half,
  )
const painted = (...parts: Region[]): Region => parts.reduce((a, b) => combined(a, b, 'union'))
const widthAt = (region: Region, z: number): number => {
  const { bits, width } = sliceOf(within(region, { x0: 0, x1: 9, y0: 0, y1: 9, z0: 0, z1: 9 }), 2, z)
  return bits.subarray(4 * width, 5 * width).reduce((sum, bit) => sum + bit, 0)
}

it('[M75] every gap is filled from its own two ends, and nothing else is touched', () => {
  const region = painted(square(0, 0), square(1, 2), square(2, 3), square(4, 7))
  const filled = finish(filledBetween(region, { axis: 2 }, GRID))
  expect([0, 1, 2, 3, 4, 5, 6, 7, 8].map((z) => widthAt(filled, z))).toEqual([0, 1, 0, 0, 5, 7, 9, 0, 0])
})

it('[M75] where slices lie counts, not how many there are', () => {
  const region = painted(square(1, 0), square(4, 3))
  const even = finish(filledBetween(region, { axis: 2 }, GRID))
  const uneven = finish(filledBetween(region, { axis: 2, positions: [0, 10, 90, 91] }, GRID))
  expect([widthAt(even, 1), widthAt(even, 2)]).toEqual([5, 7])
  expect([widthAt(uneven, 1), widthAt(uneven, 2)]).toEqual([3, 9])
})

it('[M75] one painted slice, or neighbours, leave nothing to fill', () => {
  expect(finish(filledBetween(square(2, 4), { axis: 2 }, GRID))).toEqual(NOTHING)
  expect(finish(filledBetween(painted(square(2, 4), square(1, 5)), { axis: 2 }, GRID))).toEqual(NOTHING)
  expect(finish(filledBetween(NOTHING, { axis: 2 }, GRID))).toEqual(NOTHING)
})

it('[M75] a slice that is painted up to the edge of the picture has its edge there', () => {
  const full = regionWhere({ x0: 0, x1: 5, y0: 0, y1: 5, z0: 0, z1: 1 }, () => true)
  const dot = regionWhere({ x0: 2, x1: 3, y0: 2, y1: 3, z0: 2, z1: 3 }, () => true)
  const filled = finish(filledBetween(combined(full, dot, 'union'), { axis: 2 }, gridOf([5, 5, 3])))
  expect(filled.box).toEqual({ x0: 1, x1: 4, y0: 1, y1: 4, z0: 1, z1: 2 })
  expect(drawn(filled)).toBe('###\n###\n###')
})

it('[M75] between equal slices lies the same slice', () => {
  const one = noise({ x0: 0, x1: 9, y0: 0, y1: 9, z0: 0, z1: 1 }, 0.4, 5)
  const region = within(one, { ...one.box, z1: 3 })
  putSlice(region, 2, 2, one.bits)
  const filled = finish(filledBetween(region, { axis: 2 }, GRID))
  const moved = regionWhere({ ...one.box, z0: 1, z1: 2 }, (x, y) => holds(one, x, y, 0))
  expect(runsOf(filled)).toEqual(runsOf(moved))
})
