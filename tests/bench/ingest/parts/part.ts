/** One part of the benchmark: figures, and what is asked of ours beside the others. */
import type { Goal } from '../../goals.ts'
import type { Row } from '../../report.ts'

export interface Part {
  readonly name: string
  readonly title: string
  /** `rounds`: repetitions, interleaved. */
  run(rounds: number): Promise<{ readonly rows: readonly Row[]; readonly goals: readonly Goal[] }>
}

/** 216 (206–217) */
export const spread = (values: readonly number[], digits = 0): string => {
  const [least, middle, most] = [Math.min(...values), median(values), Math.max(...values)].map((n) =>
    n.toFixed(digits),
  )
  return `${middle} (${least}–${most})`
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? 0)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}
