/**
 * Shows an act in the tiles of its segment, or takes it away, wherever it lies in the order. Nothing is drawn again but what the act
 * itself covers: shown, it takes the voxels that no shown act above it covers; taken away, its visible voxels fall to the next act below
 * that covers them. Where a tile's tops are known both is a look at each voxel; elsewhere the acts around it are asked, from the top
 * downwards, until no voxel is left.
 */

import type { VoxelBox } from '@consilium/geometry/raster/grid'
import type { Emit, Rasterise } from '@consilium/geometry/raster/shape'
import { joined } from '@consilium/geometry/voxels/box'
import type { ActLog } from './actLog.ts'
import { Coverage } from './coverage.ts'
import type { SegmentTiles } from './segmentTiles.ts'
import type { TileStore } from './tileStore.ts'
import type { Tiling } from './tiling.ts'
import { bitOf, setTops, type Tops } from './tops.ts'

/** Tiles up to which each is looked through by itself, ending when it has no voxel left; of more, all acts are drawn once over all. */
const TOGETHER = 12

/** Which part of a tile's list is looked through. */
type Side = 'above' | 'below'

export class Painter {
  readonly #tiling: Tiling
  readonly #log: ActLog
  readonly #store: TileStore
  readonly #tops: Tops
  readonly #rasterise: Rasterise
  readonly #together: number
  /** What the act covers, less what has been dealt with. */
  readonly #rest: Coverage
  /** By number in `#rest`: the tile, and where the act is in its list. */
  readonly #tiles: number[] = []
  readonly #places: number[] = []
  #segment!: SegmentTiles
  /** While acts around it are drawn: the one being drawn, whether it gets what it takes, and whether it took anything. */
  #drawn = 0
  #gives = false
  #took = false

  constructor(
    tiling: Tiling,
    log: ActLog,
    store: TileStore,
    tops: Tops,
    rasterise: Rasterise,
    together = TOGETHER,
  ) {
    this.#tiling = tiling
    this.#log = log
    this.#store = store
    this.#tops = tops
    this.#rasterise = rasterise
    this.#together = together
    this.#rest = new Coverage(tiling)
  }

  /** `part`: of the act's box, with the whole of every tile it touches. The act counts as hidden until all parts are done. */
  show(segment: SegmentTiles, slot: number, part: VoxelBox): void {
    this.#begin(segment, slot, part)
    const hidden: number[] = []
    for (let i = 0; i < this.#tiles.length; i++) {
      const tile = this.#tiles[i] as number
      this.#insert(i, slot)
      if (!this.#isCovered(i)) this.#give(i, slot)
      else {
        const tops = this.#tops.beforeChange(tile)
        if (tops) this.#giveWhereHigher(i, slot, tops)
        else hidden.push(i)
      }
    }
    this.#draw(hidden, 'above')
    for (const i of hidden) this.#give(i, slot)
  }

  /** The same the other way round. */
  hide(segment: SegmentTiles, slot: number, part: VoxelBox): void {
    this.#begin(segment, slot, part)
    const all = [...this.#tiles.keys()]
    const hidden: number[] = []
    for (const i of all) {
      this.#places[i] = this.#placeOf(this.#tiles[i] as number, slot)
      const tops = this.#tops.beforeChange(this.#tiles[i] as number)
      if (tops) this.#keepWhereTop(i, slot, tops)
      else hidden.push(i)
    }
    this.#draw(hidden, 'above')
    this.#gives = true
    this.#draw(all, 'below')
    this.#gives = false
    for (const i of all) this.#give(i, null)
  }

  #begin(segment: SegmentTiles, slot: number, part: VoxelBox): void {
    this.#segment = segment
    this.#rest.begin(part)
    this.#rasterise(this.#log.paint(slot).shape, part, this.#rest.add)
    this.#tiles.length = 0
    for (const key of this.#rest.keys) {
      const tile = segment.findOrOpen(key)
      this.#tiles.push(tile)
      segment.byAuthor.delete(tile)
    }
  }

  /** Where the act is in the list of a tile, or would be. */
  #placeOf(tile: number, slot: number): number {
    const { ops } = this.#store
    let from = 0
    let to = ops.count(tile)
    if (to > 0 && this.#log.above(slot, ops.slot(tile, to - 1))) return to
    while (from < to) {
      const middle = (from + to) >> 1
      if (this.#log.above(slot, ops.slot(tile, middle))) from = middle + 1
      else to = middle
    }
    return from
  }

  #insert(i: number, slot: number): void {
    const tile = this.#tiles[i] as number
    const { ops } = this.#store
    const place = this.#placeOf(tile, slot)
    this.#places[i] = place
    if (place < ops.count(tile) && ops.slot(tile, place) === slot) return
    this.#tops.beforeInsert(tile)
    ops.insert(tile, place, slot, this.#rest.blocks(i))
  }

  /** Whether a shown act above may cover some of it in this tile. */
  #isCovered(i: number): boolean {
    const tile = this.#tiles[i] as number
    const { ops } = this.#store
    const place = this.#places[i] as number
    const blocks = ops.blocks(tile, place)
    for (let above = ops.count(tile) - 1; above > place; above--)
      if ((ops.blocks(tile, above) & blocks) !== 0 && this.#store.shows(ops.slot(tile, above))) return true
    return false
  }

  /** Gives what is left in a tile to an act; to none: clears it. */
  #give(i: number, slot: number | null): void {
    const { words } = this.#tiling
    for (let word = 0; word < words; word++) {
      const bits = this.#rest.words[i * words + word] as number
      if (bits !== 0) this.#giveWord(i, word, bits, slot)
    }
    this.#rest.drop(i)
  }

  #giveWord(i: number, word: number, bits: number, slot: number | null): void {
    const tile = this.#tiles[i] as number
    this.#segment.put(tile, word, bits, slot === null ? 0 : this.#log.paint(slot).value)
    const tops = this.#tops.kept(tile)
    if (tops) setTops(tops, word, bits, slot === null ? 0 : slot + 1)
  }

