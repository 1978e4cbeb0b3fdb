import { describe, expect, test } from 'vitest'
import { encodeHeader, hashOf, leafOf, originOf, type RowHeader } from './chain.ts'

// Computed by another implementation (Python's hashlib and struct), so that ours cannot drift with its own test.
const ORIGIN = '89611949989847839c1ec2acb26a08cd8c27e9af0705b8d52211c10925964102'
const LEAF = '7634b3dc13178e4e845db5661d08a87966e199b6ebb33498e16a7abd3b978c9a'
const HASH = 'd4e3f74e405194dc03df03348b059ca08db818740c5bf7d3c1e07ee73dc9151c'

// The same row, of which the page said that its change was made 23 ms before.
const SAID = 1_700_000_000_100
const LEAF_SAID = 'd624c24c48d39a29f5488d0495c393706edab52a46062d2ccc208152068cdf4f'
const HASH_SAID = 'ece909a48095c7f0a787a2eb4e6bfc9430dc3c753acd1ce7bd5d4fa8151808cb'

const row: RowHeader = {
  doc: 7,
  seq: 1,
  at: 1_700_000_000_123,
  lease: 3,
  clock: 0,
  len: 5,
  act: 1,
  said: 0,
  role: 2,
}
const origin = originOf({ doc: 7, name: 'panel:abcdefgh12345678', createdAt: 1_700_000_000_000 })
const hello = new TextEncoder().encode('hello')
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

describe('the chain', () => {
  test('[J2] computes exactly the published hashes', () => {
    expect(hex(origin)).toBe(ORIGIN)
    expect(hex(leafOf(row, hello))).toBe(LEAF)
    expect(hex(hashOf(origin, row, hello))).toBe(HASH)
    expect(hex(leafOf({ ...row, said: SAID }, hello))).toBe(LEAF_SAID)
    expect(hex(hashOf(origin, { ...row, said: SAID }, hello))).toBe(HASH_SAID)
  })

  test('[J2] every number of a row, its bytes and the row before it change the hash', () => {
    const hashes = new Set([HASH])
    for (const name of Object.keys(row) as (keyof RowHeader)[])
      hashes.add(hex(hashOf(origin, { ...row, [name]: row[name] + 1 }, hello)))
    hashes.add(hex(hashOf(origin, row, new TextEncoder().encode('hellp'))))
    hashes.add(hex(hashOf(leafOf(row, hello), row, hello)))
    expect(hashes.size).toBe(1 + 9 + 2)
  })

  test('a number that does not fit its column is our mistake, never a wrapped number', () => {
    expect(() => encodeHeader({ ...row, len: 2 ** 31 })).toThrow(RangeError)
    expect(() => encodeHeader({ ...row, seq: -1 })).toThrow(RangeError)
    expect(() => encodeHeader({ ...row, at: 1.5 })).toThrow(RangeError)
  })
})
