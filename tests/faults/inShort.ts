import { expect } from 'vitest'
import type { Fault } from './fault.ts'

/** A row in its short form, as a test. Different every time; a failure says its seed. */
export const inShort = async ({ id, run, trials }: Fault): Promise<void> => {
  const outcome = await run(trials.short, Date.now() % 2 ** 31)
  expect(outcome.failures, `to see it again: npm run faults -- ${id} --trials 1 --seed <seed>`).toEqual([])
  expect(outcome.trials).toBe(trials.short)
}
