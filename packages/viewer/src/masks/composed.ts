/**
 * The masks on one sheet as pixels, kept up to date by rectangles: what the view says has changed, and what strokes cover. Knows no canvas;
 * colours are turned into numbers by whoever has one.
 */
import type { VoxelBox } from '@consilium/geometry/raster/grid'
import type { Rasterise } from '@consilium/geometry/raster/shape'
import { blend, type Coat, type Rgb } from './blend.ts'
import { Layers } from './layers.ts'
import type { MaskView } from './maskView.ts'
import { common, Dirty, isEmpty, type Rect } from './rect.ts'
import { type Sheet, wholeOf } from './sheet.ts'
import { type Stroke, type StrokeSoFar, Strokes } from './strokes.ts'

/** Who painted what is seen by its colour, so it must not be fainter. */
const LEAST_OF_READERS = 0.6

export class Composed {
  readonly sheet: Sheet
  readonly layers: Layers
  readonly pixels: Uint32Array
  readonly #rgbOf: (colour: string) => Rgb
  readonly #strokes: Strokes
  readonly #dirty = new Dirty()
  /** Of which segment what is dirty is to be asked for again; null: of all. */
  readonly #stale = new Map<string | null, Dirty>()
  #view: MaskView | null = null
  #segments: MaskView['segments'] | null = null
  #readers: MaskView['readers'] = null
  #isRestyled = false
  /** Colours by reader, by segment. They take long, and a stroke that is being made changes none of them. */
  readonly #byReader = new Map<string, Uint32Array>()

  constructor(
    sheet: Sheet,
    view: MaskView,
    rasterise: Rasterise,
    pixels: Uint32Array,
    rgbOf: (colour: string) => Rgb,
  ) {
    this.sheet = sheet
    this.pixels = pixels
    this.layers = new Layers(sheet)
    this.#strokes = new Strokes(sheet, view.grid, rasterise)
    this.#rgbOf = rgbOf
  }

  get strokes(): readonly Stroke[] {
    return this.#strokes.all
  }

  /** Without a box: colours, order or readers. `segment`: whose voxels; not said, perhaps of all. */
  spoil(box?: VoxelBox, segment: string | null = null): void {
    const rect = box ? common(this.sheet.rectOf(box), wholeOf(this.sheet)) : null
    if (rect) this.#spoil(rect, segment)
    if (!rect || (this.#readers && !isEmpty(rect))) this.#restyle()
  }

  spoilAll(): void {
    this.#spoil(wholeOf(this.sheet), null)
    this.#restyle()
  }

  /** The rectangles whose pixels are others now. */
  become(view: MaskView, strokes: readonly StrokeSoFar[]): readonly Rect[] {
    this.#strokes.become(strokes, (rect, segment) => this.#spoil(common(rect, wholeOf(this.sheet)), segment))
    const { all } = this.#strokes
    const isAnother =
      view !== this.#view || view.segments !== this.#segments || view.readers !== this.#readers
    if (isAnother) {
      this.#view = view
      this.#segments = view.segments
      this.#readers = view.readers
      this.layers.open(view, all)
      this.#byReader.clear()
    }
    for (const [segment, stale] of this.#stale)
      for (const rect of stale.take()) this.layers.update(view, all, rect, segment)
    const changed = this.#dirty.take()
    const isWhole = isAnother || this.#isRestyled
    this.#isRestyled = false
    const rects = (isWhole ? [wholeOf(this.sheet)] : changed).filter((rect) => !isEmpty(rect))
    if (rects.length === 0) return []
    const coats = this.#coats(view)
    for (const rect of rects) blend(coats, rect, this.sheet.width, this.pixels)
    return rects
  }

  #spoil(rect: Rect, segment: string | null): void {
    this.#dirty.add(rect)
    const stale = this.#stale.get(segment) ?? new Dirty()
    this.#stale.set(segment, stale)
    stale.add(rect)
  }

  #restyle(): void {
    this.#isRestyled = true
    this.#byReader.clear()
  }

  #coats(view: MaskView): readonly Coat[] {
    return view.segments.flatMap((segment) => {
      const layer = this.layers.of(segment.id)
      const bounds = layer?.bounds
      if (!layer || !bounds) return []
      const hatched = (segment.computed ?? []).map((box) => this.sheet.rectOf(box))
      const own = view.readers ? this.#readerColours(view.readers, segment.id) : undefined
      const opacity = own ? Math.max(segment.opacity, LEAST_OF_READERS) : segment.opacity
      return { bits: layer.bits, bounds, colour: this.#rgbOf(segment.colour), opacity, hatched, own }
    })
  }

  #readerColours(readers: NonNullable<MaskView['readers']>, segment: string): Uint32Array {
    const made = this.#byReader.get(segment)
    if (made) return made
    const words = new Uint32Array(this.pixels.length)
    this.sheet.copy((box, target) => readers.authorsOfBox(segment, box, target), wholeOf(this.sheet), words)
    const known = new Map<number, number>()
    for (let at = 0; at < words.length; at++) {
      const client = words[at] as number
      if (client === 0) continue
      let word = known.get(client)
      if (word === undefined) {
        const [red, green, blue] = this.#rgbOf(readers.colourOf(client))
        // With an opacity, so that black is not taken for no colour.
        word = ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0
        known.set(client, word)
      }
      words[at] = word
    }
    this.#byReader.set(segment, words)
    return words
  }
}
