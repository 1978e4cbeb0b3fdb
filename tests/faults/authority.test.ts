/** Those who write what they may not, in short. In full: `npm run faults`; what it found is in docs/reliability.md. */
import { afterAll, beforeAll, test } from 'vitest'
import { inShort } from './inShort.ts'
import { fault as a0 } from './rows/a0.ts'
import { fault as a1 } from './rows/a1.ts'
import { fault as a2 } from './rows/a2.ts'
import { fault as a3 } from './rows/a3.ts'
import { fault as a4 } from './rows/a4.ts'
import { fault as a5 } from './rows/a5.ts'
import { fault as a9 } from './rows/a9.ts'
import { fault as a10 } from './rows/a10.ts'
import { fault as a11 } from './rows/a11.ts'
import { closeShared, shareWard } from './wire/wards.ts'

beforeAll(shareWard)
afterAll(closeShared)

test('[G70] honest lives full of bad luck', () => inShort(a0))
test('[G71] a session is ended while its page edits', () => inShort(a1))
test('[G72] somebody is given another role while their page edits', () => inShort(a2))
test('[G73] blocks under the clientID of somebody else', () => inShort(a3))
test('[G74] clocks used up, far ahead, with holes, and buried', () => inShort(a4))
test('[G75] delete sets', () => inShort(a5))
test('[P21] presence forged, oversized and without end', () => inShort(a9))
test('[G76] frames of every type', () => inShort(a10))
test('[G13][I8] sockets and forms of other sites', () => inShort(a11))
