/**
 * The grey, or the colour that stands for it, of each 16-bit stored word, as little-endian RGBA for a canvas. Only the ramp of a window is computed; what lies outside is
 * filled, so that a window drag costs a fraction of a millisecond.
 */
import type { ColourTable } from './colour/palettes.ts'
import { BLACK, wordsOf } from './colour/words.ts'
import type { Rescale } from './greys.ts'
import type { Tone } from './voi.ts'

export const LUT_SIZE = 65_536

export interface LutShape {
  readonly signed: boolean
  readonly rescale: Rescale
  /** Stored value that is always black. */
  readonly padding: number | null
  /** White for black. */
  readonly flip: boolean
  /** Instead of grey. */
  readonly colours?: ColourTable
}

/** Fills and returns `into`. */
export function buildLut(shape: LutShape, tone: Tone, into = new Uint32Array(LUT_SIZE)): Uint32Array {
  const { signed, padding, flip, colours = 'grey' } = shape
  const { slope, intercept } = shape.rescale
  const words = wordsOf(colours, flip)
  const wordOf = (grey: number): number => words[Math.round(grey)] as number
  const lowest = signed ? -32_768 : 0
  if (slope === 0) into.fill(wordOf(tone.grey(intercept)))
  else {
    // Index 0 of this walk is the lowest stored value; the ramp lies between two of them, whichever way the slope runs.
    const edges = [(tone.from - intercept) / slope, (tone.to - intercept) / slope]
    const first = clampIndex(Math.floor(Math.min(...edges)) - lowest)
    const last = clampIndex(Math.ceil(Math.max(...edges)) - lowest)
    const [before, after] = slope > 0 ? [tone.low, tone.high] : [tone.high, tone.low]
    fillWords(into, 0, first, wordOf(before), lowest)
    for (let index = first; index <= last; index++) {
      into[(index + lowest) & 0xffff] = wordOf(tone.grey((index + lowest) * slope + intercept))
    }
    fillWords(into, last + 1, LUT_SIZE, wordOf(after), lowest)
  }
  if (padding !== null) into[padding & 0xffff] = BLACK
  return into
}

const clampIndex = (index: number): number => Math.max(0, Math.min(LUT_SIZE - 1, index))

/** Fills the words of walk positions `from` to `to` (not included); signed stores wrap once in the table. */
function fillWords(into: Uint32Array, from: number, to: number, value: number, lowest: number): void {
  if (lowest === 0) {
    into.fill(value, from, to)
    return
  }
  const turn = -lowest
  if (from < turn) into.fill(value, from + turn, Math.min(to, turn) + turn)
  if (to > turn) into.fill(value, Math.max(from, turn) - turn, to - turn)
}
