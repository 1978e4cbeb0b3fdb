/** Nearest rank; NaN of nothing. `share` from 0 to 1. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}

/** As figures are printed: short, and with no more digits than mean something. */
export const rounded = (value: number): number => Number(value.toPrecision(3))
