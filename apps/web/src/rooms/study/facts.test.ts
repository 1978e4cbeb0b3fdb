import type { Series } from '@consilium/contract/studies'
import { expect, test } from 'vitest'
import { factsOf, planeOf } from './facts.ts'

const series = (more: Partial<Series> = {}): Series => ({
  id: 's',
  case: 'c',
  modality: 'CT',
  bodyPart: 'CHEST',
  rows: 512,
  columns: 1024,
  slices: 60,
  moments: 1,
  frames: 60,
  times: null,
  spacing: { row: 0.7, column: 0.5, slice: 1.25 },
  direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  firstPosition: [-100, -120.25, 30],
  positions: [],
  frameOfReference: '2.25.1',
  patientOrientation: null,
  photometric: 'MONOCHROME2',
  samples: 'int16',
  bits: { stored: 12, signed: true },
  padding: null,
  lossy: false,
  thickness: 2,
  spacingAt: 'patient',
  rescale: { slope: 1, intercept: -1024, unit: 'HU' },
  rescales: null,
  stored: { min: 0, max: 4095 },
  rescaled: { min: -1024, max: 3071 },
  windows: [{ center: 40, width: 400, name: 'Soft tissue' }],
  voiFunction: 'LINEAR',
  voiLuts: [],
  suv: null,
  lower: null,
  frameSha256: [],
  packs: [],
  warnings: [],
  kept: [],
  dropped: [],
  ...more,
})

test('[W115] when it came, and who brought it where that is known', () => {
  const at = new Date(2026, 10, 20, 14, 3, 22).getTime()
  const by = { id: 'v', name: 'Dr M. Vasquez', initials: 'MV' }
  expect(said(series())).not.toHaveProperty('Came')
  expect(said(series({ at, by }))['Came']).toBe('20 Nov 2026 14:03:22 | Brought in by Dr M. Vasquez')
  expect(said(series({ at, by: { id: '', name: '', initials: '' } }))['Came']).toBe('20 Nov 2026 14:03:22')
})

const said = (one: Series): Record<string, string> =>
  Object.fromEntries(
    factsOf(one)
      .flatMap((group) => group.facts)
      .map(({ title, value, more }) => [
        title,
        [value, more]
          .filter(Boolean)
          .join(' | ')
          .replaceAll(/[\u00a0\u202f]/g, ' '),
      ]),
  )

test('[W115] a volume: matrix, geometry and values with their units', () => {
  expect(said(series())).toEqual({
    Modality: 'CT',
    'Body part': 'chest',
    'Columns × rows': '1 024 × 512',
    Slices: '60',
    Colour: 'Grey',
    'Lossy compression': 'Not known of',
    Plane: 'Axial | Rows run to L, columns to P',
    'Pixel spacing': '0.5 × 0.7 mm',
    'Slice spacing': '1.25 mm',
    'Slice thickness': '2 mm',
    'First pixel (x, y, z)': '−100.0, −120.3, 30.0 mm',
    'Frame of reference': 'Known, replaced',
    Range: '−1 024 … 3 071 HU',
    'Stored range': '0 … 4 095',
    Rescale: '1 × value − 1 024',
    'Stored as': '12 bit, with sign',
    Window: '400 / 40 | Soft tissue',
  })
})

test('[W115] a film in colour, without a place in the patient', () => {
  const film = series({
    slices: 1,
    moments: 11,
    frames: 11,
    times: Array.from({ length: 11 }, (_, at) => at * 40),
    photometric: 'RGB',
    samples: 'uint8x3',
    lossy: true,
    spacingAt: null,
    frameOfReference: null,
    thickness: null,
    rescale: { slope: 1, intercept: 0, unit: '' },
    rescaled: { min: 0, max: 255 },
    windows: [],
  })
  expect(said(film)).toMatchObject({
    Moments: '11 | 0.4 s in all, one each 40 ms',
    Colour: 'Red, green, blue',
    'Lossy compression': 'Was used at some time',
    Plane: 'Not said',
    'Pixel spacing': '0.5 × 0.7 mm | Not said: pixels are taken as 1 mm, lengths mean nothing',
    Range: '0 … 255',
    'Stored as': '3 × 8 bit',
  })
})

test('[V146] ultrasound: the scales of its regions', () => {
  const region = { left: 84, top: 31, right: 595, bottom: 414, spacing: { row: 0.51049, column: 0.51049 } }
  const other = { ...region, top: 420, bottom: 470, spacing: { row: 0.2, column: 0.4 } }
  const spacing = (regions: Series['regions']) => said(series({ spacingAt: null, regions }))['Pixel spacing']
  const where = 'Inside of its ultrasound regions; elsewhere lengths are in pixels'
  expect(spacing([region, region])).toBe(`0.51 × 0.51 mm | ${where}`)
  expect(spacing([region, other])).toBe(`0.51 × 0.51, 0.4 × 0.2 mm | ${where}`)
})

test('[V154] of a projection its sides, where the file says them', () => {
  const chest = series({ slices: 1, spacingAt: 'detector', frameOfReference: null })
  expect(said(chest)['Plane']).toBe('Not said')
  expect(said({ ...chest, patientOrientation: ['L', 'F'] })['Plane']).toBe(
    'Not said | Rows run to L, columns to F',
  )
})

test.each([
  [[1, 0, 0, 0, 0, -1, 0, 1, 0], 'Coronal'],
  [[0, 1, 0, 0, 0, -1, -1, 0, 0], 'Sagittal'],
  [[0.8, 0.6, 0, 0, 0, -1, -0.6, 0.8, 0], 'Coronal'],
  [[0.7, 0.7, 0, 0, 0, -1, -0.7, 0.7, 0], 'Oblique'],
])('[W115] %j is %s', (direction, plane) => {
  expect(planeOf(series({ direction }))).toBe(plane)
})

test('[V54] of PET the uptake factor and how it was made, or why there is none', () => {
  const uptake = (suv: Series['suv']) =>
    factsOf(series({ modality: 'PT', suv }))
      .flatMap(({ facts }) => facts)
      .find(({ title }) => title === 'Uptake')
  expect(uptake({ how: 'to-series', factors: { bw: 0.00027633668 } })).toEqual({
    title: 'Uptake',
    value: 'SUVbw = value × 0.000276337',
    more: 'The dose decayed from its injection to the start of the series.',
  })
  expect(uptake({ how: 'weight', factors: {} })?.more).toBe('No standardised uptake: the weight is missing.')
  expect(uptake(null)).toBeUndefined()
})
