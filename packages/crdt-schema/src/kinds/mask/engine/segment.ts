/**
 * One segment of the mask: its acts, its tiles, and the acts that its tiles do not show yet as they should. Those wait for the work to
 * be done; what is asked about their places meanwhile is answered from the acts themselves.
 */
import type { VoxelBox } from '@consilium/geometry/raster/grid'
import type { EntryKey } from '../../../entry.ts'
import type { ActLog } from './actLog.ts'
import type { SegmentTiles } from './segmentTiles.ts'

/** An act that is being shown or hidden, part by part. */
export interface Job {
  readonly slot: number
  readonly shows: boolean
  /** Of its box; those left. */
  readonly parts: VoxelBox[]
}

export class Segment {
  readonly key: EntryKey
  readonly tiles: SegmentTiles
  /** Of its acts, in order of arrival. */
  readonly slots: number[] = []
  job: Job | null = null
  readonly #log: ActLog
  readonly #waiting = new Set<number>()
  /** The same without that of the job, the lowest last: shown in their order acts lie on top of what is there, which is the least work. */
  #line: number[] = []
  #isSorted = true

  constructor(key: EntryKey, log: ActLog, tiles: SegmentTiles) {
    this.key = key
    this.#log = log
    this.tiles = tiles
  }

  await(slot: number): void {
    if (this.#waiting.has(slot)) return
    this.#waiting.add(slot)
    this.#line.push(slot)
    this.#isSorted = this.#line.length === 1
  }

  get waiting(): ReadonlySet<number> {
    return this.#waiting
  }

  /** The lowest act that waits, to be worked on. It waits until it is `settled`. */
  next(): number {
    if (!this.#isSorted) this.#line.sort((a, b) => (this.#log.above(a, b) ? -1 : 1))
    this.#isSorted = true
    return this.#line.pop() as number
  }

  settled(slot: number): void {
    this.#waiting.delete(slot)
  }
}
