/** What the rasteriser finds, against the definition voxel by voxel, and against itself within other boxes. */
import { describe, expect, it } from 'vitest'
import { faultOf, gridFault } from './fault.ts'
import { type Grid, type VoxelBox, wholeGrid } from './grid.ts'
import { boundsOf, workOf } from './limits.ts'
import { createRasteriser } from './rasteriser.ts'
import type { Shape, Stroke } from './shape.ts'
import { chance } from './testing/chance.ts'
import { coveredBy } from './testing/oracle.ts'
import { randomShape, SHAPE_KINDS, SMALL_GRIDS } from './testing/shapes.ts'

const TILE = [32, 32, 4] as const

type Row = readonly [z: number, y: number, x0: number, x1: number]

function rowsIn(
  grid: Grid,
  clip = wholeGrid(grid),
  rasterise = createRasteriser(grid),
): (shape: Shape) => Row[] {
  return (shape) => {
    const rows: Row[] = []
    rasterise(shape, clip, (...row) => rows.push(row))
    return rows
  }
}

const voxelsOf = (rows: readonly Row[]): string[] =>
  rows.flatMap(([z, y, x0, x1]) => Array.from({ length: x1 - x0 }, (_, i) => `${z} ${y} ${x0 + i}`))

function* tilesOf({ size: [width, height, depth] }: Grid): Generator<VoxelBox> {
  const [tx, ty, tz] = TILE
  for (let z0 = 0; z0 < depth; z0 += tz)
    for (let y0 = 0; y0 < height; y0 += ty)
      for (let x0 = 0; x0 < width; x0 += tx) yield { x0, x1: x0 + tx, y0, y1: y0 + ty, z0, z1: z0 + tz }
}

describe.each(SHAPE_KINDS)('%s', (kind) => {
  it('[M2] covers the voxels that the definition says, each told once, in order', () => {
    for (const [n, grid] of SMALL_GRIDS.entries()) {
      const rows = rowsIn(grid)
      const by = chance(n)
      for (let i = 0; i < 25; i++) {
        const shape = randomShape(by, grid, kind)
        expect(faultOf(shape, grid)).toBeNull()
        expect(voxelsOf(rows(shape)), `shape ${i} of grid ${n}`).toEqual(coveredBy(shape, grid))
      }
    }
  })

  it('[M3] covers within any box what it covers there without one, in every tile', () => {
    const grid: Grid = { size: [100, 70, 13], spacingUm: [703, 703, 1250] }
    const rasterise = createRasteriser(grid)
    const whole = rowsIn(grid, wholeGrid(grid), rasterise)
    const tiles = [...tilesOf(grid)].map((box) => rowsIn(grid, box, rasterise))
    const voxels = new Uint8Array(grid.size[0] * grid.size[1] * grid.size[2])
    const by = chance(7)
    for (let i = 0; i < 5_000; i++) {
      const shape = randomShape(by, grid, kind)
      const parts = tiles.flatMap((rowsOfTile) => rowsOfTile(shape))
      const all = whole(shape)
      turn(voxels, grid, parts)
      turn(voxels, grid, all)
      const isSame = [...parts, ...all].every(([z, y, x0, x1]) => {
        const line = (z * grid.size[1] + y) * grid.size[0]
        return voxels.subarray(line + x0, line + x1).every((turned) => turned === 0)
      })
      if (!isSame) expect.fail(`shape ${i} differs between tiles`)
    }
  })

  it('[M4] lies within its bounds, and its work is no less than its voxels', () => {
    for (const [n, grid] of SMALL_GRIDS.entries()) {
      const by = chance(100 + n)
      for (let i = 0; i < 500; i++) {
        const shape = randomShape(by, grid, kind)
        const rows = rowsIn(grid)(shape)
        const box = boundsOf(shape, grid)
        const isWithin = rows.every(
          ([z, y, x0, x1]) =>
            box.z0 <= z && z < box.z1 && box.y0 <= y && y < box.y1 && box.x0 <= x0 && x1 <= box.x1,
        )
        if (!isWithin) expect.fail(`shape ${i} of grid ${n} leaves its bounds`)
        expect(workOf(shape, grid)).toBeGreaterThanOrEqual(
          rows.reduce((sum, [, , x0, x1]) => sum + x1 - x0, 0),
        )
      }
    }
  })
})

/** Turns every voxel of the rows over, in one byte each. */
function turn(voxels: Uint8Array, { size: [width, height] }: Grid, rows: readonly Row[]): void {
  for (const [z, y, x0, x1] of rows) {
    const line = (z * height + y) * width
    for (let x = x0; x < x1; x++) voxels[line + x]! ^= 1
  }
}

/** On the same lines, wherever along x. */
const strokeAt = (x: number): Stroke => ({
  shape: 'stroke',
  axis: 2,
  slice: 3,
  square: false,
  radiusUm: 4000,
  points: Int32Array.of(x, 40, x + 8, 40),
})

describe('a rasteriser', () => {
  it('tells nothing of a shape whose telling was broken off', () => {
    const grid = SMALL_GRIDS[0] as Grid
    const rasterise = createRasteriser(grid)
    const broken = strokeAt(24)
    const next = strokeAt(60)
    expect(() =>
      rasterise(broken, wholeGrid(grid), () => {
        throw new Error('enough')
      }),
    ).toThrow('enough')
    expect(voxelsOf(rowsIn(grid, wholeGrid(grid), rasterise)(next))).toEqual(coveredBy(next, grid))
  })
})

describe('grids', () => {
  it('have one to 4096 voxels along an axis, 1 to 10,000 µm apart', () => {
    expect(SMALL_GRIDS.map(gridFault)).toEqual(SMALL_GRIDS.map(() => null))
    expect(gridFault({ size: [4097, 1, 1], spacingUm: [1, 1, 1] })).toContain('4096 voxels')
    expect(gridFault({ size: [0, 1, 1], spacingUm: [1, 1, 1] })).toContain('4096 voxels')
    expect(gridFault({ size: [1, 1, 1], spacingUm: [1, 0.5, 1] })).toContain('whole micrometres')
    expect(gridFault({ size: [1, 1, 1], spacingUm: [1, 1, 10_001] })).toContain('10000 µm')
  })
})
