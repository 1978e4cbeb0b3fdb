/** What is too much for one act is painted by several, to the same voxels. */
import { faultOf } from '@consilium/geometry/raster/fault'
import { type Grid, wholeGrid } from '@consilium/geometry/raster/grid'
import { createRasteriser } from '@consilium/geometry/raster/rasteriser'
import type { Ball, Shape } from '@consilium/geometry/raster/shape'
import { type Chance, chance } from '@consilium/geometry/raster/testing/chance'
import { describe, expect, it } from 'vitest'
import { inParts } from './inParts.ts'
import { LaneReader, LaneWriter } from './lane.ts'

const GRID: Grid = { size: [300, 300, 60], spacingUm: [700, 700, 1250] }
const [WIDTH, HEIGHT] = GRID.size

function voxelsOf(shapes: readonly Shape[]): Uint8Array {
  const voxels = new Uint8Array(WIDTH * HEIGHT * GRID.size[2])
  const rasterise = createRasteriser(GRID)
  for (const shape of shapes)
    rasterise(shape, wholeGrid(GRID), (z, y, x0, x1) => {
      const line = (z * HEIGHT + y) * WIDTH
      voxels.fill(1, line + x0, line + x1)
    })
  return voxels
}

/** Nothing that deflates. */
const scribble = (by: Chance, count: number): Int32Array =>
  Int32Array.from({ length: 2 * count }, () => by(0, 400))

function speckle(by: Chance): Int32Array {
  const rows: number[] = []
  for (let z = 0; z < 20; z++)
    for (let y = 0; y < HEIGHT; y++)
      for (let x = by(0, 60); x < WIDTH - 20; x += by(3, 90)) rows.push(z, y, x, (x += by(1, 19)))
  return Int32Array.from(rows)
}

const by = chance(6)
const stroke = { shape: 'stroke', axis: 2, slice: 4, square: false, radiusUm: 0 } as const
const ball: Ball = {
  shape: 'ball',
  slab: false,
  radiusUm: 50_000,
  origin: [0, 0, 100],
  u: [1000, 0, 0],
  v: [0, 1000, 0],
  normal: [0, 0, 1],
  points: Int32Array.from({ length: 120 }, (_, i) => 10 * (i >> 1)),
}

const LARGE: readonly (readonly [string, Shape])[] = [
  ['a line of six thousand points', { ...stroke, points: scribble(by, 6_000) }],
  ['a long way of a large ball', ball],
  [
    'an outline of six thousand corners',
    { shape: 'polygon', axis: 2, slice: 4, points: scribble(by, 6_000) },
  ],
  ['speckles of rows', { shape: 'runs', rows: speckle(by) }],
  [
    'a line of which every second voxel is kept',
    {
      shape: 'masked',
      base: { ...stroke, radiusUm: 5000, points: scribble(by, 300) },
      keep: Int32Array.from({ length: 30_000 }, () => by(1, 300)),
    },
  ],
]

describe('what is too much for one act', () => {
  it.each(LARGE)('[M11] %s, is the same voxels in parts, each of which fits', (_, shape) => {
    const parts = inParts(shape, GRID)
    expect(parts).not.toContain(shape)
    const writer = new LaneWriter(1)
    const reader = new LaneReader(1)
    for (const [n, part] of parts.entries()) {
      expect(faultOf(part, GRID)).toBeNull()
      const body = { act: 'paint', segment: '12-abcdefgh', value: 1, shape: part } as const
      const act = { id: { client: 1, lamport: 2 ** 40 + n }, at: 1e12, group: n === 0 ? 4096 : 1, body }
      const read = writer.write(act).map((element) => reader.read(element))
      expect(read.at(-1)?.body).toEqual(body)
    }
    expect(Buffer.compare(voxelsOf(parts), voxelsOf([shape]))).toBe(0)
  })

  it('[M11] and what is no shape is left as it is, to be refused for what is wrong with it', () => {
    const halfway = { ...stroke, radiusUm: 50, points: scribble(by, 6_000) }
    expect(inParts(halfway, GRID)).toEqual([halfway])
    const alone = { ...ball, radiusUm: 100_000, points: Int32Array.of(0, 0) }
    const tiny: Grid = { size: [300, 300, 60], spacingUm: [100, 100, 100] }
    expect(inParts(alone, tiny)).toEqual([alone])
    expect(faultOf(alone, tiny)).toContain('more at once')
  })

  it('[M11] and what is not, is left as it is', () => {
    const short = { ...stroke, points: scribble(by, 60) }
    expect(inParts(short, GRID)).toEqual([short])
  })
})
