import { hash, randomBytes } from 'node:crypto'
import { encodeFrames } from '@consilium/imaging/packs'
import { bytesOf } from '@consilium/imaging/samples'
import { expect, test } from 'vitest'
import { codedIn, compressed, isWhole, plain, travelling, valuesIn } from './blobCoding.ts'

const shape = { rows: 250, columns: 400, samples: 'int16' } as const
const named = (values: Int16Array) => ({ sha256: hash('sha256', bytesOf(values)), ...shape })
const blank = new Int16Array(100_000)
const noise = new Int16Array(new Uint8Array(randomBytes(200_000)).buffer)
/** Both forms of a frame. */
const formsOf = (values: Int16Array): Buffer[] => [
  Buffer.concat(plain(bytesOf(values))),
  compressed(encodeFrames([values], shape)),
]

test('a frame comes out of either form as it went in, and travels in one', async () => {
  for (const values of [blank, noise])
    for (const blob of formsOf(values)) {
      const coded = Buffer.from(encodeFrames([values], shape))
      expect(valuesIn(blob, named(values))).toEqual(values)
      expect(Buffer.from(codedIn(blob, named(values)) ?? [])).toEqual(coded)
      const sent = await travelling(blob, named(values))
      expect(sent.readUInt32LE()).toBe(0xfd2fb528)
      expect(valuesIn(sent, named(values))).toEqual(values)
      expect(await isWhole(blob, named(values).sha256)).toBe(true)
    }
})

test('what says nothing is small once it is compressed; noise never grows by much', () => {
  expect(compressed(encodeFrames([blank], shape)).length).toBeLessThan(100)
  for (const blob of formsOf(noise)) expect(blob.length).toBeLessThan(noise.byteLength + 64)
})

test('a blob whose bytes were changed or cut, or of another frame, is not taken for one', async () => {
  for (const blob of formsOf(noise)) {
    const changed = Buffer.from(blob)
    changed[1_000]! ^= 1
    for (const bad of [changed, blob.subarray(0, -1), blob.subarray(0, 4), Buffer.alloc(0)]) {
      expect(valuesIn(bad, named(noise))).toBeNull()
      expect(codedIn(bad, named(noise))).toBeNull()
      expect(await isWhole(bad, named(noise).sha256)).toBe(false)
    }
    expect(valuesIn(blob, { ...named(noise), rows: 249 })).toBeNull()
  }
  const [plainBlob = Buffer.alloc(0)] = formsOf(noise)
  expect(valuesIn(plainBlob, { ...shape, sha256: named(blank).sha256 })).toBeNull()
  await expect(travelling(plainBlob.subarray(0, -1), named(noise))).rejects.toThrow(
    'is not what its name says',
  )
})
