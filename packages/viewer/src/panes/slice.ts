/**
 * One slice of a series on a 2D canvas: stored values through a table of 65 536 greys into an image of their own size, then scaled.
 * Of window, slice and view only what changed is done again; without a GPU this is several times faster than WebGL.
 */
import { pictureRect } from '../stage/camera.ts'
import type { Window } from '../stage/scene.ts'
import type { Pane, Picture } from './pane.ts'
import type { SeriesFrames } from './series.ts'
import { buildLut, LUT_SIZE } from './window.ts'

interface Greyed {
  readonly series: SeriesFrames
  readonly frame: number
  readonly window: Window
  readonly inverted: boolean
}

export class SlicePane implements Pane {
  readonly element: HTMLCanvasElement
  readonly #context: CanvasRenderingContext2D
  readonly #buffer = document.createElement('canvas')
  readonly #bufferContext: CanvasRenderingContext2D
  readonly #lut = new Uint32Array(LUT_SIZE)
  #image: ImageData | null = null
  #lutFor: Greyed | null = null
  #imageFor: Greyed | null = null
  #pixelRatio = 1

  constructor() {
    this.element = document.createElement('canvas')
    this.#context = contextOf(this.element, { alpha: false })
    this.#bufferContext = contextOf(this.#buffer, { alpha: false, willReadFrequently: true })
  }

  resize(width: number, height: number, pixelRatio: number): void {
    this.#pixelRatio = pixelRatio
    this.element.width = Math.max(1, Math.round(width * pixelRatio))
    this.element.height = Math.max(1, Math.round(height * pixelRatio))
  }

  draw(picture: Picture | null): void {
    const context = this.#context
    context.setTransform(1, 0, 0, 1, 0, 0)
    context.fillStyle = '#000'
    context.fillRect(0, 0, this.element.width, this.element.height)
    if (!picture || !this.#fill(picture)) return
    const { series, frame, camera, smooth } = picture
    const plane = series.planes[frame]
    if (!plane) return
    const rect = pictureRect(camera, plane, series.meta)
    context.setTransform(this.#pixelRatio, 0, 0, this.#pixelRatio, 0, 0)
    context.imageSmoothingEnabled = smooth
    // Smaller than it is, a picture needs averaging, or fine lines flicker while scrolling.
    context.imageSmoothingQuality =
      rect.width * this.#pixelRatio < series.meta.columns * 0.75 ? 'medium' : 'low'
    context.drawImage(this.#buffer, rect.x, rect.y, rect.width, rect.height)
  }

  destroy(): void {
    this.element.remove()
    this.element.width = this.element.height = 0
    this.#buffer.width = this.#buffer.height = 0
  }

  /** Brings the buffer up to date; false where the slice is not here yet. */
  #fill({ series, frame, window, inverted }: Picture): boolean {
    const stored = series.stored(frame)
    if (!stored) return false
    const wanted: Greyed = { series, frame, window, inverted }
    if (this.#imageFor && sameGrey(this.#imageFor, wanted) && this.#imageFor.frame === frame) return true
    if (!this.#lutFor || !sameGrey(this.#lutFor, wanted)) {
      buildLut(series.meta, window, inverted, this.#lut)
      this.#lutFor = wanted
    }
    const { columns, rows } = series.meta
    if (!this.#image || this.#image.width !== columns || this.#image.height !== rows) {
      this.#buffer.width = columns
      this.#buffer.height = rows
      this.#image = this.#bufferContext.createImageData(columns, rows)
    }
    const pixels = new Uint32Array(this.#image.data.buffer)
    const lut = this.#lut
    for (let i = 0; i < stored.length; i++) pixels[i] = lut[(stored[i] as number) & 0xffff] as number
    this.#bufferContext.putImageData(this.#image, 0, 0)
    this.#imageFor = wanted
    return true
  }
}

const sameGrey = (a: Greyed, b: Greyed): boolean =>
  a.series === b.series &&
  a.window.center === b.window.center &&
  a.window.width === b.window.width &&
  a.inverted === b.inverted

function contextOf(
  canvas: HTMLCanvasElement,
  settings: CanvasRenderingContext2DSettings,
): CanvasRenderingContext2D {
  const context = canvas.getContext('2d', settings)
  if (!context) throw new Error('This browser gives no canvas to draw on')
  return context
}
