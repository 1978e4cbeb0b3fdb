/** Bytes that mean harm, in short. In full: `npm run faults`; what it found is in docs/reliability.md. */
import { afterAll, beforeAll, test } from 'vitest'
import { inShort } from './inShort.ts'
import { fault as b1 } from './rows/b1.ts'
import { fault as b3 } from './rows/b3.ts'
import { fault as b4 } from './rows/b4.ts'
import { fault as b5 } from './rows/b5.ts'
import { closeShared, shareWard } from './wire/wards.ts'

const PATIENCE_MS = 300_000

beforeAll(shareWard)
afterAll(closeShared)

test('[G83] noise from many sockets', () => inShort(b1), PATIENCE_MS)
test('[G84] updates that are half good', () => inShort(b3), PATIENCE_MS)
test('[G85] values, names and shapes that cannot be', () => inShort(b4), PATIENCE_MS)
test('[G86] before anybody is known', () => inShort(b5), PATIENCE_MS)
