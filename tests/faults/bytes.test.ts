/** Bytes that mean harm, in short. In full: `npm run faults`; what it found is in docs/reliability.md. */
import { afterAll, beforeAll, test } from 'vitest'
import { inShort } from './inShort.ts'
import { fault as b1 } from './rows/b1.ts'
import { fault as b3 } from './rows/b3.ts'
import { fault as b4 } from './rows/b4.ts'
import { fault as b6 } from './rows/b6.ts'
import { fault as b7 } from './rows/b7.ts'
import { fault as b7a } from './rows/b7a.ts'
import { fault as b8 } from './rows/b8.ts'
import { fault as b9 } from './rows/b9.ts'
import { closeShared, shareWard } from './wire/wards.ts'

beforeAll(shareWard)
afterAll(closeShared)

test('[G83] noise from many sockets', () => inShort(b1))
test('[G84] updates that are half good', () => inShort(b3))
test('[G85] values, names and shapes that cannot be', () => inShort(b4))
test('[I90] DICOM files that mean harm', () => inShort(b6))
test('[I91] NIfTI files that mean harm', () => inShort(b7))
test('[I94] other volumes and photographs that mean harm', () => inShort(b7a))
test('[I92] pictures that are programs or pages as well', () => inShort(b8))
test('[I93] archives that mean harm', () => inShort(b9))
