/** Measurements of several lines, on the plane they were drawn in and on one that cuts them. */
import type { Annotation } from '@consilium/crdt-schema/annotation'
import type { Plane } from '@consilium/geometry/plane'
import type { Vec3 } from '@consilium/geometry/vec3'
import { expect, it } from 'vitest'
import { fit } from '../stage/camera.ts'
import { acrossItem, draftItem, itemOf } from './item.ts'

const axial: Plane = { origin: [0, 0, 0], row: [1, 0, 0], column: [0, 1, 0], columnSpacing: 1, rowSpacing: 1 }
const sagittal: Plane = { ...axial, origin: [10, 0, 0], row: [0, 1, 0], column: [0, 0, -1] }
const mm = { spacingAt: 'patient' } as const
const camera = (plane: Plane) => fit(plane, { columns: 64, rows: 64 }, 640, 640)

const drawn = (kind: Annotation['kind'], points: readonly Vec3[]): Annotation => ({
  id: '1-aaaa',
  kind,
  label: '',
  certainty: null,
  confidence: null,
  reasoning: '',
  source: { series: 's', frame: 0, normal: [0, 0, 1] },
  vertices: points.map((at, i) => ({ key: `a${i}`, at })),
  retired: null,
})
/** Two lines that both cross x = 10, joined from middle to middle, which does so too. */
const cobb: readonly Vec3[] = [
  [0, 10, 0],
  [30, 14, 0],
  [4, 50, 0],
  [12, 48, 0],
]

it('[K27] the line that joins those of a Cobb angle is no part of it: a plane across cuts two lines', () => {
  const on = itemOf(drawn('cobb', cobb), axial, camera(axial), mm)
  expect(on.outlines.map(({ helping }) => helping ?? false)).toEqual([false, false, true])
  expect(on.handles).toHaveLength(4)
  const across = acrossItem(drawn('cobb', cobb), axial, { plane: sagittal, level: 0 }, camera(sagittal), mm)
  expect(across).toMatchObject({ symbol: 'dot', across: true, handles: [], figure: on.figure })
  expect(across.outlines.map(({ points }) => points.length)).toEqual([1, 1])
})

it('[K27] an ellipse is cut from side to side, and both diameters where they are', () => {
  const oval = drawn('ellipse', [
    [0, 30, 0],
    [20, 30, 0],
    [10, 36, 0],
  ])
  const [cut] = acrossItem(oval, axial, { plane: sagittal, level: 0 }, camera(sagittal), mm).outlines
  const [upper, lower] = cut?.points ?? []
  const mmPerPixel = camera(sagittal).mmPerPixel
  expect(Math.abs((upper?.x ?? 0) - (lower?.x ?? 0)) * mmPerPixel).toBeCloseTo(12, 2)
  const cross = drawn('bidirectional', [
    [0, 30, 0],
    [20, 30, 0],
    [4, 20, 0],
    [4, 40, 0],
  ])
  const met = acrossItem(cross, axial, { plane: sagittal, level: 0 }, camera(sagittal), mm)
  expect(met.outlines).toHaveLength(1)
})

it('[K25] the figure is there while it is drawn, as soon as there is one', () => {
  const figure = (points: readonly Vec3[]) =>
    draftItem({ id: 'own', kind: 'cobb', points }, axial, camera(axial), mm, true).figure
  expect([1, 2, 3].map((count) => figure(cobb.slice(0, count)))).toEqual([null, null, null])
  expect(figure(cobb)).toMatch(/^\d+\.\d°$/)
})
