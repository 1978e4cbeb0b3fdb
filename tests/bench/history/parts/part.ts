/** One part of the benchmark: figures, and what is asked of them. */
import type { Goal } from '../../goals.ts'
import type { Row } from '../../report.ts'
import type { Bed } from '../bed.ts'

export interface Part {
  readonly name: string
  readonly title: string
  run(bed: Bed): Promise<{ readonly rows: readonly Row[]; readonly goals: readonly Goal[] }>
}

/** ms that the work took. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now()
  await work()
  return performance.now() - begun
}
