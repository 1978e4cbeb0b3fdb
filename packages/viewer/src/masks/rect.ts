/** Rectangles of pixels; the upper ends are not part of them. */

export interface Rect {
  readonly x0: number
  readonly y0: number
  readonly x1: number
  readonly y1: number
}

export const isEmpty = ({ x0, y0, x1, y1 }: Rect): boolean => x0 >= x1 || y0 >= y1

/** Any rectangle around it is that rectangle. */
export const NOWHERE: Rect = { x0: Infinity, y0: Infinity, x1: -Infinity, y1: -Infinity }

export const grown = ({ x0, y0, x1, y1 }: Rect, by: number): Rect => ({
  x0: x0 - by,
  y0: y0 - by,
  x1: x1 + by,
  y1: y1 + by,
})

export const common = (a: Rect, b: Rect): Rect => ({
  x0: Math.max(a.x0, b.x0),
  y0: Math.max(a.y0, b.y0),
  x1: Math.min(a.x1, b.x1),
  y1: Math.min(a.y1, b.y1),
})

export const isWithin = (a: Rect, b: Rect): boolean =>
  a.x0 >= b.x0 && a.y0 >= b.y0 && a.x1 <= b.x1 && a.y1 <= b.y1

export const around = (a: Rect, b: Rect): Rect => ({
  x0: Math.min(a.x0, b.x0),
  y0: Math.min(a.y0, b.y0),
  x1: Math.max(a.x1, b.x1),
  y1: Math.max(a.y1, b.y1),
})

/** So many are kept apart: two people paint far from each other, and what lies between them stays as it is. */
const MOST = 8

/** What waits to be drawn anew. */
export class Dirty {
  #rects: Rect[] = []

  add(rect: Rect): void {
    if (isEmpty(rect)) return
    let grown = rect
    // One that has grown may meet others.
    for (let i = 0; i < this.#rects.length; i++) {
      const one = this.#rects[i] as Rect
      if (isEmpty(common(grown, one)) && this.#rects.length < MOST) continue
      grown = around(grown, one)
      this.#rects.splice(i, 1)
      i = -1
    }
    this.#rects.push(grown)
  }

  take(): readonly Rect[] {
    const rects = this.#rects
    this.#rects = []
    return rects
  }
}

/** The same pixels in rectangles that have none in common. */
export function apart(rects: readonly Rect[]): readonly Rect[] {
  const dirty = new Dirty()
  for (const rect of rects) dirty.add(rect)
  return dirty.take()
}
