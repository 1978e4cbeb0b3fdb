/** What may lie over what, and what is said of what lies there. */
import { Presence } from '@consilium/contract/live'
import type { Series } from '@consilium/contract/studies'
import type { Probe } from '@consilium/viewer/scene'
import { createRoot } from 'solid-js'
import { expect, it } from 'vitest'
import type { Look } from '../layout/look.ts'
import type { PeerView } from '../layout/viewOf.ts'
import type { Panes } from '../state/panes.ts'
import type { SeriesState } from '../state/series.ts'
import { createFusion, FIRST } from './fusion.ts'
import { overSaid, takeOver } from './overFollowed.ts'

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

it('[V33] whoever follows lays over what is laid over there, as it looks there, and takes it off again', () => {
  const looks = new Map<string, Look>()
  const panes = {
    look: (id: string) => looks.get(id) ?? null,
    setLook: (id: string, look: Look) => looks.set(id, look),
  } as unknown as Panes
  const page = () => {
    const series = { list, all: list, mates: () => list, hold: () => null } as unknown as SeriesState
    return createRoot(() => ({ series, panes, fusion: createFusion(series, panes) }))
  }
  const [leader, follower] = [page(), page()]
  const told = (): PeerView => ({
    series: 'ct',
    frame: 0,
    center: [0, 0, 0],
    mmPerPixel: 1,
    window: { center: 0, width: 1 },
    over: overSaid(leader, 'ct'),
  })
  leader.fusion.lay('ct', { series: 'pet', colours: 'rainbow', opacity: 0.35 })
  looks.set('pet', { window: { center: 3, width: 6 } })
  const said = Presence.parse({ view: told() }).view as PeerView
  looks.clear()
  takeOver(follower, said)
  expect(follower.fusion.laidOn('ct')).toEqual({ series: 'pet', colours: 'rainbow', opacity: 0.35 })
  expect(looks.get('pet')).toEqual({ window: { center: 3, width: 6 } })

  // What may not lie there, and what an older page does not say, changes nothing.
  const over = { series: 'elsewhere', colours: 'grey', opacity: 1 }
  for (const view of [
    { ...said, over },
    { ...said, over: undefined },
    { ...said, series: 'unknown' },
  ]) {
    takeOver(follower, view)
    expect(follower.fusion.laidOn('ct')?.series).toBe('pet')
  }
  leader.fusion.lay('ct', null)
  takeOver(follower, told())
  expect(follower.fusion.laidOn('ct')).toBeNull()
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
