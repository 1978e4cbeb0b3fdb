import { expect } from 'vitest'
import { SEED } from '../support/seed.ts'
import type { Fault } from './fault.ts'

/** A row in its short form, as a test. A failure says its seed. */
export const inShort = async ({ id, run, trials }: Fault): Promise<void> => {
  const outcome = await run(trials.short, SEED)
  expect(outcome.failures, `to see it again: npm run faults -- ${id} --trials 1 --seed <seed>`).toEqual([])
  expect(outcome.trials).toBe(trials.short)
}
