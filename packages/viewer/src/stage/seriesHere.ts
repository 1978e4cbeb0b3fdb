/** The series of a pane: as it was taken, and the planes of it that are shown. What arrives of them is heard for as long as they are. */
import { slicedAs } from '../panes/reformat/slicings.ts'
import type { SeriesFrames } from '../panes/series.ts'
import { ACQUIRED, type Slicing, sameSlicing } from '../panes/slicing.ts'
import type { Viewing } from './viewing.ts'

export interface SeriesHerePort {
  readonly viewing: Viewing
  /** Other pictures come: what is under way belongs to those shown so far. */
  others(): void
  /** What stands around the picture tells what is here. */
  arrived(): void
}

export class SeriesHere {
  readonly #port: SeriesHerePort
  /** As it was taken, whatever planes of it are shown. */
  #base: SeriesFrames | null = null
  #stop: (() => void) | null = null

  constructor(port: SeriesHerePort) {
    this.#port = port
  }

  open(series: SeriesFrames | null, frame?: number): void {
    this.#port.others()
    this.#base = series
    this.#listenTo(series)
    this.#port.viewing.open(series, frame)
  }

  /** Through the place in the middle of the pane. Returns the reason where there is no such plane. */
  slice(slicing: Slicing): string | null {
    const { middle, series } = this.#port.viewing
    if (!this.#base || !middle || sameSlicing(series?.slicing ?? ACQUIRED, slicing)) return null
    const sliced = slicedAs(this.#base, slicing)
    if (typeof sliced === 'string') return sliced
    if (sliced === series) return null
    this.#port.others()
    this.#listenTo(sliced)
    this.#port.viewing.reslice(sliced, middle)
    return null
  }

  destroy(): void {
    this.#stop?.()
    this.#port.viewing.leave()
  }

  #listenTo(series: SeriesFrames | null): void {
    this.#stop?.()
    const onFrame = (frame: number): void => {
      this.#port.viewing.arrived(frame)
      this.#port.arrived()
    }
    this.#stop = series?.onFrame(onFrame) ?? null
  }
}
