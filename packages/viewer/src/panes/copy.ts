/** One copy of a series' frames in memory, whole or in less detail: where each lies, and which packs of it are here. */
import { bytesPerPixel, type SampleKind, type Samples, samplesOver } from '@consilium/imaging/samples'
import type { DecodeJob } from './decoder.ts'
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

/** Throws a RangeError where there is not so much memory. */
export class Copy {
  readonly meta: CopyMeta
  readonly states: PackState[]
  /** Tries of each pack that failed. */
  readonly faults: number[]
  readonly #arrived: Uint8Array
  readonly #volume: Samples
  /** Values of one frame. */
  readonly #size: number
  #here = 0

  constructor(meta: CopyMeta) {
    const bytes = bytesOfCopy(meta)
    const buffer = globalThis.crossOriginIsolated ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes)
    this.meta = meta
    this.states = meta.packs.map(() => 'waiting')
    this.faults = meta.packs.map(() => 0)
    this.#arrived = new Uint8Array(meta.frames)
    this.#volume = samplesOver(meta.samples, buffer)
    this.#size = this.#volume.length / meta.frames
  }

  /** Frames here. */
  get here(): number {
    return this.#here
  }

  have(frame: number): boolean {
    return this.#arrived[frame] === 1
  }

  /** Null until it is here. */
  stored(frame: number): Samples | null {
    return this.have(frame) ? this.#volume.subarray(frame * this.#size, (frame + 1) * this.#size) : null
  }

  /** Where the values of a pack go. */
  placeOf({ first, count }: Pack): Samples {
    return this.#volume.subarray(first * this.#size, (first + count) * this.#size)
  }

  jobOf({ count }: Pack): DecodeJob {
    const { rows, columns, samples } = this.meta
    return { rows, columns, samples, count }
  }

  /** The values of this pack stand where they belong. */
  arrive(index: number, { first, count }: Pack): void {
    this.states[index] = 'here'
    this.#arrived.fill(1, first, first + count)
    this.#here += count
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
