/** What a set of values is like. Two passes: the sum of squares alone would lose the spread of large values that differ little. */

export interface Statistics {
  readonly count: number
  readonly mean: number
  /** Root of the mean squared distance from the mean (divided by n). */
  readonly sdPopulation: number
  /** The same divided by n - 1; null for a single value. */
  readonly sdSample: number | null
  readonly min: number
  readonly max: number
  readonly median: number
}

/** Null without values. */
export function statisticsOf(values: Float64Array): Statistics | null {
  const count = values.length
  if (count === 0) return null
  const sorted = values.toSorted()
  const mean = values.reduce((sum, value) => sum + value, 0) / count
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return {
    count,
    mean,
    sdPopulation: Math.sqrt(squares / count),
    sdSample: count > 1 ? Math.sqrt(squares / (count - 1)) : null,
    min: sorted[0] as number,
    max: sorted[count - 1] as number,
    median: ((sorted[(count - 1) >> 1] as number) + (sorted[count >> 1] as number)) / 2,
  }
}
