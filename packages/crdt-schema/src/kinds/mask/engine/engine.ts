/**
 * The raster of a mask: what its acts of painting come to, voxel by voxel, whatever order they arrive in. A voxel is the value of the
 * highest act in effect that covers it.
 *
 * Feeding acts takes little time and changes all answers at once. The work of showing them in tiles is done by `step`, in as many slices
 * as the caller likes, on the main thread or in a worker; it changes how fast answers are, never what they are. Only counts of a whole
 * segment wait for it.
 *
 * Knows nothing of documents, clocks or screens. Acts must have been judged before: shapes are taken as they are. Acts of a segment that
 * nobody knows are kept like all others; whether a segment is shown is not asked here.
 */
import { type Grid, type VoxelBox, wholeGrid } from '@consilium/geometry/raster/grid'
import { boundsOf } from '@consilium/geometry/raster/limits'
import { createRasteriser } from '@consilium/geometry/raster/rasteriser'
import type { Axis } from '@consilium/geometry/raster/shape'
import type { EntryKey } from '../../../entry.ts'
import type { ActId, MaskAct } from '../act.ts'
import { compareActs } from '../order.ts'
import { ActLog } from './actLog.ts'
import { ActSource } from './actSource.ts'
import { voxelsByAuthor } from './authors.ts'
import { Boxes } from './boxes.ts'
import { Painter } from './painter.ts'
import { type Job, Segment } from './segment.ts'
import { SegmentTiles } from './segmentTiles.ts'
import type { MarkOf, Source } from './source.ts'
import { type Statistics, statisticsOf } from './statistics.ts'
import { TileSource } from './tileSource.ts'
import { TileStore } from './tileStore.ts'
import { TILE, type TileShape, Tiling } from './tiling.ts'
import { TOP_LIMITS, type TopLimits, Tops } from './tops.ts'

/** Tiles of an act that are worked on at once: of an organ that much lies over and under a millisecond or two, so that a turn of the main thread ends when it should. */
const AT_ONCE = 48

const ENDS = [
  ['x0', 'x1'],
  ['y0', 'y1'],
  ['z0', 'z1'],
] as const

export interface MaskEngineOptions {
  readonly grid: Grid
  /** Told while acts are fed: something in this box of the segment may look different from now on. */
  readonly onDirty?: (segment: EntryKey, box: VoxelBox) => void
  /** For tests: other sizes take other paths to the same answers. */
  readonly tile?: TileShape
  readonly tops?: TopLimits
  readonly together?: number
  readonly atOnce?: number
}

export interface Blame {
  readonly act: MaskAct
  /** What would be on top without it; null where nothing would. */
  readonly under: MaskAct | null
}

export class MaskEngine {
  readonly grid: Grid
  readonly #onDirty: (segment: EntryKey, box: VoxelBox) => void
  readonly #tiling: Tiling
  readonly #log = new ActLog()
  readonly #boxes = new Boxes()
  readonly #store: TileStore
  readonly #tops: Tops
  readonly #painter: Painter
  readonly #atOnce: number
  readonly #fromTiles: Source
  readonly #fromActs: ActSource
  readonly #segments = new Map<EntryKey, Segment>()

  constructor(options: MaskEngineOptions) {
    const { grid, onDirty, tile = TILE, tops = TOP_LIMITS, together, atOnce = AT_ONCE } = options
    const rasterise = createRasteriser(grid)
    this.grid = grid
    this.#onDirty = onDirty ?? (() => undefined)
    this.#tiling = new Tiling(grid, tile)
    this.#store = new TileStore(this.#tiling)
    this.#tops = new Tops(this.#tiling, this.#log, this.#store, rasterise, tops)
    this.#painter = new Painter(this.#tiling, this.#log, this.#store, this.#tops, rasterise, together)
    this.#atOnce = atOnce
    this.#fromTiles = new TileSource(this.#tiling, this.#log, this.#store, this.#tops, rasterise)
    this.#fromActs = new ActSource(this.#log, this.#boxes, rasterise)
  }

