/** The values of the volume shown, filled in layer by layer as slices arrive, a few milliseconds a turn. */
import type { SeriesFrames } from '../panes/series.ts'
import type { VolumeBox } from './box.ts'
import { fillLayer, framesOfLayer, outsideOf } from './sample.ts'

export interface ValuesPort {
  /** All layers that could be filled are; `isWhole`: nothing more will come. */
  changed(isWhole: boolean): void
}

/** So long is waited while slices arrive before the picture is made of them. */
const REST_MS = 500
/** Of each turn of the page. */
const TURN_MS = 8

export class Values {
  readonly values: Float32Array
  readonly #series: SeriesFrames
  readonly #box: VolumeBox
  readonly #moment: number
  readonly #port: ValuesPort
  /** How many frames of a layer were there when it was filled. */
  readonly #filled: Int32Array
  readonly #stop: () => void
  #timer: ReturnType<typeof setTimeout> | undefined
  #isClosed = false

  constructor(series: SeriesFrames, box: VolumeBox, moment: number, port: ValuesPort) {
    this.#series = series
    this.#box = box
    this.#moment = moment
    this.#port = port
    const [wide, high, deep] = box.size
    this.values = new Float32Array(wide * high * deep).fill(outsideOf(series))
    this.#filled = new Int32Array(deep)
    this.#stop = series.onFrame(() => {
      this.#timer ??= setTimeout(() => this.#fill(0, false), REST_MS)
    })
    this.#timer = setTimeout(() => this.#fill(0, false))
  }

  close(): void {
    this.#isClosed = true
    clearTimeout(this.#timer)
    this.#stop()
  }

  #fill(from: number, wasChanged: boolean): void {
    if (this.#isClosed) return
    const end = performance.now() + TURN_MS
    let isChanged = wasChanged
    for (let layer = from; layer < this.#filled.length; layer++) {
      if (performance.now() > end) {
        this.#timer = setTimeout(() => this.#fill(layer, isChanged))
        return
      }
      const here = this.#worthOf(layer)
      if (here === this.#filled[layer]) continue
      fillLayer(this.#series, this.#box, layer, this.#moment, this.values)
      this.#filled[layer] = here
      isChanged = true
    }
    this.#timer = undefined
    if (isChanged) this.#port.changed(this.#isWhole())
  }

  /** How much of a layer is here: a slice in less detail counts half. */
  #worthOf(layer: number): number {
    return framesOfLayer(this.#series, this.#box, layer, this.#moment).reduce(
      (sum, frame) => sum + (this.#series.have(frame) ? 2 : this.#series.drawable(frame) ? 1 : 0),
      0,
    )
  }

  #isWhole(): boolean {
    return this.#filled.every(
      (worth, layer) => worth === 2 * framesOfLayer(this.#series, this.#box, layer, this.#moment).length,
    )
  }
}
