/**
 * One frame of a series on a 2D canvas: stored values become pixels of an image of their own size, which is then scaled.
 * Of window, slice and view only what changed is done again; without a GPU this is several times faster than WebGL.
 */
import { pictureMatrix } from '../stage/camera.ts'
import type { Pane, Picture } from './pane.ts'
import { type Look, Pixels, sameWindow } from './pixels.ts'
import type { Drawable, SeriesFrames } from './series.ts'

interface Shown extends Look {
  readonly series: SeriesFrames
  /** 1, or of less detail how many pixels are one. */
  readonly factor: number
  readonly edition: string | undefined
}

export class SlicePane implements Pane {
  readonly element: HTMLCanvasElement
  readonly #context: CanvasRenderingContext2D
  readonly #buffer = document.createElement('canvas')
  readonly #bufferContext: CanvasRenderingContext2D
  readonly #pixels = new Pixels()
  #image: ImageData | null = null
  #imageFor: Shown | null = null
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
    const drawable = picture && this.#fill(picture)
    if (!drawable) return
    const { series, frame, camera, smooth } = picture
    const plane = series.planes[frame]
    if (!plane) return
    const { across, down, origin } = pictureMatrix(camera, plane)
    const k = this.#pixelRatio
    context.setTransform(across.x * k, across.y * k, down.x * k, down.y * k, origin.x * k, origin.y * k)
    context.imageSmoothingEnabled = smooth
    // Smaller than it is, a picture needs averaging, or fine lines flicker while scrolling.
    const shrunk = Math.hypot(across.x, across.y) * k * drawable.factor < 0.75
    context.imageSmoothingQuality = shrunk ? 'medium' : 'low'
    // In less detail the last row and column may stand for fewer pixels than the others.
    const { columns, rows } = series.meta
    const { factor } = drawable
    context.drawImage(this.#buffer, 0, 0, columns / factor, rows / factor, -0.5, -0.5, columns, rows)
  }

  destroy(): void {
    this.element.remove()
    this.element.width = this.element.height = 0
    this.#buffer.width = this.#buffer.height = 0
  }

  /** Brings the buffer up to date; null where nothing of the slice is here yet. */
  #fill({ series, frame, window, inverted, colours }: Picture): Drawable | null {
    const drawable = series.drawable(frame)
    if (!drawable) return null
    const { values, columns, rows, factor, edition } = drawable
    const look = { greys: series.meta, frame, window, invert: inverted, colours }
    const wanted: Shown = { ...look, series, factor, edition }
    if (this.#imageFor && sameShown(this.#imageFor, wanted)) return drawable
    if (!this.#image || this.#image.width !== columns || this.#image.height !== rows) {
      this.#buffer.width = columns
      this.#buffer.height = rows
      this.#image = this.#bufferContext.createImageData(columns, rows)
    }
    this.#pixels.fill(values, wanted, new Uint32Array(this.#image.data.buffer))
    this.#bufferContext.putImageData(this.#image, 0, 0)
    this.#imageFor = wanted
    return drawable
  }
}

const sameShown = (a: Shown, b: Shown): boolean =>
  a.series === b.series &&
  a.frame === b.frame &&
  a.factor === b.factor &&
  a.edition === b.edition &&
  sameWindow(a.window, b.window) &&
  a.invert === b.invert &&
  a.colours === b.colours

function contextOf(
  canvas: HTMLCanvasElement,
  settings: CanvasRenderingContext2DSettings,
): CanvasRenderingContext2D {
  const context = canvas.getContext('2d', settings)
  if (!context) throw new Error('This browser gives no canvas to draw on')
  return context
}
