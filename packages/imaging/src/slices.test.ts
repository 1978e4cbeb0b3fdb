import { expect, test } from 'vitest'
import { type SampleKind, samplesOver } from './samples.ts'
import { extremes } from './slices.ts'

const KINDS: readonly SampleKind[] = ['int16', 'uint16', 'int32', 'uint32', 'float32', 'float64', 'uint8x3']
/** Values everywhere between the extremes of a kind, and those extremes, at these places. */
const ENDS: Partial<Record<SampleKind, readonly [number, number]>> = {
  int16: [-32_768, 32_767],
  uint16: [0, 65_535],
  uint8x3: [0, 255],
}

test('the smallest and the largest value are found wherever they stand', () => {
  for (const kind of KINDS)
    for (const [length, skip] of [
      [1, 0],
      [2, 0],
      [7, 0],
      [8, 0],
      [8, 1],
      [64, 0],
    ] as const) {
      const all = samplesOver(kind, new ArrayBuffer((length + skip) * 8))
      const values = all.subarray(skip, skip + length)
      const [least, most] = ENDS[kind] ?? [1, 1_000]
      for (let at = 0; at < length; at++)
        for (const [end, rest] of [
          [least, most],
          [most, least],
          [least, 100],
          [most, 100],
        ] as const) {
          values.fill(rest)
          values[at] = end
          const min = Math.min(...values)
          const max = Math.max(...values)
          expect(extremes(values), `${kind} ${length} ${skip} ${at} ${end} ${rest}`).toEqual({ min, max })
        }
    }
})
