/** One part of the benchmark: figures of all three servers, and what is asked of ours beside them. */
import type { Goal } from '../../goals.ts'
import type { Row } from '../../report.ts'

export interface Part {
  readonly name: string
  readonly title: string
  /** `rounds`: interleaved over the servers. */
  run(rounds: number): Promise<{ readonly rows: readonly Row[]; readonly goals: readonly Goal[] }>
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? 0)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}
