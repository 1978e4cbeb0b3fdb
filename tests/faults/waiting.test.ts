/** What only time shows, in short: both mostly wait, and so at once. In full: `npm run faults`; what it found is in docs/reliability.md. */
import { describe, test } from 'vitest'
import { inShort } from './inShort.ts'
import { fault as b5 } from './rows/b5.ts'
import { fault as n13 } from './rows/n13.ts'

describe.concurrent('lines that say nothing', () => {
  test('[P20] lines are open and dead', () => inShort(n13))
  test('[G86] before anybody is known', () => inShort(b5))
})
