/**
 * The canvas of the masks, between the picture and the marks: fills at the resolution of the volume, scaled without being smoothed, and
 * outlines at that of the screen. Of a dab only its rectangle is composed anew, and drawn.
 */
import { createRasteriser } from '@consilium/geometry/raster/rasteriser'
import type { Rasterise } from '@consilium/geometry/raster/shape'
import type { Vec3 } from '@consilium/geometry/vec3'
import type { SeriesFrames } from '../panes/series.ts'
import { type Camera, pictureMatrix, toScreen } from '../stage/camera.ts'
import { CASING } from '../stage/theme.ts'
import type { Rgb } from './blend.ts'
import { Composed } from './composed.ts'
import { maskPlaneOf } from './maskPlane.ts'
import type { MaskView } from './maskView.ts'
import { Outlines, outlineOf } from './outlines.ts'
import { apart, around, common, grown, isEmpty, NOWHERE, type Rect } from './rect.ts'
import { sheetOf } from './sheet.ts'
import type { Stroke, StrokeSoFar } from './strokes.ts'

export interface MaskPicture {
  readonly series: SeriesFrames
  readonly frame: number
  readonly camera: Camera
  readonly strokes: readonly StrokeSoFar[]
  /** A lasso that is being drawn. */
  readonly line: { readonly points: readonly Vec3[]; readonly colour: string } | null
}

interface Open {
  readonly series: SeriesFrames
  readonly frame: number
  readonly composed: Composed
  readonly image: ImageData
}

/** Width of outlines, CSS pixels; and how large a voxel must be for its own edges to be drawn. */
const LINE = 1.25
const VOXEL_EDGES_FROM = 4

export class MaskCanvas {
  readonly element: HTMLCanvasElement
  readonly #context: CanvasRenderingContext2D
  readonly #buffer: HTMLCanvasElement
  readonly #bufferContext: CanvasRenderingContext2D
  readonly #outlines = new Outlines()
  readonly #colours = new Map<string, Rgb>()
  readonly #changed: () => void
  #view: MaskView | null = null
  #rasterise: Rasterise | null = null
  #stop: (() => void) | null = null
  #open: Open | null = null
  #pixelRatio = 1
  #camera: Camera | null = null
  #isStale = true
  #isBlank = true
  #hasLine = false
  /** What is dashed on the canvas: dashes begin where their path does, so all of them may lie elsewhere once it grows. */
  #dashed: readonly Rect[] = []

  /** `changed`: what is shown is not what is there any more. */
  constructor(document: Document, changed: () => void) {
    this.element = document.createElement('canvas')
    this.#buffer = document.createElement('canvas')
    this.#context = contextOf(this.element)
    this.#bufferContext = contextOf(this.#buffer, { willReadFrequently: true })
    this.#changed = changed
  }

  resize(width: number, height: number, pixelRatio: number): void {
    this.#pixelRatio = pixelRatio
    this.element.width = Math.max(1, Math.round(width * pixelRatio))
    this.element.height = Math.max(1, Math.round(height * pixelRatio))
    this.#isStale = true
  }

  get view(): MaskView | null {
    return this.#view
  }

  get rasterise(): Rasterise | null {
    return this.#rasterise
  }

