/** What may lie over what, and what is said of what lies there. */
import type { Series } from '@consilium/contract/studies'
import type { Probe } from '@consilium/viewer/scene'
import { createRoot } from 'solid-js'
import { expect, it } from 'vitest'
import type { Panes } from '../state/panes.ts'
import type { SeriesState } from '../state/series.ts'
import { createFusion, FIRST } from './fusion.ts'

const made = (id: string, frameOfReference: string | null, more: Partial<Series> = {}): Series =>
  ({
    id,
    modality: 'PT',
    frameOfReference,
    samples: 'int16',
    slices: 2,
    moments: 1,
    rows: 4,
    columns: 4,
    spacing: { row: 2, column: 2, slice: 3 },
    spacingAt: 'patient',
    direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
    positions: [
      [5, 5, 0],
      [5, 5, 3],
    ],
    rescale: { slope: 1, intercept: 0, unit: 'CNTS' },
    rescales: null,
    rescaled: { min: 0, max: 100 },
    windows: [{ center: 4, width: 8, name: '' }],
    ...more,
  }) as unknown as Series

const ct = made('ct', 'one', { modality: 'CT' })
const list = [
  ct,
  made('pet', 'one'),
  made('elsewhere', 'two'),
  made('nowhere', null),
  made('single', 'one', { slices: 1, positions: [[5, 5, 0]] }),
]

const state = createRoot(() =>
  createFusion(
    { list, all: list, mates: () => list, hold: () => null } as unknown as SeriesState,
    { look: () => null } as unknown as Panes,
  ),
)

it('[V73] only a volume of the same frame of reference may lie over another series; of the others the reason is told', () => {
  expect(state.offered(ct).map(({ series, refused }) => [series.id, refused])).toEqual([
    ['pet', null],
    ['elsewhere', 'It lies in a space of its own: another frame of reference.'],
    ['nowhere', 'Its files do not say which space they lie in.'],
    ['single', 'A single picture has no other planes.'],
  ])
})

it('its value is told with its modality and unit, where there is one', () => {
  state.lay('ct', { ...FIRST, series: 'pet' })
  const probe = (over?: number): Probe => ({
    at: [0, 0, 0],
    frame: 0,
    pixel: [1, 1],
    value: 3,
    ...(over === undefined ? {} : { over }),
  })
  expect([state.valueText('ct', probe(12)), state.valueText('ct', probe())]).toEqual([
    'PT 12\u00a0counts',
    '',
  ])
})
