/**
 * One segment of the mask: its acts, its tiles, and the acts that its tiles do not show yet as they should. Those wait for the work to
 * be done; what is asked about their places meanwhile is answered from the acts themselves.
 */
import type { EntryKey } from '../../../entry.ts'
import type { ActLog } from './actLog.ts'
import type { SegmentTiles } from './segmentTiles.ts'

export class Segment {
  readonly key: EntryKey
  readonly tiles: SegmentTiles
  /** Of its acts, in order of arrival. */
  readonly slots: number[] = []
  readonly #log: ActLog
  readonly #waiting = new Set<number>()
  /** The same, the lowest last: shown in their order acts lie on top of what is there, which is the least work. */
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

  /** The lowest act that waits; it waits no longer. */
  next(): number {
    if (!this.#isSorted) this.#line.sort((a, b) => (this.#log.above(a, b) ? -1 : 1))
    this.#isSorted = true
    const slot = this.#line.pop() as number
    this.#waiting.delete(slot)
    return slot
  }
}
