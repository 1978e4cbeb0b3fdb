import fc from 'fast-check'
import { expect, it } from 'vitest'
import { uidMapper } from './uids.ts'

const key = Uint8Array.from({ length: 32 }, (_, k) => k)
const uid = fc
  .array(fc.integer({ min: 0, max: 99999 }), { minLength: 2, maxLength: 8 })
  .map((parts) => parts.join('.'))

it('[D3] equal UIDs stay equal, others become others, and all are valid', async () => {
  const map = await uidMapper(key)
  await fc.assert(
    fc.asyncProperty(uid, uid, async (a, b) => {
      const [one, again, other] = await Promise.all([map(a), map(a), map(b)])
      expect(one).toBe(again)
      expect(one === other).toBe(a === b)
      expect(one).toMatch(/^2\.25\.(0|[1-9]\d{0,38})$/)
      expect(BigInt((one as string).slice(5))).toBeLessThan(2n ** 128n)
    }),
  )
})

it('[D3] another key gives another mapping', async () => {
  const [a, b] = await Promise.all([uidMapper(key), uidMapper(key.toReversed())])
  expect(await a('1.2.3')).not.toBe(await b('1.2.3'))
})

it('[D3] the mapping never changes between versions', async () => {
  const map = await uidMapper(key)
  expect(await map('1.2.840.113619.2.1.1')).toMatchInlineSnapshot(
    `"2.25.175628226603802806788213799134379558468"`,
  )
})

it('[D3] what is missing stays missing', async () => {
  const map = await uidMapper(key)
  expect(await Promise.all([map(null), map(''), map('  ')])).toEqual([null, null, null])
})

it('refuses a key that could be guessed', async () => {
  await expect(uidMapper(new Uint8Array(8))).rejects.toThrow('shorter than 16 bytes')
})
