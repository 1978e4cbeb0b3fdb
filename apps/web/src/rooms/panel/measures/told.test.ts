/** When the values of an annotation are told at all, by what the page shows. */
import type { Annotation } from '@consilium/crdt-schema/annotation'
import type { Plane } from '@consilium/geometry/plane'
import type { SeriesFrames } from '@consilium/viewer/series'
import { expect, it } from 'vitest'
import type { Desk } from '../state/desk.ts'
import { profileOf, roiOf } from './values.ts'

const meta = {
  id: 's1',
  rows: 4,
  columns: 4,
  slices: 1,
  frames: 1,
  moments: 1,
  samples: 'int16',
  spacing: { row: 1, column: 1 },
  direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  positions: [[0, 0, 0]],
  rescale: { slope: 1, intercept: -100, unit: 'HU' },
  rescales: null,
  padding: null,
}
const axial: Plane = { origin: [0, 0, 0], row: [1, 0, 0], column: [0, 1, 0], columnSpacing: 1, rowSpacing: 1 }
const coronal: Plane = { ...axial, column: [0, 0, -1] }
const frames = {
  meta,
  planes: [axial],
  onlyLower: false,
  stored: () => Int16Array.from({ length: 16 }, (_, pixel) => pixel),
} as unknown as SeriesFrames

/** As much of one as is asked. `slab`: shown in the pane in use. */
const desk = (own: { slab?: boolean; plane?: Plane; frames?: SeriesFrames | null } = {}): Desk =>
  ({
    series: {
      list: [meta],
      in: () => meta,
      of: () => ({ frames: () => (own.frames === undefined ? frames : own.frames), progress: () => null }),
    },
    panes: {
      active: () => 0,
      planes: () => [own.plane ?? axial],
      slicing: () => ({ kind: 'acquired', ...(own.slab ? { slab: { mode: 'max', mm: 10 } } : {}) }),
    },
  }) as unknown as Desk

const annotation = (kind: Annotation['kind']): Annotation => ({
  id: '1-aaaa',
  kind,
  label: '',
  certainty: null,
  confidence: null,
  reasoning: '',
  source: { series: 's1', frame: 0, normal: [0, 0, 1] },
  vertices: [
    { key: 'a0', at: [0.5, 0.5, 0] },
    { key: 'a1', at: [2.5, 2.5, 0] },
  ],
  retired: null,
})

it('[V42] a pane that shows a slab of its plane tells none; one across it does', () => {
  expect(roiOf(desk(), annotation('box'))).toMatchObject({ count: 4, mean: -100 + 7.5 })
  expect(roiOf(desk({ slab: true }), annotation('box'))).toMatch(/slab/)
  expect(profileOf(desk({ slab: true }), annotation('length'))).toMatch(/slab/)
  expect(roiOf(desk({ slab: true, plane: coronal }), annotation('box'))).toMatchObject({ count: 4 })
})

it('[V42] while its series is not in memory there are none', () => {
  expect(roiOf(desk({ frames: null }), annotation('box'))).toMatch(/not open/)
})

it('values inside are of areas, values along of lines', () => {
  expect(roiOf(desk(), annotation('length'))).toBeNull()
  expect(profileOf(desk(), annotation('box'))).toBeNull()
  expect(profileOf(desk(), annotation('length'))).toMatchObject({ values: { 0: -100 + 2.5, 3: -100 + 12.5 } })
})
