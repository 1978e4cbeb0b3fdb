import { brotliDecompressSync, gunzipSync, zstdCompressSync } from 'node:zlib'
import { expect, test, vi } from 'vitest'
import { chooseCoding, Recoder } from './encoding.ts'

test.each([
  ['gzip, deflate, br, zstd', 'zstd'],
  ['gzip, deflate, br', 'br'],
  ['gzip', 'gzip'],
  ['', 'identity'],
  [undefined, 'identity'],
  ['zstd;q=0, br;q=0.5', 'br'],
  ['*', 'zstd'],
  ['identity', 'identity'],
])('Accept-Encoding "%s" is answered with %s', (header, coding) => {
  expect(chooseCoding(header)).toBe(coding)
})

test('blobs in a row say the same in every coding, also when room runs out', async () => {
  const recoder = new Recoder(100)
  for (let i = 0; i < 5; i++) {
    const plain = [Buffer.alloc(4_000, i), Buffer.alloc(700, i + 100)]
    const whole = Buffer.concat(plain)
    const blobs = plain.map((one) => zstdCompressSync(one))
    const read = vi.fn(async () => blobs)
    const stored = { key: `pack${i}`, plainBytes: whole.length, read }
    expect(await recoder.recode(stored, 'zstd')).toEqual(Buffer.concat(blobs))
    expect(brotliDecompressSync(await recoder.recode(stored, 'br'))).toEqual(whole)
    const [a, b] = await Promise.all([recoder.recode(stored, 'gzip'), recoder.recode(stored, 'gzip')])
    expect(a).toBe(b)
    expect(gunzipSync(a)).toEqual(whole)
    expect(await recoder.recode(stored, 'identity')).toEqual(whole)
  }
})

test('[V37] a pack that is asked for again is not read again, unless it was not compressed yet or there was no room', async () => {
  const recoder = new Recoder(1_000)
  const packOf = (key: string, plainBytes: number) => ({
    key,
    plainBytes,
    read: vi.fn(async () => [zstdCompressSync(Buffer.alloc(plainBytes))]),
  })
  const [one, loose, other] = [packOf('one', 4_000), packOf('loose', 1), packOf('other', 4_000)]
  const first = await recoder.recode(one, 'zstd')
  expect(await recoder.recode(one, 'zstd')).toBe(first)
  expect(one.read).toHaveBeenCalledTimes(1)
  for (let n = 0; n < 2; n++) await recoder.recode(loose, 'zstd')
  expect(loose.read).toHaveBeenCalledTimes(2)

  const narrow = new Recoder(first.length)
  for (const pack of [one, other, one]) await narrow.recode(pack, 'zstd')
  expect([one.read.mock.calls.length, other.read.mock.calls.length]).toEqual([3, 1])
})
