import { isPlaced } from '@consilium/imaging/hung'
import { describe, expect, it } from 'vitest'
import { markOf } from '../marks/all.ts'
import { madeMeta } from '../testing/meta.ts'
import { areaUnit, lengthUnit } from './lengths.ts'
import { rulerFor } from './ruler.ts'

describe('[W69] what lengths and places are told in', () => {
  it('millimetres where the file states them, at the detector where it says so, else pixels', () => {
    expect((['patient', 'detector', null] as const).map(lengthUnit)).toEqual([
      'mm',
      'mm at the detector',
      'px',
    ])
    expect((['patient', 'detector', null] as const).map(areaUnit)).toEqual([
      'mm²',
      'mm² at the detector',
      'px²',
    ])
  })
  it('figures beside shapes and the ruler follow', () => {
    const plane = {
      origin: [0, 0, 0],
      row: [1, 0, 0],
      column: [0, 1, 0],
      rowSpacing: 1,
      columnSpacing: 1,
    } as const
    const figure = (unit: 'mm' | 'px') =>
      markOf('length').figure(
        [
          [0, 0, 0],
          [3, 4, 0],
        ],
        plane,
        unit,
      )
    expect([figure('mm'), figure('px')]).toEqual(['5.0 mm', '5.0 px'])
    expect(rulerFor(0.5, 'patient').label).toBe('5 cm')
    expect(rulerFor(0.5, 'detector').label).toBe('5 cm at the detector')
    expect(rulerFor(0.5, null).label).toBe('50 px')
    expect(rulerFor(20, null).label).toBe('2000 px')
  })
  it('a place counts as known unless it is the one that is made up', () => {
    const nowhere = { direction: [1, 0, 0, 0, 1, 0, 0, 0, 1] }
    expect(isPlaced({ ...nowhere, positions: [[0, 0, 0]] })).toBe(false)
    expect(
      isPlaced({
        ...nowhere,
        positions: [
          [0, 0, 0],
          [0, 0, 1],
        ],
      }),
    ).toBe(false)
    expect(isPlaced(madeMeta())).toBe(true)
    expect(isPlaced({ direction: [0, 1, 0, 0, 0, -1, -1, 0, 0], positions: [[0, 0, 0]] })).toBe(true)
  })
})
