import { brotliDecompressSync, gunzipSync, zstdCompressSync } from 'node:zlib'
import { expect, test } from 'vitest'
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

test('a blob says the same in every coding, also when room runs out', async () => {
  const recoder = new Recoder(100)
  for (let i = 0; i < 5; i++) {
    const plain = Buffer.alloc(4_000, i)
    const zstd = zstdCompressSync(plain)
    expect(await recoder.recode(`blob${i}`, zstd, 'zstd')).toBe(zstd)
    expect(brotliDecompressSync(await recoder.recode(`blob${i}`, zstd, 'br'))).toEqual(plain)
    const [a, b] = await Promise.all([
      recoder.recode(`blob${i}`, zstd, 'gzip'),
      recoder.recode(`blob${i}`, zstd, 'gzip'),
    ])
    expect(a).toBe(b)
    expect(gunzipSync(a)).toEqual(plain)
    expect(await recoder.recode(`blob${i}`, zstd, 'identity')).toEqual(plain)
  }
})
