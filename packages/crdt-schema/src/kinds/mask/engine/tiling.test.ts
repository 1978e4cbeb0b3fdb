import type { VoxelBox } from '@consilium/geometry/raster/grid'
import { expect, it } from 'vitest'
import { Tiling } from './tiling.ts'

const tiling = new Tiling({ size: [512, 512, 300], spacingUm: [700, 700, 1_250] })

const voxelsOf = ({ x0, x1, y0, y1, z0, z1 }: VoxelBox): number => (x1 - x0) * (y1 - y0) * (z1 - z0)
const tilesOf = ({ x0, x1, y0, y1, z0, z1 }: VoxelBox): number =>
  (((x1 - 1) >> 5) - (x0 >> 5) + 1) * (((y1 - 1) >> 5) - (y0 >> 5) + 1) * (((z1 - 1) >> 2) - (z0 >> 2) + 1)

it.each([
  ['an organ', { x0: 116, x1: 397, y0: 131, y1: 382, z0: 54, z1: 247 }],
  ['a whole volume', { x0: 0, x1: 512, y0: 0, y1: 512, z0: 0, z1: 300 }],
  ['a stroke', { x0: 200, x1: 260, y0: 215, y1: 230, z0: 41, z1: 42 }],
  ['a row', { x0: 0, x1: 512, y0: 7, y1: 8, z0: 3, z1: 4 }],
] as const)(
  '%s is cut so that no part touches many tiles, none of them twice, and all of it is there',
  (_, box) => {
    const parts = tiling.partsOf(box, 48)
    expect(Math.max(...parts.map(tilesOf))).toBeLessThanOrEqual(48)
    expect(parts.reduce((sum, part) => sum + voxelsOf(part), 0)).toBe(voxelsOf(box))
    const tiles = parts.flatMap((part) => tilesIn(part))
    expect(new Set(tiles).size).toBe(tiles.length)
    expect(tiles).toHaveLength(tilesOf(box))
  },
)

it('parts are no smaller than they need be', () => {
  expect(tiling.partsOf({ x0: 0, x1: 512, y0: 0, y1: 512, z0: 0, z1: 4 }, 48)).toHaveLength(6)
  expect(tiling.partsOf({ x0: 0, x1: 64, y0: 0, y1: 64, z0: 0, z1: 48 }, 48)).toHaveLength(1)
})

function tilesIn({ x0, x1, y0, y1, z0, z1 }: VoxelBox): number[] {
  const keys: number[] = []
  for (let z = z0 >> 2; z <= (z1 - 1) >> 2; z++)
    for (let y = y0 >> 5; y <= (y1 - 1) >> 5; y++)
      for (let x = x0 >> 5; x <= (x1 - 1) >> 5; x++) keys.push(tiling.keyAt(x << 5, y << 5, z << 2))
  return keys
}
