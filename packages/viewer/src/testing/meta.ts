/** For tests: a small CT-like series, of which each test changes what it is about. */
import type { SeriesMeta } from '../panes/series.ts'

export const madeMeta = (own: Partial<SeriesMeta> = {}): SeriesMeta => {
  const slices = own.slices ?? 1
  const moments = own.moments ?? 1
  return {
    id: 's',
    modality: 'CT',
    rows: 2,
    columns: 2,
    slices,
    moments,
    frames: slices * moments,
    times: null,
    spacing: { row: 1, column: 1 },
    spacingAt: 'patient',
    direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
    patientOrientation: null,
    positions: Array.from({ length: slices }, (_, place) => [-50, -50, place * 3]),
    photometric: 'MONOCHROME2',
    samples: 'int16',
    rescale: { slope: 1, intercept: -1024, unit: 'HU' },
    rescales: null,
    rescaled: { min: -1000, max: 3000 },
    padding: null,
    windows: [],
    voiFunction: 'LINEAR',
    voiLuts: [],
    lower: null,
    packs: [{ first: 0, count: slices * moments }],
    ...own,
  }
}

/** 16-bit values as a series carries them. */
export const base64Of = (values: readonly number[]): string =>
  btoa(String.fromCharCode(...new Uint8Array(Uint16Array.from(values).buffer)))
