import { describe, expect, it } from 'vitest'
import { base64Of, madeMeta } from '../testing/meta.ts'
import { percentileRange } from './percentiles.ts'
import { AS_IT_IS, CT_PRESETS, defaultWindow, fromFile, presetsFor } from './window.ts'

const plain = { rescale: { slope: 1, intercept: 0, unit: '' } }
const table = { first: 0, bits: 16, values: base64Of([0, 100, 65535]) }

describe('[W66] the window a series opens with', () => {
  it('the file’s own first', () => {
    const windows = [
      { center: 50, width: 0, name: '' },
      { center: 50, width: 350, name: '' },
    ]
    const series = madeMeta({ modality: 'MR', windows, voiLuts: [table] })
    expect(defaultWindow(series)).toEqual({ center: 50, width: 350 })
  })
  it('without one, its table', () => {
    expect(defaultWindow(madeMeta({ voiLuts: [table] }))).toEqual({ center: 1.5, width: 3, table: 0 })
  })
  it('CT without either: soft tissue, where its values are Hounsfield units', () => {
    expect(defaultWindow(madeMeta())).toEqual({ center: 40, width: 400 })
    expect(defaultWindow(madeMeta(plain))).toEqual({ center: 1000, width: 4000 })
  })
  it('MR without one: percentiles of what is not background', () => {
    const stored = new Uint16Array(10_000)
    for (let i = 5_000; i < stored.length; i++) stored[i] = 100 + (i % 1000)
    const series = madeMeta({ modality: 'MR', samples: 'uint16', ...plain })
    // 5 000 values from 100 to 1 099, five of each: the 50th and the 4 950th.
    expect(percentileRange(stored, series, 0)).toEqual({ low: 109, high: 1089 })
    expect(defaultWindow(series, { stored, frame: 0 })).toEqual({ center: 599, width: 980 })
  })
  it('[W63] neither padding nor what is no number counts', () => {
    const stored = Float32Array.from({ length: 400 }, (_, i) =>
      i < 100 ? Number.NaN : i < 200 ? -9999 : i < 300 ? 0 : i / 1000,
    )
    const series = madeMeta({ samples: 'float32', padding: -9999, ...plain, rescaled: { min: 0, max: 0.4 } })
    const { low, high } = percentileRange(stored, series, 0)
    expect([low, high].map((value) => value.toFixed(3))).toEqual(['0.300', '0.398'])
  })
  it('[W65] percentiles are of rescaled values, by the slope of the frame they are taken from', () => {
    const rescales = [
      { slope: 1, intercept: 0 },
      { slope: 10, intercept: 5 },
    ]
    const series = madeMeta({ modality: 'PT', samples: 'uint16', slices: 2, rescales, ...plain })
    const stored = Uint16Array.from({ length: 101 }, (_, i) => i)
    expect(percentileRange(stored, series, 1)).toEqual({ low: 15, high: 995 })
  })
  it('a uniform picture and one without any number have a window too', () => {
    expect(percentileRange(new Int16Array(100).fill(-7), madeMeta(), 0)).toEqual({ low: -1031, high: -1030 })
    expect(percentileRange(new Float32Array(4).fill(Number.NaN), madeMeta(), 0)).toEqual({ low: 0, high: 1 })
  })
  it('[W64] colour: as it is', () => {
    const series = madeMeta({ samples: 'uint8x3', photometric: 'RGB', modality: 'XC' })
    expect(defaultWindow(series)).toEqual(AS_IT_IS)
    expect(fromFile(series).map(({ name }) => name)).toEqual(['As it is'])
  })
})

describe('windows to choose from', () => {
  it('[W24] the presets on 1 to 5 are the ones radiologists know', () => {
    expect(CT_PRESETS.slice(0, 5).map((p) => [p.key, p.name, p.width, p.center])).toEqual([
      ['1', 'Soft tissue', 400, 40],
      ['2', 'Lung', 1500, -600],
      ['3', 'Liver', 150, 90],
      ['4', 'Bone', 2500, 480],
      ['5', 'Brain', 80, 40],
    ])
  })
  it('[W24] no preset where values are not Hounsfield units', () => {
    expect(presetsFor(madeMeta())).toBe(CT_PRESETS)
    for (const own of [plain, { modality: 'MR' }, { samples: 'uint8x3', photometric: 'RGB' }] as const)
      expect(presetsFor(madeMeta(own))).toEqual([])
  })
  it('the file’s windows and tables, by their names where they have some', () => {
    const windows = [
      { center: 50, width: 350, name: 'LUNG' },
      { center: 5, width: 30, name: '' },
    ]
    const offered = fromFile(madeMeta({ windows, voiLuts: [table] }))
    expect(offered.map(({ name, table: index }) => [name, index])).toEqual([
      ['LUNG', undefined],
      ['From the file 2', undefined],
      ['From the file 3', 0],
    ])
    expect(fromFile(madeMeta({ voiLuts: [table] })).map(({ name }) => name)).toEqual(['From the file'])
  })
})