  /** Acts in any order and as often as they come; those that are known already are passed over. */
  feed(acts: readonly MaskAct[]): void {
    // The lowest first: what is withdrawn is then known before it is.
    const ordered = acts.length > 1 ? [...acts].sort((a, b) => compareActs(a.id, b.id)) : acts
    for (const act of ordered) {
      const slot = this.#log.add(act, this.#turned)
      if (slot < 0 || act.body.act !== 'paint') continue
      this.#boxes.set(slot, boundsOf(act.body.shape, this.grid))
      this.#segmentOf(act.body.segment).slots.push(slot)
      if (this.#log.effective(slot)) this.#turned(slot)
    }
  }

  /** Brings tiles up to date, a little at a time while `more` says so. True once there is nothing left to do. */
  step(more: () => boolean = () => true): boolean {
    for (const segment of this.#segments.values())
      while (segment.waiting.size > 0) {
        if (!more()) return false
        this.#work(segment)
      }
    return true
  }

  /** Acts that tiles are still to be brought up to date with. */
  get waiting(): number {
    let sum = 0
    for (const { waiting } of this.#segments.values()) sum += waiting.size
    return sum
  }

  /** In the order in which their first acts arrived. */
  get segments(): readonly EntryKey[] {
    return [...this.#segments.keys()]
  }

  valueAt(segment: EntryKey, x: number, y: number, z: number): 0 | 1 {
    const [top] = this.#over(segment, x, y, z, 1)
    return top === undefined ? 0 : this.#log.paint(top).value
  }

  /** The act that made a voxel what it is, also where it was erased; null where no act in effect covers it. */
  blame(segment: EntryKey, x: number, y: number, z: number): Blame | null {
    const [top, next] = this.#over(segment, x, y, z, 2)
    if (top === undefined) return null
    return { act: this.#log.act(top), under: next === undefined ? null : this.#log.act(next) }
  }

  /** The highest act over a voxel that an adjudicator took out of effect; null where there is none. */
  withdrawnAt(key: EntryKey, x: number, y: number, z: number): MaskAct | null {
    const segment = this.#segments.get(key)
    const voxel = { x0: x, x1: x + 1, y0: y, y1: y + 1, z0: z, z1: z + 1 }
    const slot = segment && this.#fromActs.withdrawn(segment, voxel)
    return slot === undefined || slot === null ? null : this.#log.act(slot)
  }

  /**
   * Writes `label` into a picture of a slice wherever the segment is set, and nothing elsewhere: segments are put one over another by
   * copying them in turn. The other two axes run in the order x, y, z, the first of them fastest.
   */
  copySlice(key: EntryKey, axis: Axis, index: number, target: Uint8Array, label = 1): void {
    this.copyBox(key, this.#sliceBox(axis, index), target, label)
  }

  /** The same for a box; x runs fastest, then y. */
  copyBox(key: EntryKey, box: VoxelBox, target: Uint8Array, label = 1): void {
    const segment = this.#segments.get(key)
    if (segment) this.#source(segment, box).copyBits(segment, box, target, label)
  }

  /** Writes the number of the act on top (`act`) into a picture of a slice wherever there is one, be it of paint or of erasing. */
  actsOfSlice(segment: EntryKey, axis: Axis, index: number, target: Uint32Array): void {
    this.#copyTops(segment, this.#sliceBox(axis, index), target, (slot) => slot + 1)
  }

  /** Writes the clientID of whoever painted it into a picture of a slice wherever the segment is set. */
  authorsOfSlice(segment: EntryKey, axis: Axis, index: number, target: Uint32Array): void {
    this.authorsOfBox(segment, this.#sliceBox(axis, index), target)
  }

  /** The same for a box; x runs fastest, then y. */
  authorsOfBox(segment: EntryKey, box: VoxelBox, target: Uint32Array): void {
    this.#copyTops(segment, box, target, (slot) =>
      this.#log.paint(slot).value === 1 ? this.#log.act(slot).id.client : 0,
    )
  }

  /** By the number that `actsOfSlice` writes. */
  act(number: number): MaskAct {
    return this.#log.act(number - 1)
  }

  /** False also for an act that is not known. */
  effective({ client, lamport }: ActId): boolean {
    const slot = this.#log.find(client, lamport)
    return slot >= 0 && this.#log.effective(slot)
  }

  /** Null while acts of the segment wait for their tiles. */
  statistics(key: EntryKey): Statistics | null {
    const segment = this.#segments.get(key)
    if (segment && segment.waiting.size > 0) return null
    return statisticsOf(segment?.tiles ?? null, this.grid)
  }

  /** Voxels by clientID, of what is set; null while acts of the segment wait for their tiles. The first time takes long. */
  authors(key: EntryKey): ReadonlyMap<number, number> | null {
    const segment = this.#segments.get(key)
    if (!segment) return new Map()
    if (segment.waiting.size > 0) return null
    return voxelsByAuthor(segment.tiles, this.#tiling, this.#log, this.#store, this.#tops)
  }

  /** Bytes of what is kept in typed arrays; the acts themselves are not counted. */
  get memory(): {
    readonly bits: number
    readonly lists: number
    readonly tops: number
    readonly log: number
  } {
    return {
      bits: this.#store.bytes,
      lists: this.#store.ops.bytes,
      tops: this.#tops.bytes,
      log: this.#log.bytes + this.#boxes.bytes,
    }
  }

  readonly #turned = (slot: number): void => {
    const { segment } = this.#log.paint(slot)
    this.#segmentOf(segment).await(slot)
    this.#onDirty(segment, this.#boxes.get(slot))
  }

  #work(segment: Segment): void {
    const job = (segment.job ??= this.#jobOf(segment.next()))
    const part = job.parts.pop()
    if (part && job.shows) this.#painter.show(segment.tiles, job.slot, part)
    else if (part) this.#painter.hide(segment.tiles, job.slot, part)
    if (job.parts.length > 0) return
    this.#store.setShown(job.slot, job.shows)
    segment.job = null
    segment.settled(job.slot)
    // It may have been turned once more meanwhile.
    if (this.#log.effective(job.slot) !== job.shows) segment.await(job.slot)
  }

  #jobOf(slot: number): Job {
    const shows = this.#log.effective(slot)
    const isDone = shows === this.#store.shows(slot)
    return { slot, shows, parts: isDone ? [] : this.#tiling.partsOf(this.#boxes.get(slot), this.#atOnce) }
  }

  #segmentOf(key: EntryKey): Segment {
    const known = this.#segments.get(key)
    if (known) return known
    const segment = new Segment(key, this.#log, new SegmentTiles(this.#tiling, this.#store))
    this.#segments.set(key, segment)
    return segment
  }

  #copyTops(key: EntryKey, box: VoxelBox, target: Uint32Array, markOf: MarkOf): void {
    const segment = this.#segments.get(key)
    if (segment) this.#source(segment, box).copyTops(segment, box, target, markOf)
  }

  #over(key: EntryKey, x: number, y: number, z: number, most: number): number[] {
    const segment = this.#segments.get(key)
    const voxel = { x0: x, x1: x + 1, y0: y, y1: y + 1, z0: z, z1: z + 1 }
    return segment ? this.#source(segment, voxel).over(segment, voxel, most) : []
  }

  #source(segment: Segment, box: VoxelBox): Source {
    // Of the act that is worked on some tiles have it and some not: none of them can say which act is on top.
    if (segment.job && this.#boxes.meets(segment.job.slot, this.#tiling.around(box))) return this.#fromActs
    for (const slot of segment.waiting) if (this.#boxes.meets(slot, box)) return this.#fromActs
    return this.#fromTiles
  }

  #sliceBox(axis: Axis, index: number): VoxelBox {
    const [low, high] = ENDS[axis]
    return { ...wholeGrid(this.grid), [low]: index, [high]: index + 1 }
  }
}
