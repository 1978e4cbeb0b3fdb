/**
 * The tiles of all segments of a grid: their bits, the acts that touched each, and which acts the bits show (an act that was fed is in
 * effect at once and shown a little later). Bits lie in pages of many tiles; a tile is never given back, because what touched it is
 * never forgotten.
 */
import { grown } from './grown.ts'
import { OpLists } from './opLists.ts'
import type { Tiling } from './tiling.ts'

const PAGE_BITS = 6

export class TileStore {
  readonly ops = new OpLists()
  readonly #tiling: Tiling
  readonly #pages: Int32Array[] = []
  #keys = new Int32Array(64)
  #count = 0
  /** By slot. */
  #shown = new Uint8Array(256)

  constructor(tiling: Tiling) {
    this.#tiling = tiling
  }

  /** An empty tile for the place `key`. */
  open(key: number): number {
    const tile = this.#count++
    if (tile >> PAGE_BITS === this.#pages.length)
      this.#pages.push(new Int32Array(this.#tiling.words << PAGE_BITS))
    this.#keys = grown(this.#keys, this.#count)
    this.#keys[tile] = key
    this.ops.open()
    return tile
  }

  get count(): number {
    return this.#count
  }

  key(tile: number): number {
    return this.#keys[tile] as number
  }

  /** The array that a tile's words lie in, from `base(tile)` on. */
  page(tile: number): Int32Array {
    return this.#pages[tile >> PAGE_BITS] as Int32Array
  }

  base(tile: number): number {
    return (tile & ((1 << PAGE_BITS) - 1)) * this.#tiling.words
  }

  shows(slot: number): boolean {
    return this.#shown[slot] === 1
  }

  setShown(slot: number, shown: boolean): void {
    this.#shown = grown(this.#shown, slot + 1)
    this.#shown[slot] = shown ? 1 : 0
  }

  get bytes(): number {
    return this.#pages.length * (this.#tiling.words << PAGE_BITS) * 4 + this.#keys.byteLength
  }
}
