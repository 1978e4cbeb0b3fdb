import { expect, it } from 'vitest'
import { createTries } from './tries.ts'

const refusal = { code: 'too-many-tries' }

it('[I7] counts failures per name and address, and forgets them with a success', async () => {
  const tries = createTries()
  for (let n = 0; n < 7; n++) await tries.failed('okafor', '192.0.2.1')
  await tries.check('okafor', '192.0.2.1')
  await tries.succeeded('okafor', '192.0.2.1')
  for (let n = 0; n < 8; n++) await tries.failed(' Okafor', '192.0.2.1')
  await expect(tries.check('okafor', '192.0.2.1')).rejects.toMatchObject(refusal)
  await tries.check('okafor', '192.0.2.2')
  await tries.check('vasquez', '192.0.2.1')
})

it('[I7] counts failures of one address over all names', async () => {
  const tries = createTries()
  for (let n = 0; n < 80; n++) await tries.failed(`name${n}`, '192.0.2.1')
  await expect(tries.check('okafor', '192.0.2.1')).rejects.toMatchObject(refusal)
  await tries.check('okafor', '192.0.2.2')
})

it('[I10] counts sign-ins by one click: each is a row in the database', async () => {
  const tries = createTries()
  for (let n = 0; n < 120; n++) await tries.oneClick('192.0.2.1')
  await expect(tries.oneClick('192.0.2.1')).rejects.toMatchObject(refusal)
  await tries.oneClick('192.0.2.2')
})
