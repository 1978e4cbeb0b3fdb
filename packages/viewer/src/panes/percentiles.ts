/** The span of values a picture is made of, for a window where nothing says one. Pure. */
import type { Samples } from '@consilium/imaging/samples'
import { type Greys, rescaledOf, rescaleOf } from './greys.ts'

/** Values looked at; more would change the percentiles by less than a grey. */
const MOST = 65_536

/**
 * 1st and 99th percentile of a frame's rescaled values without its background (whatever equals the least value), padding, and what is
 * not a finite number.
 */
export function percentileRange(
  stored: Samples,
  greys: Greys,
  frame: number,
): { readonly low: number; readonly high: number } {
  const values = finiteOf(stored, greys, frame).sort()
  const least = values[0]
  if (least === undefined) return { low: 0, high: 1 }
  const background = values.findLastIndex((value) => value === least) + 1
  const total = values.length - background
  if (total === 0) return { low: least, high: least + 1 }
  const at = (share: number): number => values[background + Math.ceil(total * share) - 1] as number
  return { low: at(0.01), high: at(0.99) }
}

function finiteOf(stored: Samples, greys: Greys, frame: number): Float64Array {
  const rescale = rescaleOf(greys, frame)
  const step = Math.max(1, Math.floor(stored.length / MOST))
  const values = new Float64Array(Math.ceil(stored.length / step))
  let count = 0
  for (let i = 0; i < stored.length; i += step) {
    const word = stored[i] as number
    const value = rescaledOf(word, rescale)
    if (word !== greys.padding && Number.isFinite(value)) values[count++] = value
  }
  return values.subarray(0, count)
}
