import type { Series } from '@consilium/contract/studies'
import { describe, expect, it } from 'vitest'
import { windowFor } from './hanging.ts'

const ct = {
  modality: 'CT',
  photometric: 'MONOCHROME2',
  samples: 'int16',
  rescale: { slope: 1, intercept: 0, unit: 'HU' },
  rescales: null,
  rescaled: { min: -1000, max: 3000 },
  padding: null,
  windows: [{ center: 55, width: 300, name: 'Mediastinum of the file' }],
  voiFunction: 'LINEAR',
  voiLuts: [],
} as unknown as Series
const pane = (window?: string | { center: number; width: number }) => ({
  series: { nth: 1 },
  plane: 'acquired' as const,
  ...(window === undefined ? {} : { window }),
})

describe('the window that a hanging rule asks for', () => {
  it('[V18] is a preset or one of the file by its name, in capitals or not, or values', () => {
    expect(windowFor(pane('lung'), ct)).toEqual({ center: -600, width: 1500 })
    expect(windowFor(pane('Mediastinum of the file'), ct)).toEqual({ center: 55, width: 300 })
    expect(windowFor(pane({ center: 1, width: 2 }), ct)).toEqual({ center: 1, width: 2 })
  })
  it('is left as it is where nothing is asked for, or nothing has that name', () => {
    expect(windowFor(pane(), ct)).toBeNull()
    expect(windowFor(pane('Moonlight'), ct)).toBeNull()
  })
})
