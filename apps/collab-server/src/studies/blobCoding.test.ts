import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { compressed, inflated, stored } from './blobCoding.ts'

const plain = new Uint8Array(200_000)
const noise = randomBytes(200_000)

test('what is stored and what is compressed come out as they went in', () => {
  for (const coded of [plain, noise, new Uint8Array(0), new Uint8Array([7])])
    for (const blobOf of [stored, compressed]) expect(inflated(blobOf(coded))).toEqual(Buffer.from(coded))
})

test('what says nothing is small once it is compressed; noise never grows by much', () => {
  expect(compressed(plain).length).toBeLessThan(100)
  for (const blobOf of [stored, compressed]) expect(blobOf(noise).length).toBeLessThan(noise.length + 64)
})

test('a blob whose bytes were changed or cut is known by its own sum', () => {
  for (const blobOf of [stored, compressed]) {
    const blob = blobOf(noise)
    expect(inflated(blob.subarray(0, -1))).toBeNull()
    const changed = Buffer.from(blob)
    changed[1_000]! ^= 1
    expect(inflated(changed)).toBeNull()
  }
})
