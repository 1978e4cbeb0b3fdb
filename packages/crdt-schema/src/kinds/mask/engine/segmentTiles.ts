/** Where the tiles of one segment lie, and what is counted of it while they change. */

import type { TileStore } from './tileStore.ts'
import type { Tiling } from './tiling.ts'

export class SegmentTiles {
  readonly #tiling: Tiling
  readonly #store: TileStore
  /** By layer of tiles along z: 1 + a tile's number, 0 where there is none. */
  readonly #layers: (Int32Array | undefined)[]
  /** Voxels set in each slice across z. */
  readonly slices: Int32Array
  voxels = 0
  /** Voxels of each author in a tile, of tiles that have not changed since it was counted. */
  readonly byAuthor = new Map<number, ReadonlyMap<number, number>>()

  constructor(tiling: Tiling, store: TileStore) {
    this.#tiling = tiling
    this.#store = store
    this.#layers = Array.from({ length: tiling.nz })
    this.slices = new Int32Array(tiling.grid.size[2])
  }

  /** -1 where nothing has been touched. */
  find(key: number): number {
    const size = this.#tiling.nx * this.#tiling.ny
    return (this.#layers[Math.floor(key / size)]?.[key % size] ?? 0) - 1
  }

  findOrOpen(key: number): number {
    const size = this.#tiling.nx * this.#tiling.ny
    const layer = (this.#layers[Math.floor(key / size)] ??= new Int32Array(size))
    const place = key % size
    if (layer[place] === 0) layer[place] = 1 + this.#store.open(key)
    return (layer[place] as number) - 1
  }

  /** The tiles that there are, by key. */
  *all(): Generator<number> {
    for (const layer of this.#layers) for (const number of layer ?? []) if (number > 0) yield number - 1
  }

  /** Sets voxels of a tile's word, or clears them. */
  put(tile: number, word: number, bits: number, value: 0 | 1): void {
    const page = this.#store.page(tile)
    const at = this.#store.base(tile) + word
    const before = page[at] as number
    const changed = value === 1 ? bits & ~before : bits & before
    if (changed === 0) return
    page[at] = before ^ changed
    const z = this.#tiling.zOf(this.#store.key(tile), word)
    const more = value === 1 ? countBits(changed) : -countBits(changed)
    this.slices[z] = (this.slices[z] as number) + more
    this.voxels += more
  }
}

function countBits(bits: number): number {
  const pairs = bits - ((bits >>> 1) & 0x55555555)
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
