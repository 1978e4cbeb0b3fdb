/**
 * A line of one slice into the picture of a plane across the slices. Loops are apart so that each meets arrays of one kind: this is what
 * scrolling through such planes waits for.
 */
import type { Samples } from '@consilium/imaging/samples'
import { type Rescale, rescaledOf } from '../greys.ts'
import type { Drawable } from '../series.ts'
import type { Walk } from './cut.ts'

/** What stands where there is no picture. */
export type Outside = number

/** One line of `slice`, of the plane at `place`, whole values as they are stored. */
export function gatherLine(stored: Samples, walk: Walk, place: number, slice: number, into: Samples): void {
  const { count, along, across, first, stride } = walk
  const from = walk.start + walk.next * place
  const to = first + across * slice + along * walk.shiftOf(slice)
  if (stride === 1 && along === 1) into.set(stored.subarray(from, from + count), to)
  else copyWords(wordsOf(stored), from, stride, wordsOf(into), to, along, count)
}

export type Words = Uint8Array | Uint16Array | Uint32Array | Float64Array

/** The same memory as whole words, signed or not: a copy does not care, and a loop that met all kinds of array would be slow. */
export function wordsOf(samples: Samples): Words {
  const { buffer, byteOffset, length, BYTES_PER_ELEMENT } = samples
  if (BYTES_PER_ELEMENT === 2) return new Uint16Array(buffer, byteOffset, length)
  if (BYTES_PER_ELEMENT === 4) return new Uint32Array(buffer, byteOffset, length)
  return samples as Words
}

function copyWords(
  source: Words,
  from: number,
  stride: number,
  into: Words,
  to: number,
  along: number,
  count: number,
): void {
  for (let i = 0, s = from, t = to; i < count; i++, s += stride, t += along) into[t] = source[s] as number
}

export interface Reading {
  /** What the stored values of this slice mean, where slices differ in that; null: they are taken as they are. */
  readonly rescale: Rescale | null
  readonly padding: number | null
  readonly outside: Outside
  /** The picture holds whole numbers. */
  readonly whole: boolean
}

/**
 * The same where values lie between two of the line (a tilted series), mean something else in every slice, or are there in less detail
 * only. What lies beside a place without picture is not mixed with it.
 */
export function readLine(
  drawable: Drawable,
  walk: Walk,
  place: number,
  slice: number,
  into: Samples,
  reading: Reading,
): void {
  const { count, along, across, first, wide } = walk
  const at = readerOf(drawable, walk, place, reading)
  const shift = walk.shiftOf(slice)
  const base = first + across * slice
  for (let u = 0; u < wide; u++) {
    const place = u - shift
    const left = Math.floor(place)
    const part = place - left
    into[base + along * u] = mixed(
      left >= 0 && left < count ? at(left) : reading.outside,
      part > 0 && left >= -1 && left + 1 < count ? at(left + 1) : reading.outside,
      part,
      reading,
    )
  }
}

function mixed(a: number, b: number, part: number, { outside, whole }: Reading): number {
  if (part === 0 || a === outside || b === outside) return part < 0.5 ? a : b
  const value = a + (b - a) * part
  return whole ? Math.round(value) : value
}

/** The value of the line's pixel `i`, from all of the slice or from the means that stand in for it. */
function readerOf(
  { values, columns: across, rows: down, factor }: Drawable,
  { start, next, stride }: Walk,
  place: number,
  { rescale, padding, outside }: Reading,
): (i: number) => number {
  // A step of 1 goes along the rows of the slice; the other one is as long as a row.
  const long = Math.max(stride, Math.abs(next))
  const from = start + next * place
  return (i) => {
    const index = from + stride * i
    const column = Math.min(across - 1, Math.floor((index % long) / factor))
    const row = Math.min(down - 1, Math.floor(Math.floor(index / long) / factor))
    const word = values[row * across + column] as number
    if (word === padding) return outside
    return rescale ? rescaledOf(word, rescale) : word
  }
}
