import { describe, expect, it } from 'vitest'
import { valueText } from './values.ts'

const series = (own: object) => ({
  samples: 'int16' as const,
  rescale: { slope: 1, intercept: -1024, unit: 'HU' },
  rescales: null,
  rescaled: { min: -1024, max: 3071 },
  ...own,
})

describe('a value under the pointer', () => {
  it('[W65] with its unit, and none where the file names none', () => {
    expect(valueText(-50, series({}))).toBe('−50\u00a0HU')
    expect(valueText(214, series({ rescale: { slope: 1, intercept: 0, unit: 'US' } }))).toBe('214')
    expect(valueText(214, series({ rescale: { slope: 1, intercept: 0, unit: '' } }))).toBe('214')
  })
  it('with digits where one frame’s values are fractions, as many as tell them apart', () => {
    const rescales = [
      { slope: 1, intercept: 0 },
      { slope: 0.25, intercept: 0 },
    ]
    const plain = { rescale: { slope: 1, intercept: 0, unit: '' } }
    expect(valueText(7, series({ ...plain, rescales, rescaled: { min: 0, max: 20_000 } }))).toBe('7.0')
    expect(valueText(0.53671, series({ ...plain, samples: 'float32', rescaled: { min: 0, max: 0.9 } }))).toBe(
      '0.5367',
    )
  })
  it('[W64] of colour each channel', () => {
    expect(valueText([1, 20, 255], series({ samples: 'uint8x3' }))).toBe('R 1 · G 20 · B 255')
  })
  it('what is no number says so', () => {
    expect(valueText(Number.NaN, series({ samples: 'float32' }))).toBe('not a number')
  })
})
