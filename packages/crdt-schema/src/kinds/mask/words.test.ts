import type { Grid } from '@consilium/geometry/raster/grid'
import type { Shape, Stroke } from '@consilium/geometry/raster/shape'
import { expect, it } from 'vitest'
import type { MaskAct } from './act.ts'
import { paintingWords, voxelsOf } from './words.ts'

const grid: Grid = { size: [64, 64, 200], spacingUm: [1_000, 1_000, 1_000] }
const stroke: Stroke = {
  shape: 'stroke',
  axis: 2,
  slice: 146,
  square: true,
  radiusUm: 2_000,
  points: Int32Array.of(80, 80, 120, 80),
}
const rows = (...list: number[][]): Shape => ({ shape: 'runs', rows: Int32Array.from(list.flat()) })
const painted = (shape: Shape, value: 0 | 1 = 1): MaskAct => ({
  id: { client: 1, lamport: 1 },
  at: 0,
  group: 1,
  body: { act: 'paint', segment: '1-aaaaaaaa', value, shape },
})
const turned = (act: 'withdraw' | 'restore', count: number): MaskAct => ({
  ...painted(stroke),
  body: { act, hand: 'author', target: { client: 1, lamport: 1 }, count },
})

it('[M54] says what was painted, with what, and where', () => {
  expect(paintingWords([painted(stroke)], grid)).toBe('Painted 75 voxels, brush 4 mm, slice 147')
  const { slice: _, axis: __, square: ___, ...line } = stroke
  const ball: Shape = {
    ...line,
    shape: 'ball',
    slab: false,
    origin: [0, 0, 4 * 147],
    u: [1024, 0, 0].map((n) => Math.min(n, 1000)) as [number, number, number],
    v: [0, 1000, 0],
    normal: [0, 0, 1],
  }
  expect(paintingWords([painted(ball, 0)], grid)).toMatch(/^Erased \d+ voxels, brush 4 mm, slices 146–150$/)
  expect(paintingWords([painted(rows([3, 4, 5, 6]))], grid)).toBe('Filled 1 voxel, slice 4')
  expect(paintingWords([painted(rows([3, 4, 5, 7]), 0)], grid)).toBe('Cleared 2 voxels, slice 4')
  expect(paintingWords([painted(stroke), painted(rows([3, 4, 5, 6]))], grid)).toMatch(/^Painted 76 voxels/)
  expect(paintingWords([painted({ shape: 'masked', base: stroke, keep: Int32Array.of(10) })], grid)).toBe(
    'Painted 10 voxels, threshold brush 4 mm, slice 147',
  )
})

it('[M54] counts a voxel once, however many acts of a group cover it', () => {
  const shapes = [rows([1, 1, 0, 10], [1, 2, 0, 4]), rows([1, 1, 5, 15], [2, 1, 0, 4])]
  expect(voxelsOf(shapes, grid)).toBe(15 + 4 + 4)
  expect(
    paintingWords(
      shapes.map((shape, n) => painted(shape, n === 0 ? 1 : 0)),
      grid,
    ),
  ).toBe('Filled and cleared 23 voxels, slices 2–3')
  expect(voxelsOf([rows([0, 0, 0, 64]), rows([0, 0, 0, 64])], grid)).toBe(64)
})

it('says what was taken back, and something also where the grid is not known', () => {
  expect(paintingWords([turned('withdraw', 1)], grid)).toBe('Took back an act of painting')
  expect(paintingWords([turned('restore', 3), turned('restore', 2)], grid)).toBe(
    'Put back 5 acts of painting',
  )
  expect(paintingWords([turned('restore', 3), turned('withdraw', 2)], null)).toBe(
    'Took back and put back painting',
  )
  expect(paintingWords([painted(stroke)], null)).toBe('Painted, brush 4 mm')
  expect(paintingWords([], grid)).toBeNull()
})
