/** Segments over one another as the colours of pixels: RGBA words as a canvas takes them, not premultiplied. Pure. */
import { common, type Rect } from './rect.ts'

/** Red, green and blue, 0 to 255. */
export type Rgb = readonly [red: number, green: number, blue: number]

export interface Coat {
  readonly bits: Uint8Array
  /** Around all that is set. */
  readonly bounds: Rect
  readonly colour: Rgb
  /** 0 to 1. */
  readonly opacity: number
  /** Pixels that are hatched instead of filled. */
  readonly hatched: readonly Rect[]
  /** Colours that differ from pixel to pixel, RGBA words without their opacity; 0: that of the segment. */
  readonly own?: Uint32Array | undefined
}

/** Stripes of a hatch: so many pixels from one to the next, and how many of them are filled. */
const STRIPE = { every: 5, wide: 2 } as const

/** Fills a rectangle of `pixels` anew with the coats from bottom to top. */
export function blend(coats: readonly Coat[], rect: Rect, width: number, pixels: Uint32Array): void {
  for (let y = rect.y0; y < rect.y1; y++) pixels.fill(0, y * width + rect.x0, y * width + rect.x1)
  for (const { bits, bounds, colour, opacity, hatched, own } of coats) {
    const { x0, y0, x1, y1 } = common(rect, bounds)
    const alpha = Math.round(opacity * 255)
    const [red, green, blue] = colour
    const word = ((alpha << 24) | (blue << 16) | (green << 8) | red) >>> 0
    for (let y = y0; y < y1; y++) {
      const stripes = hatched.filter((one) => y >= one.y0 && y < one.y1)
      for (let x = x0, at = y * width + x0; x < x1; x++, at++) {
        if (bits[at] === 0 || (stripes.length > 0 && isBetween(stripes, x, y))) continue
        const ownWord = own?.[at] ?? 0
        const coat = ownWord === 0 ? word : ((alpha << 24) | (ownWord & 0xffffff)) >>> 0
        const under = pixels[at] as number
        pixels[at] = under === 0 ? coat : over(coat, under)
      }
    }
  }
}

/** Between two stripes of a hatch. */
const isBetween = (hatched: readonly Rect[], x: number, y: number): boolean =>
  (x + y) % STRIPE.every >= STRIPE.wide && hatched.some((one) => x >= one.x0 && x < one.x1)

/** "A over B" of Porter and Duff. */
function over(top: number, under: number): number {
  const [a, b] = [top >>> 24, under >>> 24]
  const alpha = a + b * (1 - a / 255)
  if (alpha === 0) return 0
  const share = a / alpha
  let word = Math.round(alpha) << 24
  for (let shift = 0; shift < 24; shift += 8) {
    const [c, d] = [(top >>> shift) & 255, (under >>> shift) & 255]
    word |= Math.round(c * share + d * (1 - share)) << shift
  }
  return word >>> 0
}
