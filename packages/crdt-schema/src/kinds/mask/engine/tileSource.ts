/** Answers from the tiles, which must be up to date in the box that is asked about. */
import type { VoxelBox } from '@consilium/geometry/raster/grid'
import { intersection } from '@consilium/geometry/raster/planes'
import type { Rasterise } from '@consilium/geometry/raster/shape'
import type { ActLog } from './actLog.ts'
import { wordOf } from './coverage.ts'
import type { Segment } from './segment.ts'
import type { MarkOf, Source } from './source.ts'
import type { TileStore } from './tileStore.ts'
import type { Tiling } from './tiling.ts'
import { bitOf, type Tops } from './tops.ts'

export class TileSource implements Source {
  readonly #tiling: Tiling
  readonly #log: ActLog
  readonly #store: TileStore
  readonly #tops: Tops
  readonly #rasterise: Rasterise

  constructor(tiling: Tiling, log: ActLog, store: TileStore, tops: Tops, rasterise: Rasterise) {
    this.#tiling = tiling
    this.#log = log
    this.#store = store
    this.#tops = tops
    this.#rasterise = rasterise
  }

  copyBits(segment: Segment, box: VoxelBox, target: Uint8Array, label: number): void {
    this.#eachTile(segment, box, (tile, part) => {
      const page = this.#store.page(tile)
      const base = this.#store.base(tile)
      const x = part.x0 & ~31
      const wanted = wordOf(x, part.x0, part.x1)
      eachRow(box, part, (z, y, row) => {
        let bits = (page[base + this.#tiling.wordAt(y, z)] as number) & wanted
        for (; bits !== 0; bits &= bits - 1) target[row + x + bitOf(bits)] = label
      })
    })
  }

  copyTops(segment: Segment, box: VoxelBox, target: Uint32Array, markOf: MarkOf): void {
    let top = 0
    let mark = 0
    this.#eachTile(segment, box, (tile, part) => {
      const tops = this.#tops.of(tile)
      const first = part.x0 & 31
      eachRow(box, part, (z, y, row) => {
        const from = 32 * this.#tiling.wordAt(y, z) + first
        for (let x = 0; x < part.x1 - part.x0; x++) {
          const here = tops[from + x] as number
          if (here === 0) continue
          // Neighbours are mostly of one act.
          if (here !== top) {
            top = here
            mark = markOf(here - 1)
          }
          if (mark !== 0) target[row + part.x0 + x] = mark
        }
      })
    })
  }

  over(segment: Segment, voxel: VoxelBox, most: number): number[] {
    const { x0: x, y0: y, z0: z } = voxel
    const tile = segment.tiles.find(this.#tiling.keyAt(x, y, z))
    const found: number[] = []
    if (tile < 0) return found
    const { ops } = this.#store
    const block = this.#tiling.blockAt(x, y, z)
    for (let i = ops.count(tile) - 1; i >= 0 && found.length < most; i--) {
      const slot = ops.slot(tile, i)
      if ((ops.blocks(tile, i) & block) === 0 || !this.#store.shows(slot)) continue
      let isCovered = false
      this.#rasterise(this.#log.paint(slot).shape, voxel, () => void (isCovered = true))
      if (isCovered) found.push(slot)
    }
    return found
  }

  /** The tiles that there are in the box, each with what it has of it. */
  #eachTile(segment: Segment, box: VoxelBox, visit: (tile: number, part: VoxelBox) => void): void {
    const { yBits, zBits } = this.#tiling
    for (let z = box.z0 >> zBits; z <= (box.z1 - 1) >> zBits; z++)
      for (let y = box.y0 >> yBits; y <= (box.y1 - 1) >> yBits; y++)
        for (let x = box.x0 >> 5; x <= (box.x1 - 1) >> 5; x++) {
          const key = this.#tiling.keyAt(x << 5, y << yBits, z << zBits)
          const tile = segment.tiles.find(key)
          if (tile >= 0) visit(tile, intersection(this.#tiling.boxOf(key), box))
        }
  }
}

/** Calls `visit` for each row of `part` with where x = 0 of that row would lie in a target for `box`. */
function eachRow(box: VoxelBox, part: VoxelBox, visit: (z: number, y: number, row: number) => void): void {
  const width = box.x1 - box.x0
  const height = box.y1 - box.y0
  for (let z = part.z0; z < part.z1; z++)
    for (let y = part.y0; y < part.y1; y++)
      visit(z, y, ((z - box.z0) * height + (y - box.y0)) * width - box.x0)
}
