import { describe, expect, it } from 'vitest'
import { base64Of, madeMeta } from '../testing/meta.ts'
import type { VoiFunction } from './greys.ts'
import { buildLut, LUT_SIZE, type LutShape } from './lut.ts'
import { type Tone, toneOf } from './voi.ts'

const ct: LutShape = { signed: true, rescale: { slope: 1, intercept: -1024 }, padding: null, flip: false }
const linear = (center: number, width: number, voiFunction: VoiFunction = 'LINEAR'): Tone =>
  toneOf(madeMeta({ voiFunction }), { center, width })
const table = toneOf(
  madeMeta({ voiLuts: [{ first: -20, bits: 16, values: base64Of([9000, 65535, 0, 20000]) }] }),
  { center: 0, width: 1, table: 0 },
)

describe('[W23] the table of greys', () => {
  it.each<[string, LutShape, Tone]>([
    ['signed', ct, linear(40, 400)],
    ['unsigned', { ...ct, signed: false }, linear(-600, 1500)],
    ['MONOCHROME1', { ...ct, flip: true }, linear(40, 80)],
    ['a falling slope', { ...ct, rescale: { slope: -0.5, intercept: 300 } }, linear(0, 900)],
    ['no slope', { ...ct, rescale: { slope: 0, intercept: 40 } }, linear(40, 400)],
    ['a threshold', ct, linear(0, 1)],
    ['a window beyond all values', ct, linear(90_000, 10)],
    ['a window below all values', ct, linear(-90_000, 10)],
    ['a window wider than all values', ct, linear(0, 200_000)],
    ['LINEAR_EXACT', ct, linear(40, 400, 'LINEAR_EXACT')],
    ['SIGMOID', ct, linear(40, 400, 'SIGMOID')],
    ['SIGMOID, narrow', { ...ct, rescale: { slope: 0.1, intercept: 0 } }, linear(7, 3, 'SIGMOID')],
    ['a table of the file', ct, table],
    ['a table of the file, falling slope', { ...ct, rescale: { slope: -2, intercept: 5 } }, table],
  ])('holds the formula for each of the 65 536 words: %s', (_name, shape, tone) => {
    const lut = buildLut(shape, tone)
    let wrong = 0
    for (let word = 0; word < LUT_SIZE; word++) {
      const stored = shape.signed ? (word << 16) >> 16 : word
      const value = Math.round(tone.grey(stored * shape.rescale.slope + shape.rescale.intercept))
      const expected = shape.flip ? 255 - value : value
      const rgba = lut[word] ?? 0
      const same = [0, 8, 16].every((shift) => ((rgba >>> shift) & 0xff) === expected)
      if (!same || rgba >>> 24 !== 255) wrong++
    }
    expect(wrong).toBe(0)
  })

  it('[W63] padding is black, also where the least value is white', () => {
    const lut = buildLut({ ...ct, flip: true, padding: -2000 }, linear(40, 400))
    expect(lut[-2000 & 0xffff]).toBe(0xff000000)
    expect(lut[-1999 & 0xffff]).toBe(0xffffffff)
  })
})
