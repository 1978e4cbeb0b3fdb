/**
 * Which act is on top of each voxel of a tile: 1 + its slot, 0 where none is. Kept for tiles in which so much happened that finding it
 * again takes long, and for those used last; for all others it is made anew from the tile's acts when it is asked for.
 */
import type { Emit, Rasterise } from '@consilium/geometry/raster/shape'
import type { ActLog } from './actLog.ts'
import { wordOf } from './coverage.ts'
import type { TileStore } from './tileStore.ts'
import type { Tiling } from './tiling.ts'

export interface TopLimits {
  /** Acts in a tile from which on its tops are made before something changes below them. */
  readonly worth: number
  /** Acts in a tile from which on they are kept whatever happens. The sum over all tiles of acts, by this, bounds how many are. */
  readonly kept: number
  /** How many others are kept. */
  readonly cached: number
}

export const TOP_LIMITS: TopLimits = { worth: 64, kept: 1024, cached: 1024 }

export class Tops {
  readonly #tiling: Tiling
  readonly #log: ActLog
  readonly #store: TileStore
  readonly #rasterise: Rasterise
  readonly #limits: TopLimits
  readonly #kept = new Map<number, Int32Array>()
  /** In the order in which they were used. */
  readonly #cached = new Map<number, Int32Array>()
  /** What is being made: the voxels still without a top, and for whom. */
  readonly #rest: Int32Array
  #into: Int32Array
  #slot = 0
  #x = 0
  #took = false

  constructor(tiling: Tiling, log: ActLog, store: TileStore, rasterise: Rasterise, limits: TopLimits) {
    this.#tiling = tiling
    this.#log = log
    this.#store = store
    this.#rasterise = rasterise
    this.#limits = limits
    this.#rest = new Int32Array(tiling.words)
    this.#into = new Int32Array(0)
  }

  /** Those that are there. Whoever changes what is shown keeps them true. */
  kept(tile: number): Int32Array | undefined {
    return this.#kept.get(tile) ?? this.#cached.get(tile)
  }

  /** Before something below the top of a tile changes: those that are there, or new ones where that is worth it. */
  beforeChange(tile: number): Int32Array | undefined {
    return this.#store.ops.count(tile) >= this.#limits.worth ? this.of(tile) : this.kept(tile)
  }

  /** Before an act is put into the list of a tile: a list that grows long has tops from now on. */
  beforeInsert(tile: number): void {
    if (this.#store.ops.count(tile) < this.#limits.kept || this.#kept.has(tile)) return
    const tops = this.#cached.get(tile) ?? this.make(tile)
    this.#cached.delete(tile)
    this.#kept.set(tile, tops)
  }

  of(tile: number): Int32Array {
    const kept = this.#kept.get(tile)
    if (kept) return kept
    const tops = this.#cached.get(tile) ?? this.make(tile)
    this.#cached.delete(tile)
    this.#cached.set(tile, tops)
    for (const [oldest] of this.#cached) {
      if (this.#cached.size <= this.#limits.cached) break
      this.#cached.delete(oldest)
    }
    return tops
  }

  /** New ones, which are not kept. */
  make(tile: number): Int32Array {
    const tiling = this.#tiling
    const { ops } = this.#store
    const box = tiling.boxOf(this.#store.key(tile))
    this.#x = box.x0
    this.#into = new Int32Array(32 * tiling.words)
    this.#rest.fill(-1)
    let blocks = -1
    for (let i = ops.count(tile) - 1; i >= 0 && blocks !== 0; i--) {
      this.#slot = ops.slot(tile, i)
      if ((ops.blocks(tile, i) & blocks) === 0 || !this.#store.shows(this.#slot)) continue
      this.#took = false
      this.#rasterise(this.#log.paint(this.#slot).shape, box, this.#take)
      if (this.#took) blocks = tiling.blocksOf(this.#rest, 0)
    }
    return this.#into
  }

  get bytes(): number {
    return (this.#kept.size + this.#cached.size) * this.#tiling.words * 128
  }

  readonly #take: Emit = (z, y, x0, x1) => {
    const word = this.#tiling.wordAt(y, z)
    const bits = (this.#rest[word] as number) & wordOf(this.#x, x0, x1)
    if (bits === 0) return
    this.#took = true
    this.#rest[word] = (this.#rest[word] as number) ^ bits
    setTops(this.#into, word, bits, this.#slot + 1)
  }
}

/** Gives the voxels `bits` of a word to `top`. */
export function setTops(tops: Int32Array, word: number, bits: number, top: number): void {
  for (let rest = bits; rest !== 0; rest &= rest - 1) tops[32 * word + bitOf(rest)] = top
}

/** The lowest bit that is set. */
export const bitOf = (bits: number): number => 31 - Math.clz32(bits & -bits)
