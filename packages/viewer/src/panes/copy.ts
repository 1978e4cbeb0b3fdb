/** One copy of a series' frames, whole or in less detail: which packs of it are in memory. Each has memory of its own, so that it can go. */
import { bytesPerPixel, type SampleKind, type Samples } from '@consilium/imaging/samples'
import { type DecodeJob, placeFor } from './decoder.ts'
import type { Pack, PackState } from './packs.ts'

export interface CopyMeta {
  readonly rows: number
  readonly columns: number
  readonly samples: SampleKind
  readonly frames: number
  readonly packs: readonly Pack[]
}

export const bytesOfCopy = ({ rows, columns, samples, frames }: CopyMeta): number =>
  rows * columns * frames * bytesPerPixel(samples)

/** Throws a RangeError where there is not even memory for what comes first. */
export class Copy {
  readonly meta: CopyMeta
  readonly states: PackState[]
  /** Tries of each pack that failed. */
  readonly faults: number[]
  /** The values of each pack that is here. */
  readonly #parts: (Samples | null)[]
  /** Of each frame. */
  readonly #packOf: Int32Array
  /** Values of one frame. */
  readonly #size: number
  #here = 0

  constructor(meta: CopyMeta) {
    this.meta = meta
    this.states = meta.packs.map(() => 'waiting')
    this.faults = meta.packs.map(() => 0)
    this.#parts = meta.packs.map(() => null)
    this.#packOf = new Int32Array(meta.frames).fill(-1)
    meta.packs.forEach(({ first, count }, index) => this.#packOf.fill(index, first, first + count))
    const [first] = meta.packs
    this.#size = first ? this.placeOf(first).length / first.count : 0
  }

  /** Of all its values. */
  get bytes(): number {
    return bytesOfCopy(this.meta)
  }

  /** Frames here. */
  get here(): number {
    return this.#here
  }

  have(frame: number): boolean {
    return Boolean(this.#parts[this.#packOf[frame] ?? -1])
  }

  /** Null until it is here. */
  stored(frame: number): Samples | null {
    const index = this.#packOf[frame] ?? -1
    const [part, pack] = [this.#parts[index], this.meta.packs[index]]
    if (!part || !pack) return null
    const from = (frame - pack.first) * this.#size
    return part.subarray(from, from + this.#size)
  }

  bytesOf({ count }: Pack): number {
    return bytesOfCopy({ ...this.meta, frames: count })
  }

  /** Memory for the values of a pack. Throws a RangeError where there is none. */
  placeOf(pack: Pack): Samples {
    return placeFor(this.jobOf(pack))
  }

  jobOf({ count }: Pack): DecodeJob {
    const { rows, columns, samples } = this.meta
    return { rows, columns, samples, count }
  }

  arrive(index: number, { count }: Pack, values: Samples): void {
    this.states[index] = 'here'
    this.#parts[index] = values
    this.#here += count
  }

  /** Lets a pack go; it may be asked for again. */
  drop(index: number): void {
    if (!this.#parts[index]) return
    this.states[index] = 'waiting'
    this.#parts[index] = null
    this.#here -= this.meta.packs[index]?.count ?? 0
  }

  /** What was left out is asked for after all: the other copy has let go of some of it. */
  wantAgain(): void {
    this.states.forEach((state, index) => {
      if (state === 'here' && !this.#parts[index]) this.states[index] = 'waiting'
    })
  }

  /** Packs are not asked for any more of which another copy has all frames. */
  leaveOutWhat(other: Copy): void {
    this.meta.packs.forEach(({ first, count }, index) => {
      if (this.states[index] !== 'waiting') return
      let frame = first
      while (frame < first + count && other.have(frame)) frame++
      if (frame === first + count) this.states[index] = 'here'
    })
  }
}
