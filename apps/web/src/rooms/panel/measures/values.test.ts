/** How measured values are written, drawn and handed out. */
import type { Roi } from '@consilium/viewer/roi'
import { describe, expect, it } from 'vitest'
import { chartOf, nearest, profileCsv } from './profileChart.ts'
import { drawnText, meanText, valueLines } from './valueLines.ts'
import type { InScale } from './values.ts'

const roi: InScale<Roi> = {
  count: 1204,
  mean: -35.25,
  sdPopulation: 12.9,
  sdSample: 12.94,
  min: -80,
  max: 41,
  median: -36,
  area: 590,
  left: 0,
  at: 'patient',
}
const series = {
  samples: 'int16',
  rescale: { slope: 1, intercept: -1024, unit: 'HU' },
  rescales: null,
  rescaled: { min: -1000, max: 3000 },
} as const
const lines = (...args: Parameters<typeof valueLines>): string[] =>
  valueLines(...args).map(({ title, text }) => `${title} ${text.replaceAll(/[\u00a0\u202f]/g, ' ')}`)

describe('[V44] statistics are written', () => {
  it('in the unit of the series, means a digit finer than values', () => {
    expect(lines(roi, series)).toEqual([
      'Mean −35.3 HU',
      'SD (n − 1) 12.9 HU',
      'Min −80 HU',
      'Max 41 HU',
      'Median −36.0 HU',
      'Pixels 1 204 · 590.0 mm²',
    ])
    expect(meanText(roi, series)).toBe('−35.3 ± 12.9\u00a0HU')
    expect(drawnText(roi, series).replaceAll('\u00a0', ' ')).toBe(
      '−35.3 ± 12.9 HU · −80 to 41 HU · 590.0 mm²',
    )
  })
  it('without a unit as stored; in pixels where their size is not known; with what was left out', () => {
    const plain = { ...series, rescale: { ...series.rescale, unit: 'US' } }
    expect(lines({ ...roi, left: 3, at: null }, plain)).toMatchObject({
      0: 'Mean −35.3',
      5: 'Pixels 1 204 · 590.0 px²',
      6: 'Left out 3 pixels without a value',
    })
    expect(meanText(roi, plain)).toBe('−35.3 ± 12.9')
  })
  it('of a single pixel without a spread', () => {
    expect(lines({ ...roi, count: 1, sdSample: null }, series)[1]).toBe('SD (n − 1) none: a single pixel')
    expect(meanText({ ...roi, sdSample: null }, series)).toBe('−35.3\u00a0HU')
  })
})

describe('[V45] a profile', () => {
  const profile = { places: [0, 1, 2, 3, 4], values: [10, 30, null, 20, 20] }
  it('is a line from end to end, higher where values are, with gaps where there are none', () => {
    expect(chartOf(profile, 100, 50)).toEqual({
      path: 'M0.0 50.0h0L25.0 0.0M75.0 25.0h0L100.0 25.0',
      least: 10,
      most: 30,
    })
    expect(chartOf({ places: [0, 1], values: [7, 7] }, 100, 50)?.path).toBe('M0.0 25.0h0L100.0 25.0')
    expect(chartOf({ places: [0, 1], values: [null, null] }, 100, 50)).toBeNull()
  })
  it('tells the value that is nearest to the hand', () => {
    expect(nearest(profile, 0.3)).toEqual({ place: 1, value: 30 })
    expect(nearest(profile, 0.52)).toEqual({ place: 2, value: null })
    expect(nearest(profile, 9)).toEqual({ place: 4, value: 20 })
  })
  it('is handed out as CSV with its units, in plain numbers', () => {
    expect(profileCsv({ places: [0, 0.70312499], values: [-1000.5, null] }, 'mm', 'HU')).toBe(
      'distance (mm),value (HU)\r\n0,-1000.5\r\n0.703,\r\n',
    )
    expect(profileCsv(profile, 'px', '')).toMatch(/^distance \(px\),value\r\n0,10\r\n/)
  })
})
