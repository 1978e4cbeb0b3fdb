import { expect, it } from 'vitest'
import { createTries } from './tries.ts'

const refusal = { code: 'too-many-tries' }

it('[I7] counts tries per name and address, and forgets them with a success', async () => {
  const tries = createTries()
  for (let n = 0; n < 8; n++) await tries.begin('okafor', '192.0.2.1')
  await tries.succeeded('okafor', '192.0.2.1')
  for (let n = 0; n < 8; n++) await tries.begin(' Okafor', '192.0.2.1')
  await expect(tries.begin('okafor', '192.0.2.1')).rejects.toMatchObject(refusal)
  await tries.begin('okafor', '192.0.2.2')
  await tries.begin('vasquez', '192.0.2.1')
})

it('[I7] counts tries of one address over all names, but none that succeeded', async () => {
  const tries = createTries()
  for (let n = 0; n < 100; n++) {
    await tries.begin('vasquez', '192.0.2.1')
    await tries.succeeded('vasquez', '192.0.2.1')
  }
  for (let n = 0; n < 80; n++) await tries.begin(`name${n}`, '192.0.2.1')
  await expect(tries.begin('okafor', '192.0.2.1')).rejects.toMatchObject(refusal)
  await tries.begin('okafor', '192.0.2.2')
})

it('[I10] counts sign-ins by one click: each is a row in the database', async () => {
  const tries = createTries()
  for (let n = 0; n < 120; n++) await tries.oneClick('192.0.2.1')
  await expect(tries.oneClick('192.0.2.1')).rejects.toMatchObject(refusal)
  await tries.oneClick('192.0.2.2')
})
