/** Random updates to the gate, the same every time; `npm run faults -- fuzz` makes others. */
import { expect, test } from 'vitest'
import { fault } from './fault.ts'

test('[G60][G61] whatever is offered is taken or refused, ends, and does what its row says', async () => {
  const { trials, failures } = await fault.run(fault.trials.short, 0)
  expect(failures, 'to see it again: npm run faults -- fuzz --trials 1 --seed <seed>').toEqual([])
  expect(trials).toBe(fault.trials.short)
})
