/**
 * Pictures along the columns of a volume. The values of a column lie a row apart, each in a piece of memory of its own to the processor:
 * to read one picture costs as much as to read those beside it too. So a few are read together, and while nobody waits those that come next.
 */
import type { Samples } from '@consilium/imaging/samples'
import type { SeriesFrames } from '../series.ts'
import type { Walk } from './cut.ts'
import { type Words, wordsOf } from './gather.ts'
import { pictureOf } from './reformatted.ts'

/** Pictures that are read together, from a place that is a multiple of it: half a line of the processor's cache of 16-bit values. */
const TOGETHER = 8
/** Slices between two looks at the clock while nobody waits, and how much of a pause must be left for them. */
const SLICES_AT_ONCE = 16
const LEAST_MS = 2

interface Block {
  /** Which of the series: places from TOGETHER times this on. */
  index: number
  /** Of the moment it is of: the same list for as long as that is shown. */
  slices: readonly number[]
  /** One picture after the other. */
  readonly pictures: Samples
  /** Slices read so far. */
  read: number
}

export class Columns {
  readonly #base: SeriesFrames
  readonly #walk: Walk
  #now: Block | null = null
  #next: Block | null = null
  #last = 0
  #isWaiting = false

  /** Of a walk whose values lie `stride` apart and whose places lie side by side. */
  constructor(base: SeriesFrames, walk: Walk) {
    this.#base = base
    this.#walk = walk
  }

  static areThose({ stride, next }: Walk): boolean {
    return stride !== 1 && Math.abs(next) === 1
  }

  /** The picture at a place into `into`. False where a slice is not here, or in less detail only. */
  fill(place: number, slices: readonly number[], into: Samples): boolean {
    if (!slices.every((frame) => this.#base.drawable(frame)?.factor === 1)) return false
    const index = Math.floor(place / TOGETHER)
    const block = this.#blockOf(index, slices, into.length)
    this.#read(block, slices.length)
    const from = (place - index * TOGETHER) * into.length
    into.set(block.pictures.subarray(from, from + into.length))
    this.#prepare(place, block, into.length)
    return true
  }

  /** Of the two that are kept the one that holds it; else the older one is begun anew. */
  #blockOf(index: number, slices: readonly number[], size: number): Block {
    const isThat = (block: Block | null): boolean => block?.index === index && block.slices === slices
    if (this.#now && isThat(this.#now)) return this.#now
    const before = this.#now
    this.#now = isThat(this.#next) ? this.#next : null
    this.#now ??= this.#begun(this.#next, index, slices, size)
    this.#next = before
    return this.#now
  }

  #begun(old: Block | null, index: number, slices: readonly number[], size: number): Block {
    const { samples } = this.#base.meta
    const block = old ?? { index, slices, pictures: pictureOf(samples, TOGETHER * size), read: 0 }
    block.index = index
    block.slices = slices
    block.read = 0
    return block
  }

  /** The next ones in the way that is gone, while the page has nothing to do. */
  #prepare(place: number, { index, slices }: Block, size: number): void {
    const next = index + (place < this.#last ? -1 : 1)
    this.#last = place
    const isThere = next >= 0 && next * TOGETHER < this.#base.meta.columns
    if (!isThere || typeof requestIdleCallback === 'undefined') return
    if (this.#next?.index !== next || this.#next.slices !== slices)
      this.#next = this.#begun(this.#next, next, slices, size)
    if (!this.#isWaiting && this.#next.read < slices.length) this.#readLater()
  }

  #readLater(): void {
    this.#isWaiting = true
    requestIdleCallback((pause) => {
      this.#isWaiting = false
      const block = this.#next
      if (!block) return
      const { length } = block.slices
      while (block.read < length && pause.timeRemaining() > LEAST_MS)
        if (!this.#read(block, Math.min(length, block.read + SLICES_AT_ONCE))) return
      if (block.read < length) this.#readLater()
    })
  }

  /** False where a slice has gone. */
  #read(block: Block, to: number): boolean {
    const { slices, pictures, index } = block
    const size = pictures.length / TOGETHER
    const count = Math.min(TOGETHER, this.#base.meta.columns - index * TOGETHER)
    for (; block.read < to; block.read++) {
      const found = this.#base.drawable(slices[block.read] as number)
      if (found?.factor !== 1) return false
      gatherBeside(
        wordsOf(found.values),
        this.#walk,
        index * TOGETHER,
        count,
        block.read,
        wordsOf(pictures),
        size,
      )
    }
    return true
  }
}

/** A line of one slice into each of `count` pictures of `size` values, of the planes from `place` on. */
function gatherBeside(
  source: Words,
  walk: Walk,
  place: number,
  count: number,
  slice: number,
  into: Words,
  size: number,
): void {
  const { stride, along, next } = walk
  const first = walk.first + walk.across * slice + along * walk.shiftOf(slice)
  let [from, to] = [walk.start + next * place, first]
  for (let i = 0; i < walk.count; i++, from += stride, to += along)
    for (let k = 0, s = from, t = to; k < count; k++, s += next, t += size) into[t] = source[s] as number
}
