import { describe, expect, it } from 'vitest'
import { isSame, offeredBy, windowFigure, windowWords } from './windows.ts'

const ct = {
  modality: 'CT',
  samples: 'int16',
  photometric: 'MONOCHROME2',
  rescale: { slope: 1, intercept: -1024, unit: 'HU' },
  rescales: null,
  rescaled: { min: -1024, max: 3071 },
  padding: null,
  voiFunction: 'LINEAR',
  voiLuts: [],
  windows: [{ center: 35, width: 80, name: 'BRAIN' }],
} as const

describe('[V55] windows by name', () => {
  it('those of the file come first, by their explanation, then the presets', () => {
    expect(offeredBy(ct).map(({ name }) => name)).toEqual([
      'BRAIN',
      'Soft tissue',
      'Lung',
      'Liver',
      'Bone',
      'Brain',
      'Mediastinum',
      'Angiography',
      'Stroke',
      'Spine',
    ])
    expect(offeredBy(null)).toEqual([])
  })
  it('the one on the screen goes by its name too, also where a hand came near to it only', () => {
    expect(windowWords({ center: -600, width: 1500 }, ct)).toBe('Lung −600 / 1\u202f500')
    expect(windowWords({ center: -601, width: 1500 }, ct)).toBe('−601 / 1\u202f500')
    expect(isSame({ center: 35, width: 80, table: 0 }, { center: 35, width: 80 })).toBe(false)
  })
  it('of uptake the name says all; else figures are told to three digits', () => {
    const pet = {
      ...ct,
      modality: 'PT',
      rescale: { slope: 2.763e-4, intercept: 0, unit: 'SUVbw' },
      rescaled: { min: 0, max: 11 },
      windows: [],
    }
    expect(windowWords({ center: 2.5, width: 5 }, pet)).toBe('SUV 0 to 5')
    expect(windowWords({ center: 2.123456, width: 4 }, pet)).toBe('2.12 / 4')
    expect(windowFigure(1.23456)).toBe('1.23')
  })
})
