/** One part of the benchmark: figures, and what is asked of them. */
import type { MaskAct } from '@consilium/crdt-schema/painting'
import { MaskEngine } from '@consilium/crdt-schema/painting/engine'
import type { Goal } from '../../goals.ts'
import { percentile, type Row, round } from '../../report.ts'
import { GRID, historyOf, realistic, SEGMENTS } from '../sets.ts'

export interface Part {
  readonly name: string
  readonly title: string
  /** `share`: of the full number of acts. */
  run(share: number): Result | Promise<Result>
}

export interface Result {
  readonly rows: readonly Row[]
  readonly goals: readonly Goal[]
}

/** ms by the clock, since that is what people wait for: run it on a machine that does nothing else. */
export function timed(work: () => void): number {
  const begun = performance.now()
  work()
  return performance.now() - begun
}

/** 0.06 (0.31, 2.1): p50, p95, most. */
export const inShort = (ms: readonly number[]): string =>
  [percentile(ms, 50), percentile(ms, 95), Math.max(...ms)]
    .map((value) => String(round(value, (value ?? 0) < 10 ? 2 : 0)))
    .reduce((text, value, i) => `${text}${i === 1 ? ' (' : ', '}${value}`)
    .concat(')')

export const p95 = (ms: readonly number[]): number => percentile(ms, 95) ?? Number.NaN

export function engineOf(acts: readonly MaskAct[]): MaskEngine {
  const engine = new MaskEngine({ grid: GRID })
  engine.feed(acts)
  engine.step()
  return engine
}

/** So that nobody is measured while the engine is still learning its code. */
export const warmUp = (): MaskEngine => engineOf(historyOf(realistic(), 400, 99))

/** The middle slice with all its segments one over another, as a page looks at it. */
export function compose(engine: MaskEngine, slice = GRID.size[2] / 2): Uint8Array {
  const picture = new Uint8Array(GRID.size[0] * GRID.size[1])
  for (const [n, segment] of SEGMENTS.entries()) engine.copySlice(segment, 2, slice, picture, n + 1)
  return picture
}
