/**
 * Stored values of a frame to the pixels of a canvas. 16-bit values go through a table, which is built again only when something it
 * depends on changed; wider values and fractions are windowed one by one; colour is shown as it is, brighter or darker as its window says.
 * The loops are apart so that each meets arrays of its own kind: the one through the table is what scrolling waits for.
 */
import type { Samples } from '@consilium/imaging/samples'
import type { Window } from '../stage/scene.ts'
import type { ColourTable } from './colour/palettes.ts'
import { BLACK, wordsOf } from './colour/words.ts'
import { type Greys, is16Bit, isColour, rescaleOf } from './greys.ts'
import { buildLut, LUT_SIZE, type LutShape } from './lut.ts'
import { inverted, type Tone, toneOf, voi } from './voi.ts'

/** How a frame is to look. */
export interface Look {
  readonly greys: Greys
  readonly frame: number
  readonly window: Window
  /** White for black on request; for MONOCHROME1 it is so by itself. */
  readonly invert: boolean
  /** What stands for the greys; a picture in colour keeps its own. */
  readonly colours?: ColourTable
}

export class Pixels {
  readonly #lut = new Uint32Array(LUT_SIZE)
  #lutFor: Look | null = null

  /** One RGBA word per pixel into `into`. */
  fill(stored: Samples, look: Look, into: Uint32Array): void {
    const { greys, frame, window, invert, colours = 'grey' } = look
    if (isColour(greys)) return through8x3(stored as Uint8Array, levels(window, invert), into)
    const flip = (greys.photometric === 'MONOCHROME1') !== invert
    const rescale = rescaleOf(greys, frame)
    if (!is16Bit(stored))
      return oneByOne(stored, toneOf(greys, window), { ...greys, rescale, flip, colours }, into)
    if (!this.#lutFor || !sameTable(this.#lutFor, look)) {
      const signed = stored instanceof Int16Array
      buildLut({ signed, rescale, padding: greys.padding, flip, colours }, toneOf(greys, window), this.#lut)
      this.#lutFor = look
    }
    through16(new Uint16Array(stored.buffer, stored.byteOffset, stored.length), this.#lut, into)
  }
}

function sameTable(a: Look, b: Look): boolean {
  const [first, second] = [rescaleOf(a.greys, a.frame), rescaleOf(b.greys, b.frame)]
  return (
    a.greys === b.greys &&
    sameWindow(a.window, b.window) &&
    a.invert === b.invert &&
    a.colours === b.colours &&
    first.slope === second.slope &&
    first.intercept === second.intercept
  )
}

export const sameWindow = (a: Window, b: Window): boolean =>
  a.center === b.center && a.width === b.width && a.table === b.table

/** The words as they lie in memory, signed or not: a loop that met both kinds of array would take twice the time. */
function through16(words: Uint16Array, lut: Uint32Array, into: Uint32Array): void {
  for (let i = 0; i < words.length; i++) into[i] = lut[words[i] as number] as number
}

/** Not-a-number and infinities look like the lowest value. */
function oneByOne(stored: Samples, tone: Tone, shape: Omit<LutShape, 'signed'>, into: Uint32Array): void {
  const words = wordsOf(shape.colours ?? 'grey', shape.flip)
  const { slope, intercept } = shape.rescale
  const { padding } = shape
  const lowest = words[Math.round(tone.low)] as number
  for (let i = 0; i < stored.length; i++) {
    const word = stored[i] as number
    const value = word * slope + intercept
    if (word === padding) into[i] = BLACK
    // Only what is finite gives 0 here.
    else if (value - value === 0) into[i] = words[Math.round(tone.grey(value))] as number
    else into[i] = lowest
  }
}

/** Of each channel: LINEAR over 128 and 256 leaves every level as it is. */
function levels(window: Window, invert: boolean): Uint8Array {
  const grey = voi(window)
  return Uint8Array.from({ length: 256 }, (_, level) =>
    Math.round(invert ? inverted(grey(level)) : grey(level)),
  )
}

function through8x3(stored: Uint8Array, level: Uint8Array, into: Uint32Array): void {
  for (let i = 0, at = 0; i < into.length; i++, at += 3) {
    const red = level[stored[at] as number] as number
    const green = level[stored[at + 1] as number] as number
    const blue = level[stored[at + 2] as number] as number
    into[i] = BLACK | (blue << 16) | (green << 8) | red
  }
}
