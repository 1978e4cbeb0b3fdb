/**
 * The usual way: the raster itself is shared. A Y.Map holds every tile of 32 × 32 voxels of a slice as run lengths; whoever paints writes the
 * tiles that the stroke touched. Of two who write one tile at the same time, Yjs keeps one.
 */
import { type Grid, wholeGrid } from '@consilium/geometry/raster/grid'
import { createRasteriser } from '@consilium/geometry/raster/rasteriser'
import * as Y from 'yjs'
import type { Way } from './copy.ts'

const SIDE = 32

export const TILE_MAP: Way = {
  name: 'map of tiles',
  open(grid, from) {
    const doc = new Y.Doc()
    if (from) Y.applyUpdate(doc, from)
    const tiles = doc.getMap<Uint8Array>('tiles')
    const rasterise = createRasteriser(grid)
    return {
      doc,
      paint({ value, shape }) {
        const touched = new Map<string, Uint8Array>()
        rasterise(shape, wholeGrid(grid), (z, y, x0, x1) => {
          for (let x = x0; x < x1; x++) {
            const key = keyOf(x, y, z)
            const tile = touched.get(key) ?? expanded(tiles.get(key))
            touched.set(key, tile)
            tile[(y % SIDE) * SIDE + (x % SIDE)] = value
          }
        })
        doc.transact(() => {
          for (const [key, tile] of touched) tiles.set(key, runsOf(tile))
        })
      },
      raster: () => rasterOf(tiles, grid),
    }
  },
}

const keyOf = (x: number, y: number, z: number): string =>
  `${Math.floor(x / SIDE)},${Math.floor(y / SIDE)},${z}`

/** Lengths in turn clear and set, one or two bytes each; what is left is clear. */
function runsOf(tile: Uint8Array): Uint8Array {
  const bytes: number[] = []
  const end = tile.lastIndexOf(1) + 1
  let from = 0
  for (let i = 1; i <= end; i++) {
    if (i < end && tile[i] === tile[i - 1]) continue
    if (from === 0 && tile[0] === 1) bytes.push(0)
    const length = i - from
    if (length < 128) bytes.push(length)
    else bytes.push((length & 127) | 128, length >> 7)
    from = i
  }
  return Uint8Array.from(bytes)
}

function expanded(runs: Uint8Array | undefined): Uint8Array {
  const tile = new Uint8Array(SIDE * SIDE)
  let at = 0
  let value = 0
  for (let i = 0; runs && i < runs.length; i++) {
    let length = runs[i] as number
    if (length >= 128) length = (length & 127) | ((runs[++i] as number) << 7)
    tile.fill(value, at, at + length)
    at += length
    value = 1 - value
  }
  return tile
}

function rasterOf(tiles: Y.Map<Uint8Array>, { size: [nx, ny, nz] }: Grid): Uint8Array {
  const target = new Uint8Array(nx * ny * nz)
  for (const [key, runs] of tiles) {
    const [tx, ty, z] = key.split(',').map(Number) as [number, number, number]
    for (const [i, value] of expanded(runs).entries())
      if (value === 1) target[(z * ny + ty * SIDE + Math.floor(i / SIDE)) * nx + tx * SIDE + (i % SIDE)] = 1
  }
  return target
}
