import { annotate, OwnHistory, paint, segmentOf, setLabel, takeBack } from '@consilium/crdt-schema/acts'
import type { Grid } from '@consilium/geometry/raster/grid'
import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { ownActWords } from './ownActs.ts'

const grid: Grid = { size: [40, 30, 4], spacingUm: [1_000, 1_000, 2_000] }
const NOW = Date.UTC(2026, 4, 4, 12)

it('[M109] own painting is told with the figures of the history and its segment, all else by its title', () => {
  const doc = new Y.Doc()
  const history = new OwnHistory(doc)
  const source = { series: 's1', frame: 1, normal: [0, 0, 1] as [number, number, number] }
  const segment = annotate(doc, { kind: 'segment', label: '', source, points: [], name: 'Nodule 1' })
  const shape = {
    shape: 'stroke',
    axis: 2,
    slice: 1,
    square: true,
    radiusUm: 2_000,
    points: Int32Array.of(40, 40),
  } as const
  const told = (known: Grid | null): readonly string[] =>
    history.undoable.map((one) => {
      const lookups = {
        segmentOf: (act: Parameters<typeof segmentOf>[1]) => segmentOf(doc, act),
        nameOf: () => 'Nodule 1',
        gridOf: () => known,
      }
      const { title, detail } = ownActWords(one, lookups, NOW)
      return `${title} | ${detail.split(' · ').length === 2 ? detail.split(' · ')[0] : ''}`
    })
  const id = paint(doc, grid, [{ segment, value: 1, shape }], 'painting in Nodule 1, slice 2')
  expect(told(null)[0]).toBe('Painted, brush 4 mm | Nodule 1')
  expect(told(grid)[0]).toBe('Painted 25 voxels, brush 4 mm, slice 2 | Nodule 1')
  takeBack(doc, id, 'taking back what was painted in Nodule 1')
  setLabel(doc, segment, 'lesion')
  expect(told(grid).slice(0, 2)).toEqual(['Change of label | ', 'Took back an act of painting | Nodule 1'])
})
