/** The faults of processes, databases and disks, in short. In full: `npm run faults`; what it found is in docs/reliability.md. */
import { test } from 'vitest'
import { inShort } from './inShort.ts'
import { fault as r1 } from './rows/r1.ts'
import { fault as r2 } from './rows/r2.ts'
import { fault as r5 } from './rows/r5.ts'
import { fault as r7 } from './rows/r7.ts'
import { fault as r11 } from './rows/r11.ts'
import { fault as r12 } from './rows/r12.ts'
import { fault as r12a } from './rows/r12a.ts'
import { fault as r13 } from './rows/r13.ts'
import { fault as r14 } from './rows/r14.ts'
import { fault as r16 } from './rows/r16.ts'
import { fault as r17 } from './rows/r17.ts'

test('[J5] the server is killed while people edit', () => inShort(r1))
test('[J60] the server is killed over a PostgreSQL that goes on', () => inShort(r2))
test('[J61] the database goes and comes back under people who edit', () => inShort(r5))
test('[J62] the commits of one document fail', () => inShort(r7))
test('[O11] a snapshot is damaged, or of another build', () => inShort(r11))
test('[O12] a migration is cut off', () => inShort(r13))
test('[O10] a backup is taken while people edit, and restored elsewhere', () => inShort(r12))
test('[J63] the data folder is an older copy', () => inShort(r12a))
test('[I11] a second process wants the data folder', () => inShort(r14))
test('[J64] a document does not fit into memory', () => inShort(r16))
test('[R24] the server is killed while words are taken out', () => inShort(r17))