  #giveWhereHigher(i: number, slot: number, tops: Int32Array): void {
    this.#keep(i, (at) => {
      const top = (tops[at] as number) - 1
      return top < 0 || this.#log.above(slot, top)
    })
    this.#give(i, slot)
  }

  #keepWhereTop(i: number, slot: number, tops: Int32Array): void {
    this.#keep(i, (at) => tops[at] === slot + 1)
  }

  /** Drops the voxels of a tile that `holds` is not true of. */
  #keep(i: number, holds: (at: number) => boolean): void {
    const { words } = this.#tiling
    for (let word = 0; word < words; word++) {
      let kept = 0
      for (let rest = this.#rest.words[i * words + word] as number; rest !== 0; rest &= rest - 1)
        if (holds(32 * word + bitOf(rest))) kept |= rest & -rest
      this.#rest.words[i * words + word] = kept
    }
  }

  /** Takes from what is left what the shown acts above or below cover, the highest first. */
  #draw(among: readonly number[], side: Side): void {
    const open = among.filter((i) => this.#rest.blocks(i) !== 0)
    if (open.length > this.#together) this.#drawTogether(open, side)
    else for (const i of open) this.#drawIn(i, side)
  }

  #drawIn(i: number, side: Side): void {
    const tile = this.#tiles[i] as number
    const { ops } = this.#store
    const box = this.#tiling.boxOf(this.#store.key(tile))
    const place = this.#places[i] as number
    const [first, end] = side === 'above' ? [ops.count(tile) - 1, place] : [place - 1, -1]
    let blocks = this.#rest.blocks(i)
    for (let at = first; at > end && blocks !== 0; at--) {
      if ((ops.blocks(tile, at) & blocks) === 0 || !this.#store.shows(ops.slot(tile, at))) continue
      this.#drawOne(ops.slot(tile, at), box)
      if (this.#took) blocks = this.#rest.blocks(i)
    }
  }

  #drawTogether(open: readonly number[], side: Side): void {
    const { ops } = this.#store
    const slots = new Set<number>()
    for (const i of open) {
      const tile = this.#tiles[i] as number
      const place = this.#places[i] as number
      const blocks = this.#rest.blocks(i)
      const [first, end] = side === 'above' ? [ops.count(tile) - 1, place] : [place - 1, -1]
      for (let at = first; at > end; at--)
        if ((ops.blocks(tile, at) & blocks) !== 0 && this.#store.shows(ops.slot(tile, at)))
          slots.add(ops.slot(tile, at))
    }
    const boxes = open.map((i) => this.#tiling.boxOf(this.#store.key(this.#tiles[i] as number)))
    const box = boxes.reduce((all, one) => joined(all, one))
    for (const slot of [...slots].sort((a, b) => (this.#log.above(a, b) ? -1 : 1))) this.#drawOne(slot, box)
  }

  #drawOne(slot: number, box: VoxelBox): void {
    this.#drawn = slot
    this.#took = false
    this.#rasterise(this.#log.paint(slot).shape, box, this.#take)
  }

  readonly #take: Emit = (z, y, x0, x1) => this.#rest.take(z, y, x0, x1, this.#taken)

  readonly #taken = (i: number, word: number, bits: number): void => {
    this.#took = true
    if (this.#gives) this.#giveWord(i, word, bits, this.#drawn)
  }
}
