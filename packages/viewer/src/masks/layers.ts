/**
 * The segments of a mask on one sheet, each as bits: what the view holds, with the strokes that are being made on top. Only the rectangles
 * that changed are asked for again; after each the bits are as if all had been.
 */
import { boundsOfBits } from './edges.ts'
import type { MaskView } from './maskView.ts'
import { around, common, isEmpty, isWithin, type Rect } from './rect.ts'
import { type Sheet, wholeOf } from './sheet.ts'
import type { Stroke } from './strokes.ts'

export class Layer {
  /** One per pixel of the sheet. */
  readonly bits: Uint8Array
  readonly #width: number
  #edition = 0
  #bounds: Rect | null = null

  constructor({ width, height }: Sheet) {
    this.bits = new Uint8Array(width * height)
    this.#width = width
  }

  /** Counts what changed, so that outlines are made anew when they must be. */
  get edition(): number {
    return this.#edition
  }

  /** A rectangle around it, the least one until something is erased; null where nothing of it is on the sheet. */
  get bounds(): Rect | null {
    return this.#bounds
  }

  /** Clears a rectangle and has it filled anew. */
  refill(rect: Rect, fill: () => void): void {
    // A scroll fills every layer for the first time: nothing is looked at twice then.
    const wasBare = this.#edition === 0 || this.#isBare(rect)
    if (!wasBare) this.#rows(rect, (from, to) => this.bits.fill(0, from, to))
    fill()
    if (this.#edition !== 0 && wasBare && this.#isBare(rect)) return
    this.#edition += 1
    // Only what was filled is looked through: with every dab the whole sheet would be.
    const fresh = boundsOfBits(this.bits, this.#width, rect)
    const others = this.#bounds && !isWithin(this.#bounds, rect) ? this.#bounds : null
    this.#bounds = fresh && others ? around(fresh, others) : (fresh ?? others)
  }

  #isBare(rect: Rect): boolean {
    let isBare = true
    this.#rows(rect, (from, to) => {
      isBare &&= !this.bits.subarray(from, to).includes(1)
    })
    return isBare
  }

  #rows({ x0, y0, x1, y1 }: Rect, tell: (from: number, to: number) => void): void {
    if (x1 - x0 === this.#width) return tell(y0 * this.#width, y1 * this.#width)
    for (let y = y0; y < y1; y++) tell(y * this.#width + x0, y * this.#width + x1)
  }
}

export class Layers {
  readonly #sheet: Sheet
  readonly #layers = new Map<string, Layer>()

  constructor(sheet: Sheet) {
    this.#sheet = sheet
  }

  of(segment: string): Layer | null {
    return this.#layers.get(segment) ?? null
  }

  /** Takes the segments of a view; those that are new or shown again are asked for at once. True where there were such. */
  open(view: MaskView, strokes: readonly Stroke[]): boolean {
    const shown = new Set(view.segments.filter(({ visible }) => visible).map(({ id }) => id))
    for (const id of this.#layers.keys()) if (!shown.has(id)) this.#layers.delete(id)
    const fresh = [...shown].filter((id) => !this.#layers.has(id))
    for (const id of fresh) {
      this.#layers.set(id, new Layer(this.#sheet))
      this.#fill(id, view, strokes, wholeOf(this.#sheet))
    }
    return fresh.length > 0
  }

  /** `segment`: the one of which more is known to have changed; null: perhaps all. */
  update(view: MaskView, strokes: readonly Stroke[], dirty: Rect, segment: string | null): void {
    const rect = common(dirty, wholeOf(this.#sheet))
    if (isEmpty(rect)) return
    for (const id of segment === null ? this.#layers.keys() : [segment]) this.#fill(id, view, strokes, rect)
  }

  #fill(id: string, view: MaskView, strokes: readonly Stroke[], rect: Rect): void {
    const layer = this.#layers.get(id)
    layer?.refill(rect, () => {
      this.#sheet.copy((box, target) => view.copyBox(id, box, target, 1), rect, layer.bits)
      for (const stroke of strokes)
        if (stroke.segment === id) put(stroke, rect, layer.bits, this.#sheet.width)
    })
  }
}

function put({ bits: from, value, rect: own }: Stroke, rect: Rect, bits: Uint8Array, width: number): void {
  const { x0, y0, x1, y1 } = common(own, rect)
  for (let y = y0; y < y1; y++)
    for (let at = y * width + x0, end = y * width + x1; at < end; at++) if (from[at] !== 0) bits[at] = value
}
