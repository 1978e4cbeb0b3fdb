import { describe, expect, it } from 'vitest'
import { fit } from '../stage/camera.ts'
import { probeAt } from '../stage/probe.ts'
import { base64Of, madeMeta } from '../testing/meta.ts'
import { madeVolume } from '../testing/volume.ts'
import { percentileRange } from './percentiles.ts'
import { inUptake } from './uptake.ts'
import { toneOf } from './voi.ts'
import { defaultWindow, presetsFor } from './window.ts'

/** 70 kg and 370 MBq an hour before: published as suvbw-decay-start, 5 000 Bq/ml are 1.3816834… */
const FACTOR = 1.3816834085882161 / 5000
const pet = madeMeta({
  modality: 'PT',
  samples: 'uint16',
  slices: 2,
  rescale: { slope: 2.5, intercept: 0, unit: 'BQML' },
  rescales: [
    { slope: 2.5, intercept: 0 },
    { slope: 4, intercept: 0 },
  ],
  rescaled: { min: 0, max: 40_000 },
  windows: [{ center: 5000, width: 10_000 }],
  voiLuts: [{ first: 0, bits: 8, values: base64Of([0, 255]) }],
})
const known = { ...pet, suv: { how: 'to-series', factors: { bw: FACTOR, lbm: FACTOR / 2 } } }

describe('[V54] PET in standardised uptake', () => {
  it('probe and percentiles tell it, by the slope of each frame', () => {
    const made = madeVolume({
      row: [1, 0, 0],
      column: [0, 1, 0],
      step: [0, 0, 3],
      origin: [0, 0, 0],
      columns: 2,
      rows: 2,
      slices: 2,
      columnSpacing: 1,
      rowSpacing: 1,
      storedAt: () => 2000,
      meta: inUptake(known),
    })
    const values = [0, 1].map((frame) => {
      const camera = fit(made.planes[frame] as never, { columns: 2, rows: 2 }, 100, 100)
      return probeAt(made, frame, camera, { x: 50, y: 50 })?.value
    })
    expect(values[0]).toBeCloseTo(1.3816834085882161, 12)
    expect(values[1]).toBeCloseTo((8000 / 5000) * 1.3816834085882161, 12)
    const stored = Uint16Array.from({ length: 101 }, (_, i) => i)
    expect(percentileRange(stored, inUptake(known), 1).high).toBeCloseTo(99 * 4 * FACTOR, 12)
  })
  it('window, range and unit go with it; a table made for the file’s values does not', () => {
    const series = inUptake(known)
    expect(series.rescale.unit).toBe('SUVbw')
    expect(series.rescaled.max).toBeCloseTo(40_000 * FACTOR, 12)
    expect(defaultWindow(series).width).toBeCloseTo(10_000 * FACTOR, 12)
    expect(series.voiLuts).toEqual([])
    expect(inUptake(series)).toBe(series)
  })
  it('a window from 0 to 5 is black at 0 and white at 5, however high the highest value is', () => {
    const { grey } = toneOf(inUptake({ ...known, rescaled: { min: 0, max: 4e6 } }), { center: 2.5, width: 5 })
    expect([0, 2.5, 5].map(grey)).toEqual([0, 127.5, 255])
  })
  it('presets are uptake from 0 upwards, and there are none without a factor', () => {
    expect(
      presetsFor(inUptake(known)).map(({ key, center, width }) => [
        key,
        center - width / 2,
        center + width / 2,
      ]),
    ).toEqual([
      ['1', 0, 3],
      ['2', 0, 5],
      ['3', 0, 7],
      ['4', 0, 8],
      ['5', 0, 10],
      ['6', 0, 15],
    ])
    const without = { ...pet, suv: { how: 'weight', factors: {} } }
    expect(inUptake(without)).toBe(without)
    expect(presetsFor(without)).toEqual([])
    expect(inUptake(pet)).toBe(pet)
  })
})
