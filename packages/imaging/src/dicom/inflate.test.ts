/** How a deflated data set ends: on an odd byte, on an even one, on a zero of its own, with a pad or without. */
import { deflateRawSync } from 'node:zlib'
import { afterEach, expect, test, vi } from 'vitest'
import { inflateRaw } from './inflate.ts'
import { DEFAULT_LIMITS } from './limits.ts'

afterEach(() => void vi.unstubAllGlobals())

/** How often anything was inflated since. */
function watched(): { inflations: number } {
  const seen = { inflations: 0 }
  vi.stubGlobal(
    'DecompressionStream',
    class extends DecompressionStream {
      constructor(format: CompressionFormat) {
        super(format)
        seen.inflations++
      }
    },
  )
  return seen
}

/** The first stream of its kind, and what is in it. */
function streamThat(is: (stream: Uint8Array) => boolean): { stream: Uint8Array; holds: Uint8Array } {
  for (let length = 300; length < 5_000; length++) {
    const holds = Uint8Array.from({ length }, (_, n) => (n * n * 31 + length) % 97)
    const stream = new Uint8Array(deflateRawSync(holds))
    if (is(stream)) return { stream, holds }
  }
  throw new Error('there is no such stream')
}

const isOdd = (stream: Uint8Array): boolean => stream.length % 2 === 1
const endsInZero = (stream: Uint8Array): boolean => stream.at(-1) === 0
const padded = (stream: Uint8Array): Uint8Array => Uint8Array.of(...stream, 0)

test.each([
  ['odd, with its pad', (s: Uint8Array) => isOdd(s) && !endsInZero(s), padded, 1],
  ['even', (s: Uint8Array) => !isOdd(s) && !endsInZero(s), null, 1],
  ['odd, without a pad', (s: Uint8Array) => isOdd(s) && !endsInZero(s), null, 1],
  ['odd, without a pad, with a zero of its own', (s: Uint8Array) => isOdd(s) && endsInZero(s), null, 1],
  ['odd, with a zero of its own and a pad', (s: Uint8Array) => isOdd(s) && endsInZero(s), padded, 1],
  ['even, with a zero of its own', (s: Uint8Array) => !isOdd(s) && endsInZero(s), null, 2],
  ['even, with a pad all the same', (s: Uint8Array) => !isOdd(s) && !endsInZero(s), padded, 2],
] as const)('[S1] a stream that is %s', async (_, is, end, inflations) => {
  const { stream, holds } = streamThat(is)
  const seen = watched()
  expect(await inflateRaw(end ? end(stream) : stream, DEFAULT_LIMITS)).toEqual(holds)
  expect(seen.inflations).toBe(inflations)
})

test('[S2] what is damaged, cut off or too large is refused, with a pad or without', async () => {
  const { stream } = streamThat((one) => isOdd(one) && !endsInZero(one))
  const cut = stream.subarray(0, stream.length >> 1)
  for (const bytes of [
    cut,
    padded(cut),
    Uint8Array.of(7, ...stream),
    Uint8Array.of(...stream, 1),
    new Uint8Array(),
  ])
    await expect(inflateRaw(bytes, DEFAULT_LIMITS)).rejects.toMatchObject({ code: 'damaged' })
  const seen = watched()
  const small = { ...DEFAULT_LIMITS, inflatedBytes: 100 }
  await expect(inflateRaw(padded(stream), small)).rejects.toMatchObject({ code: 'too-large' })
  expect(seen.inflations).toBe(1)
})
