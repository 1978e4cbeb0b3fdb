/**
 * How large a pen paints by how hard it is pressed, as a part of the brush's size. In a few steps, each of which a hand means: every change of
 * size is an act of its own, and a hand trembles.
 */
import type { Hand } from '../gesture.ts'

export const PEN_SIZES = [0.25, 0.5, 0.75, 1] as const
export type PenSize = (typeof PEN_SIZES)[number]

/** How far beyond the middle between two sizes the pressure must go, so that it changes. */
const HOLD = 0.05

/** `before`: the size that it has so far. A mouse, a finger, or a pen whose pressure does not count, paints as large as the brush is. */
export function penSize(
  { byPressure }: { readonly byPressure?: boolean },
  { pressure }: Pick<Hand, 'pressure'>,
  before: PenSize | null,
): PenSize {
  if (!byPressure || pressure === undefined) return before ?? 1
  const away = (size: PenSize): number => Math.abs(size - pressure)
  const nearest = PEN_SIZES.reduce((best, size) => (away(size) < away(best) ? size : best))
  return before !== null && away(before) - away(nearest) < 2 * HOLD ? before : nearest
}
