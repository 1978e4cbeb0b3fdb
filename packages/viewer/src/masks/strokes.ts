/**
 * Strokes that are not acts yet, as pixels of a sheet: the own one and those of others. A stroke grows at its end: what of it was there
 * before is not rasterised again. That of one's own hand grows by parts, that of somebody else comes whole each time, a little longer.
 */
import type { Grid } from '@consilium/geometry/raster/grid'
import type { Ball, Stroke as Brush, Rasterise, Shape } from '@consilium/geometry/raster/shape'
import { around, NOWHERE, type Rect } from './rect.ts'
import { cover, type Sheet } from './sheet.ts'

export interface StrokeSoFar {
  readonly id: string
  readonly segment: string
  /** 1 paints, 0 erases. */
  readonly value: 0 | 1
  /** Together what is covered. Those that stay the same at the beginning are done already. */
  readonly parts: readonly Shape[]
  /** CSS colour of whoever makes it, where it is somebody else. */
  readonly by?: string
}

export interface Stroke {
  readonly segment: string
  readonly value: 0 | 1
  readonly bits: Uint8Array
  readonly rect: Rect
  readonly by: string | undefined
}

interface Kept extends StrokeSoFar {
  readonly stroke: Stroke
}

export class Strokes {
  readonly #sheet: Sheet
  readonly #grid: Grid
  readonly #rasterise: Rasterise
  #kept = new Map<string, Kept>()

  constructor(sheet: Sheet, grid: Grid, rasterise: Rasterise) {
    this.#sheet = sheet
    this.#grid = grid
    this.#rasterise = rasterise
  }

  /** In the order given; the last one lies on top. */
  get all(): readonly Stroke[] {
    return [...this.#kept.values()].map(({ stroke }) => stroke)
  }

  /** Calls with every rectangle of a segment that looks different now. */
  become(strokes: readonly StrokeSoFar[], dirty: (rect: Rect, segment: string) => void): void {
    const before = this.#kept
    this.#kept = new Map(
      strokes.map((one) => {
        const known = before.get(one.id)
        before.delete(one.id)
        if (known && grows(known, one)) return [one.id, this.#grown(known, one, dirty)]
        if (known) dirty(known.stroke.rect, known.segment)
        return [one.id, this.#grown(null, one, dirty)]
      }),
    )
    for (const { stroke } of before.values()) dirty(stroke.rect, stroke.segment)
  }

  #grown(known: Kept | null, now: StrokeSoFar, dirty: (rect: Rect, segment: string) => void): Kept {
    const bits = known?.stroke.bits ?? new Uint8Array(this.#sheet.width * this.#sheet.height)
    let rect = known?.stroke.rect ?? NOWHERE
    for (const part of known ? freshOf(known.parts, now.parts) : now.parts) {
      const covered = cover(this.#sheet, part, this.#grid, this.#rasterise, bits)
      dirty(covered, now.segment)
      rect = around(rect, covered)
    }
    return { ...now, stroke: { segment: now.segment, value: now.value, bits, rect, by: now.by } }
  }
}

const grows = (a: StrokeSoFar, b: StrokeSoFar): boolean =>
  a.segment === b.segment &&
  a.value === b.value &&
  a.parts.length <= b.parts.length &&
  a.parts.every((part, i) => part === b.parts[i] || isLonger(b.parts[i] as Shape, part))

/** What of `now` is not covered by `before`, which it has grown from. */
const freshOf = (before: readonly Shape[], now: readonly Shape[]): Shape[] =>
  now.flatMap((part, i): Shape[] => {
    const known = before[i]
    if (part === known) return []
    return known && isBrush(known) && isBrush(part)
      ? [{ ...part, points: part.points.slice(Math.max(0, known.points.length - POINT)) }]
      : [part]
  })

/** Numbers of a point. */
const POINT = 2

const isBrush = (shape: Shape): shape is Brush | Ball => shape.shape === 'stroke' || shape.shape === 'ball'

/** Whether a brush went the same way, and on. */
function isLonger(now: Shape, before: Shape): boolean {
  if (!isBrush(now) || !isBrush(before)) return false
  const [{ points: way, ...brush }, { points: wayBefore, ...brushBefore }] = [now, before]
  return (
    JSON.stringify(brush) === JSON.stringify(brushBefore) && wayBefore.every((place, n) => place === way[n])
  )
}
