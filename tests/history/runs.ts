/**
 * How many random histories each test here takes, and what is told of them: a few in `npm test`, all that are asked for by
 * `npm run faults -- history` (fault.ts), which repeats them by their seed.
 */
import { appendFileSync } from 'node:fs'

const { HISTORY_RUNS, HISTORY_FIGURES } = process.env

export const runs = (short: number): number => Number(HISTORY_RUNS ?? short)

/** What was looked at, for docs/reliability.md. */
export function tell(figures: Readonly<Record<string, number>>): void {
  if (HISTORY_FIGURES !== undefined) appendFileSync(HISTORY_FIGURES, `${JSON.stringify(figures)}\n`)
}