  setView(view: MaskView | null): void {
    if (view === this.#view) return
    const isSameGrid = view?.grid === this.#view?.grid
    this.#stop?.()
    this.#view = view
    if (!isSameGrid) {
      this.#open = null
      this.#rasterise = view && createRasteriser(view.grid)
    }
    // Another view of the same grid may hold other voxels.
    this.#open?.composed.spoilAll()
    this.#stop =
      view?.onDirty((box, segment) => {
        this.#open?.composed.spoil(box, segment)
        this.#changed()
      }) ?? null
    this.#changed()
  }

  /** Brings the canvas up to date at once. Null: nothing is shown. */
  draw(picture: MaskPicture | null): void {
    const open = picture && this.#hasAny(picture) ? this.#openOn(picture) : null
    if (!picture || !open || !this.#view) {
      this.#isStale = true
      return this.#clear()
    }
    const { composed, image } = open
    const rects = composed.become(this.#view, picture.strokes)
    for (const { x0, y0, x1, y1 } of rects)
      this.#bufferContext.putImageData(image, 0, 0, x0, y0, x1 - x0, y1 - y0)
    const isSame = picture.camera === this.#camera && !picture.line && !this.#hasLine && !this.#isStale
    if (rects.length === 0 && isSame) return
    const dashed = composed.strokes.flatMap(({ by, rect }) => (by === undefined ? [] : [rect]))
    const parts = isSame ? apart([...rects, ...this.#dashed, ...dashed]) : null
    this.#camera = picture.camera
    this.#isStale = false
    this.#show(composed, picture.camera, this.#view, parts)
    this.#dashed = dashed
    this.#hasLine = picture.line !== null
    if (picture.line) this.#drawLine(picture.line, picture.camera)
  }

  destroy(): void {
    this.#stop?.()
    this.element.remove()
    this.element.width = this.element.height = 0
    this.#buffer.width = this.#buffer.height = 0
  }

  /** Whoever scrolls where nobody has painted does not wait for masks. */
  #hasAny({ strokes, line }: MaskPicture): boolean {
    return (
      strokes.length > 0 || line !== null || (this.#view?.segments.some(({ visible }) => visible) ?? false)
    )
  }

  #openOn({ series, frame }: MaskPicture): Open | null {
    if (this.#open?.series === series && this.#open.frame === frame) return this.#open
    this.#open = null
    this.#isStale = true
    const view = this.#view
    const on =
      view && this.#rasterise && view.series === series.meta.id && maskPlaneOf(series, frame, view.grid)
    if (!on || !this.#rasterise) return null
    const sheet = sheetOf(on, view.grid, series.meta.columns, series.meta.rows)
    this.#buffer.width = sheet.width
    this.#buffer.height = sheet.height
    const image = this.#bufferContext.createImageData(sheet.width, sheet.height)
    const pixels = new Uint32Array(image.data.buffer)
    const composed = new Composed(sheet, view, this.#rasterise, pixels, (colour) => this.#rgbOf(colour))
    this.#open = { series, frame, composed, image }
    return this.#open
  }

  /** `rects`: of the sheet; all else on the canvas is as it should be. Null: nothing is. */
  #show(
    { sheet, layers, strokes }: Composed,
    camera: Camera,
    { segments }: MaskView,
    rects: readonly Rect[] | null,
  ): void {
    const context = this.#context
    const { across, down, origin } = pictureMatrix(camera, sheet.plane)
    const k = this.#pixelRatio
    const matrix = new DOMMatrix([
      across.x * k,
      across.y * k,
      down.x * k,
      down.y * k,
      origin.x * k,
      origin.y * k,
    ])
    if (rects === null) this.#clear()
    context.save()
    if (rects !== null) clearWithin(context, rects, matrix, LINE * k)
    context.setTransform(matrix)
    context.imageSmoothingEnabled = false
    context.drawImage(this.#buffer, -0.5, -0.5)
    context.resetTransform()
    context.lineWidth = LINE * k
    context.lineJoin = 'round'
    context.lineCap = 'square'
    const pixel = Math.min(Math.hypot(across.x, across.y), Math.hypot(down.x, down.y))
    const ofVoxels = pixel >= VOXEL_EDGES_FROM
    const seen = rects && rects.reduce(around, NOWHERE)
    // Beyond the edge of what is seen by the width of a line, and by the pixel that lies around what changed.
    const within = seen && grown(seen, 3 + Math.ceil((3 * LINE) / pixel))
    for (const { id, colour } of segments) {
      const layer = layers.of(id)
      if (!layer?.bounds || (within && isEmpty(common(layer.bounds, within)))) continue
      const path = new Path2D()
      path.addPath(this.#outlines.of(layer, sheet.width, ofVoxels, within), matrix)
      context.strokeStyle = colour
      context.stroke(path)
      this.#isBlank = false
    }
    this.#dash(strokes, sheet.width, matrix)
    context.restore()
  }

  /** What others are making: dashed in their colour until it is an act, also where it takes away. */
  #dash(strokes: readonly Stroke[], width: number, matrix: DOMMatrix): void {
    const context = this.#context
    const k = this.#pixelRatio
    context.lineCap = 'butt'
    context.setLineDash([4 * k, 3 * k])
    for (const { bits, rect, by } of strokes) {
      if (by === undefined) continue
      const path = new Path2D()
      path.addPath(outlineOf(bits, width, rect), matrix)
      context.strokeStyle = by
      context.stroke(path)
      this.#isBlank = false
    }
    context.setLineDash([])
  }

  #drawLine({ points, colour }: NonNullable<MaskPicture['line']>, camera: Camera): void {
    const context = this.#context
    const k = this.#pixelRatio
    const path = new Path2D()
    for (const point of points) {
      const { x, y } = toScreen(camera, point)
      path.lineTo(x * k, y * k)
    }
    for (const [style, width] of [[CASING, 3] as const, [colour, LINE] as const]) {
      context.strokeStyle = style
      context.lineWidth = width * k
      context.stroke(path)
    }
    this.#isBlank = false
  }

  #clear(): void {
    if (this.#isBlank) return
    this.#context.resetTransform()
    this.#context.clearRect(0, 0, this.element.width, this.element.height)
    this.#isBlank = true
  }

  /** As the browser reads it. */
  #rgbOf(colour: string): Rgb {
    const known = this.#colours.get(colour)
    if (known) return known
    const canvas = this.element.ownerDocument.createElement('canvas')
    canvas.width = canvas.height = 1
    const context = contextOf(canvas)
    context.fillStyle = colour
    context.fillRect(0, 0, 1, 1)
    const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data
    this.#colours.set(colour, [red, green, blue])
    return [red, green, blue]
  }
}

/** Clears what these rectangles of the sheet, with the lines around them, cover of the canvas, and has nothing else drawn on. */
function clearWithin(
  context: CanvasRenderingContext2D,
  rects: readonly Rect[],
  matrix: DOMMatrix,
  line: number,
): void {
  context.beginPath()
  for (const { x0, y0, x1, y1 } of rects) {
    const corners = [
      new DOMPoint(x0 - 1, y0 - 1),
      new DOMPoint(x1, y0 - 1),
      new DOMPoint(x0 - 1, y1),
      new DOMPoint(x1, y1),
    ]
    const places = corners.map((corner) => matrix.transformPoint(corner))
    const across = places.map(({ x }) => x)
    const down = places.map(({ y }) => y)
    const left = Math.floor(Math.min(...across) - line)
    const top = Math.floor(Math.min(...down) - line)
    const width = Math.ceil(Math.max(...across) + line) - left
    const height = Math.ceil(Math.max(...down) + line) - top
    context.clearRect(left, top, width, height)
    context.rect(left, top, width, height)
  }
  context.clip()
}

function contextOf(
  canvas: HTMLCanvasElement,
  settings?: CanvasRenderingContext2DSettings,
): CanvasRenderingContext2D {
  const context = canvas.getContext('2d', settings)
  if (!context) throw new Error('This browser gives no canvas to draw on')
  return context
}
