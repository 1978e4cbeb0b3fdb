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

test('blobs in a row say the same in every coding, also when room runs out', async () => {
  const recoder = new Recoder(100)
  for (let i = 0; i < 5; i++) {
    const plain = [Buffer.alloc(4_000, i), Buffer.alloc(700, i + 100)]
    const whole = Buffer.concat(plain)
    const blobs = plain.map((one) => zstdCompressSync(one))
    const key = `pack${i}`
    expect(await recoder.recode(key, blobs, 'zstd')).toEqual(Buffer.concat(blobs))
    expect(brotliDecompressSync(await recoder.recode(key, blobs, 'br'))).toEqual(whole)
    const [a, b] = await Promise.all([recoder.recode(key, blobs, 'gzip'), recoder.recode(key, blobs, 'gzip')])
    expect(a).toBe(b)
    expect(gunzipSync(a)).toEqual(whole)
    expect(await recoder.recode(key, blobs, 'identity')).toEqual(whole)
  }
})
