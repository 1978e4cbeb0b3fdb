/**
 * How a grid is cut into tiles of voxels: 32 along x, so that a row of a tile is one word, and a power of two along y and z.
 * A tile's key is its place in the grid; its words are ordered by z, then y. A word's lowest bit is its lowest x.
 */
import type { Grid, VoxelBox } from '@consilium/geometry/raster/grid'

export interface TileShape {
  /** log2 of the rows; at least 2. */
  readonly yBits: number
  /** log2 of the slices; at least 1. */
  readonly zBits: number
}

export const TILE: TileShape = { yBits: 5, zBits: 2 }

export class Tiling {
  readonly grid: Grid
  readonly yBits: number
  readonly zBits: number
  /** Words of a tile. */
  readonly words: number
  /** Tiles along each axis. */
  readonly nx: number
  readonly ny: number
  readonly nz: number
  /** By word: where its four blocks lie in a word of blocks. */
  readonly #blockShift: Uint8Array

  constructor(grid: Grid, { yBits, zBits }: TileShape = TILE) {
    const [x, y, z] = grid.size
    this.grid = grid
    this.yBits = yBits
    this.zBits = zBits
    this.words = 1 << (yBits + zBits)
    this.nx = (x + 31) >> 5
    this.ny = (y + (1 << yBits) - 1) >> yBits
    this.nz = (z + (1 << zBits) - 1) >> zBits
    this.#blockShift = Uint8Array.from({ length: this.words }, (_, word) => {
      const row = word & ((1 << yBits) - 1)
      return 16 * (word >> (yBits + zBits - 1)) + 4 * (row >> (yBits - 2))
    })
  }

  keyAt(x: number, y: number, z: number): number {
    return ((z >> this.zBits) * this.ny + (y >> this.yBits)) * this.nx + (x >> 5)
  }

  wordAt(y: number, z: number): number {
    return ((z & ((1 << this.zBits) - 1)) << this.yBits) | (y & ((1 << this.yBits) - 1))
  }

  /** The slice across z that a word of a tile lies in. */
  zOf(key: number, word: number): number {
    return (Math.floor(key / (this.nx * this.ny)) << this.zBits) + (word >> this.yBits)
  }

  /** The part of a tile that lies in the grid. */
  boxOf(key: number): VoxelBox {
    const [x, y, z] = this.grid.size
    const x0 = (key % this.nx) << 5
    const y0 = (Math.floor(key / this.nx) % this.ny) << this.yBits
    const z0 = Math.floor(key / (this.nx * this.ny)) << this.zBits
    return {
      x0,
      x1: Math.min(x, x0 + 32),
      y0,
      y1: Math.min(y, y0 + (1 << this.yBits)),
      z0,
      z1: Math.min(z, z0 + (1 << this.zBits)),
    }
  }

  /** The whole of every tile that a box touches; it may reach beyond the grid. */
  around({ x0, x1, y0, y1, z0, z1 }: VoxelBox): VoxelBox {
    const { yBits, zBits } = this
    const down = (n: number, bits: number): number => (n >> bits) << bits
    return {
      x0: down(x0, 5),
      x1: down(x1 + 31, 5),
      y0: down(y0, yBits),
      y1: down(y1 + (1 << yBits) - 1, yBits),
      z0: down(z0, zBits),
      z1: down(z1 + (1 << zBits) - 1, zBits),
    }
  }

  /** A box cut between layers of tiles, and a layer between rows of them, so that a part touches no more than so many tiles where that is possible. */
  partsOf(box: VoxelBox, most: number): VoxelBox[] {
    const columns = ((box.x1 - 1) >> 5) - (box.x0 >> 5) + 1
    const rows = ((box.y1 - 1) >> this.yBits) - (box.y0 >> this.yBits) + 1
    const high = Math.min(rows, Math.max(1, Math.floor(most / columns))) << this.yBits
    const deep = Math.max(1, Math.floor(most / (columns * rows))) << this.zBits
    const parts: VoxelBox[] = []
    for (let z0 = (box.z0 >> this.zBits) << this.zBits; z0 < box.z1; z0 += deep)
      for (let y0 = (box.y0 >> this.yBits) << this.yBits; y0 < box.y1; y0 += high)
        parts.push({
          ...box,
          y0: Math.max(box.y0, y0),
          y1: Math.min(box.y1, y0 + high),
          z0: Math.max(box.z0, z0),
          z1: Math.min(box.z1, z0 + deep),
        })
    return parts
  }

  /**
   * Which of a tile's 4 × 4 × 2 blocks hold a set bit. Two sets of voxels without a block in common have no voxel in common, which
   * saves drawing most acts a second time.
   */
  blocksOf(words: Int32Array, from: number): number {
    let blocks = 0
    for (let word = 0; word < this.words; word++) {
      const bits = words[from + word] as number
      if (bits === 0) continue
      const four =
        (bits & 0xff && 1) | (bits & 0xff00 && 2) | (bits & 0xff0000 && 4) | (bits & 0xff000000 && 8)
      blocks |= four << (this.#blockShift[word] as number)
    }
    return blocks
  }

  /** The block of one voxel. */
  blockAt(x: number, y: number, z: number): number {
    return (1 << ((x & 31) >> 3)) << (this.#blockShift[this.wordAt(y, z)] as number)
  }
}
