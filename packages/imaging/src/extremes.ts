/** The smallest and the largest value of a frame. Nearly every picture has whole numbers of 16 bits; those go eight at a time (extremesOfWords.ts). */
import { type Extremes, extremesOfWords } from './extremesOfWords.ts'
import type { Samples } from './samples.ts'

/** Of the numbers among them: NaN and infinity say nothing of a range, and JSON has no word for them. */
export function extremes(samples: Samples): Extremes {
  if (samples instanceof Float32Array || samples instanceof Float64Array) return extremesOfFloats(samples)
  if (samples instanceof Int16Array || samples instanceof Uint16Array)
    return extremesOfWords(samples) ?? extremesOfWhole(samples)
  return extremesOfWhole(samples)
}

function extremesOfFloats(samples: Float32Array | Float64Array): Extremes {
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  for (let i = 0; i < samples.length; i++) {
    const value = samples[i] as number
    if (value < min && value !== Number.NEGATIVE_INFINITY) min = value
    if (value > max && value !== Number.POSITIVE_INFINITY) max = value
  }
  return min <= max ? { min, max } : { min: 0, max: 0 }
}

type Whole = Exclude<Samples, Float32Array | Float64Array>

export function extremesOfWhole(samples: Whole): Extremes {
  let min = samples[0] ?? 0
  let max = min
  for (let i = 1; i < samples.length; i++) {
    const value = samples[i] as number
    // Without a branch: which way one would go is anybody's guess.
    min = Math.min(value, min)
    max = Math.max(value, max)
  }
  return { min, max }
}
