import { expect, test } from 'vitest'
import { extremes, extremesOfWhole } from './extremes.ts'
import { type SampleKind, samplesOver } from './samples.ts'

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

test('values of 16 bits are looked at eight at a time, in lots, and no value of another lot or frame is taken for one of theirs', () => {
  const lot = 65_520
  for (const length of [9, lot - 1, lot, lot + 1, 2 * lot + 3])
    for (const values of [new Int16Array(length), new Uint16Array(length)]) {
      const base = values instanceof Int16Array ? -700 : 40_000
      for (let i = 0; i < length; i++) values[i] = base + (i % 50)
      for (const at of [0, 8, length - 2, length - 1]) {
        const changed = values.slice()
        changed[at] = base + 60
        expect(extremes(changed), `${length}, ${at}`).toEqual(extremesOfWhole(changed))
        expect(extremes(changed).max).toBe(base + 60)
        changed[at] = base - 60
        expect(extremes(changed).min).toBe(base - 60)
      }
    }
})
