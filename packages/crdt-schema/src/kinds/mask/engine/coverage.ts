/**
 * The voxels that one act covers, as words of the tiles it touches; made anew for each act and used up while it is painted.
 * Tiles are found by their place in the act's box, so that a row costs no search.
 */
import type { VoxelBox } from '@consilium/geometry/raster/grid'
import type { Emit } from '@consilium/geometry/raster/shape'
import { grown } from './grown.ts'
import type { Tiling } from './tiling.ts'

export class Coverage {
  /** Keys of the tiles touched. The words of the i-th begin at i × words of a tile. */
  readonly keys: number[] = []
  words: Int32Array
  readonly #tiling: Tiling
  /** By place in the box: 1 + the number of the tile, 0 where it is not touched. */
  #numbers = new Int32Array(256)
  readonly #places: number[] = []
  /** The box, in tiles. */
  #x = 0
  #y = 0
  #z = 0
  #nx = 0
  #ny = 0

  constructor(tiling: Tiling) {
    this.#tiling = tiling
    this.words = new Int32Array(16 * tiling.words)
  }

  /** Forgets what there is. Until the next time, rows within `box` may be added. */
  begin(box: VoxelBox): void {
    for (const place of this.#places) this.#numbers[place] = 0
    this.words.fill(0, 0, this.keys.length * this.#tiling.words)
    this.#places.length = 0
    this.keys.length = 0
    const { yBits, zBits } = this.#tiling
    this.#x = box.x0 >> 5
    this.#y = box.y0 >> yBits
    this.#z = box.z0 >> zBits
    this.#nx = ((box.x1 - 1) >> 5) - this.#x + 1
    this.#ny = ((box.y1 - 1) >> yBits) - this.#y + 1
    const nz = ((box.z1 - 1) >> zBits) - this.#z + 1
    this.#numbers = grown(this.#numbers, this.#nx * this.#ny * nz)
  }

  readonly add: Emit = (z, y, x0, x1) => {
    const row = this.#rowAt(z, y)
    const word = this.#tiling.wordAt(y, z)
    const last = (x1 - 1) >> 5
    for (let tx = x0 >> 5; tx <= last; tx++) {
      const number = (this.#numbers[row + tx] as number) || this.#open(row + tx, tx << 5, y, z)
      const at = (number - 1) * this.#tiling.words + word
      this.words[at] = (this.words[at] as number) | wordOf(tx << 5, x0, x1)
    }
  }

  /** Takes a row out. Tells of every word that lost bits: the tile's number, the word in the tile, the bits. */
  take(
    z: number,
    y: number,
    x0: number,
    x1: number,
    lost: (i: number, word: number, bits: number) => void,
  ): void {
    const row = this.#rowAt(z, y)
    const word = this.#tiling.wordAt(y, z)
    const last = (x1 - 1) >> 5
    for (let tx = x0 >> 5; tx <= last; tx++) {
      const i = (this.#numbers[row + tx] as number) - 1
      if (i < 0) continue
      const at = i * this.#tiling.words + word
      const bits = (this.words[at] as number) & wordOf(tx << 5, x0, x1)
      if (bits === 0) continue
      this.words[at] = (this.words[at] as number) ^ bits
      lost(i, word, bits)
    }
  }

  /** Empties the i-th tile. */
  drop(i: number): void {
    this.words.fill(0, i * this.#tiling.words, (i + 1) * this.#tiling.words)
  }

  blocks(i: number): number {
    return this.#tiling.blocksOf(this.words, i * this.#tiling.words)
  }

  /** Where the row's tile at x = 0 would be among the numbers. */
  #rowAt(z: number, y: number): number {
    const { yBits, zBits } = this.#tiling
    return (((z >> zBits) - this.#z) * this.#ny + (y >> yBits) - this.#y) * this.#nx - this.#x
  }

  #open(place: number, x: number, y: number, z: number): number {
    const number = this.keys.push(this.#tiling.keyAt(x, y, z))
    this.words = grown(this.words, number * this.#tiling.words)
    this.#places.push(place)
    this.#numbers[place] = number
    return number
  }
}

/** The bits from x0 to before x1 in the word that begins at `x`, which must have at least one of them. */
export function wordOf(x: number, x0: number, x1: number): number {
  const from = x0 > x ? -1 << (x0 - x) : -1
  return x1 < x + 32 ? from & (-1 >>> (x + 32 - x1)) : from
}
