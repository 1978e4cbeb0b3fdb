/** Lines that break, repeat, stall and lie, in short. In full: `npm run faults`; what it found is in docs/reliability.md. */
import { afterAll, beforeAll, test } from 'vitest'
import { inShort } from './inShort.ts'
import { fault as n1 } from './rows/n1.ts'
import { fault as n2 } from './rows/n2.ts'
import { fault as n6 } from './rows/n6.ts'
import { fault as n8 } from './rows/n8.ts'
import { fault as n9 } from './rows/n9.ts'
import { fault as n10 } from './rows/n10.ts'
import { fault as n12 } from './rows/n12.ts'
import { closeShared, shareWard } from './wire/wards.ts'

beforeAll(shareWard)
afterAll(closeShared)

test('[G77] thousands of edits offline', () => inShort(n1))
test('[G78] thousands of edits offline, and the right to them is lost', () => inShort(n2))
test('[G79] frames repeated, reordered and recorded', () => inShort(n6))
test('[P1][G14] one person with many pages', () => inShort(n8))
test('[G80] two pages claim one clientID', () => inShort(n9))
test('[G81] a page does not read', () => inShort(n10))
test('[G82] the server is asked to stop', () => inShort(n12))
