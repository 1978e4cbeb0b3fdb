/** The canvas of what is laid over a picture, above it and below all marks. It is drawn like the picture itself, only that it is clear. */
import { pictureMatrix } from '../../stage/camera.ts'
import type { Probe } from '../../stage/scene.ts'
import { rescaledOf, rescaleOf } from '../greys.ts'
import type { Picture } from '../pane.ts'
import type { SeriesFrames } from '../series.ts'
import { frameOver, overOn } from './over.ts'
import { type OverLook, tint } from './tint.ts'

export { overWindow } from './tint.ts'

export interface Over extends OverLook {
  readonly series: SeriesFrames
}

type Filled = readonly [on: SeriesFrames, frame: number, edition: string | undefined, look: OverLook]

export class Fusion {
  readonly #canvas: HTMLCanvasElement
  readonly #buffer: HTMLCanvasElement
  readonly #changed: () => void
  #over: Over | null = null
  /** What is laid over which series. */
  #on: {
    readonly over: SeriesFrames
    readonly below: SeriesFrames
    readonly series: SeriesFrames | null
  } | null = null
  #filled: Filled | null = null
  #stop: (() => void) | null = null
  #pixelRatio = 1

  constructor(below: HTMLElement, changed: () => void) {
    const document = below.ownerDocument
    this.#changed = changed
    this.#buffer = document.createElement('canvas')
    this.#canvas = document.createElement('canvas')
    this.#canvas.dataset.over = ''
    this.#canvas.hidden = true
    below.after(this.#canvas)
  }

  /** Returns the reason where it cannot lie over the series; null: nothing is laid over, or all is well. */
  set(over: Over | null, below: SeriesFrames | null): string | null {
    if (over?.series !== this.#over?.series) {
      this.#stop?.()
      this.#stop = over?.series.onFrame(() => this.#changed()) ?? null
      this.#on = null
    }
    this.#over = over
    this.#canvas.hidden = over === null
    this.#changed()
    const on = over && below ? overOn(over.series, below) : null
    return typeof on === 'string' ? on : null
  }

  resize(width: number, height: number, pixelRatio: number): void {
    this.#pixelRatio = pixelRatio
    this.#canvas.width = Math.max(1, Math.round(width * pixelRatio))
    this.#canvas.height = Math.max(1, Math.round(height * pixelRatio))
  }

  draw(picture: Picture | null): void {
    const over = this.#over
    if (!over) return
    const paint = this.#canvas.getContext('2d')
    if (!paint) return
    paint.setTransform(1, 0, 0, 1, 0, 0)
    paint.clearRect(0, 0, this.#canvas.width, this.#canvas.height)
    const plane = picture?.series.planes[picture.frame]
    const on = picture && this.#onto(picture.series)
    if (!picture || !plane || !on || !this.#fill(on, frameOver(on, picture.series, picture.frame), over))
      return
    const { across, down, origin } = pictureMatrix(picture.camera, plane)
    const k = this.#pixelRatio
    paint.setTransform(across.x * k, across.y * k, down.x * k, down.y * k, origin.x * k, origin.y * k)
    paint.imageSmoothingEnabled = picture.smooth
    paint.drawImage(this.#buffer, -0.5, -0.5)
  }

  /** Of what lies over the pixel under the pointer; null where nothing does. */
  valueAt(below: SeriesFrames, frame: number, pixel: Probe['pixel']): number | null {
    const on = pixel && this.#onto(below)
    if (!on || !pixel) return null
    const at = frameOver(on, below, frame)
    const [column, row] = pixel
    const word = on.stored(at)?.[(row - 1) * on.meta.columns + column - 1]
    return word === undefined || word === on.meta.padding ? null : rescaledOf(word, rescaleOf(on.meta, at))
  }

  destroy(): void {
    this.#stop?.()
    this.#canvas.remove()
  }

  #onto(below: SeriesFrames): SeriesFrames | null {
    if (!this.#over) return null
    const over = this.#over.series
    if (this.#on?.over !== over || this.#on.below !== below) {
      const series = overOn(over, below)
      this.#on = { over, below, series: typeof series === 'string' ? null : series }
    }
    return this.#on.series
  }

  /** Zoomed and moved the same colours are drawn again. */
  #fill(on: SeriesFrames, frame: number, look: OverLook): boolean {
    const found = on.drawable(frame)
    const paint = this.#buffer.getContext('2d', { willReadFrequently: true })
    if (!found || !paint) return false
    const wanted: Filled = [on, frame, found.edition, look]
    if (this.#filled?.every((part, n) => part === wanted[n])) return true
    this.#filled = wanted
    const { columns, rows } = found
    if (this.#buffer.width !== columns || this.#buffer.height !== rows) {
      this.#buffer.width = columns
      this.#buffer.height = rows
    }
    const image = paint.createImageData(columns, rows)
    tint(found.values, on.meta, frame, look, new Uint32Array(image.data.buffer))
    paint.putImageData(image, 0, 0)
    return true
  }
}
