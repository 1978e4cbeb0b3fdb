import { annotate, paint } from '@consilium/crdt-schema/acts'
import { recordOf } from '@consilium/crdt-schema/painting/record'
import type { Grid } from '@consilium/geometry/raster/grid'
import { createRoot } from 'solid-js'
import { expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { Written } from '../../../../session/masks/written.ts'
import { createStrokes } from './strokes.ts'

// In Node it would be the one for servers, in which nothing is told.
vi.mock('solid-js', () => vi.importActual('solid-js/dist/solid.js'))

const grid: Grid = { size: [40, 30, 4], spacingUm: [1_000, 1_000, 2_000] }

it('[W141] the history says of painting how much, with what and where, as soon as it is known in which revision it came', () => {
  const doc = new Y.Doc()
  const source = { series: 's1', frame: 1, normal: [0, 0, 1] } as const
  const segment = annotate(doc, { kind: 'segment', label: '', source, points: [] })
  const written = new Written()
  let known = 0
  const want = vi.fn()
  const strokes = createRoot(() =>
    createStrokes(() => doc, {
      want,
      known: () => known,
      seqOf: (client, clock) => written.seqOf(client, clock),
    }),
  )
  const draw = (slice: number): void =>
    void paint(doc, grid, [
      { segment, value: 1, shape: { shape: 'runs', rows: Int32Array.of(slice, 5, 10, 13) } },
    ])
  const save = (seq: number): void => {
    const last = recordOf(doc).acts.at(-1)
    written.note({ client: doc.clientID, clock: last?.clock ?? 0, len: 1, seq })
    known += 1
  }
  draw(1)
  expect(want).not.toHaveBeenCalled()
  expect(strokes.words([7], grid)).toBeNull()
  expect(want).toHaveBeenCalled()
  save(7)
  expect(strokes.words([7], grid)).toBe('Filled 3 voxels, slice 2')
  draw(2)
  save(8)
  expect(strokes.words([8], grid)).toBe('Filled 3 voxels, slice 3')
  expect(strokes.words([7, 8], grid)).toBe('Filled 6 voxels, slices 2–3')
  expect(strokes.words([7], null)).toBe('Filled')
  expect(strokes.words([6], grid)).toBeNull()
})
