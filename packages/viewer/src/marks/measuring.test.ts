/** What is special to the marks that measure: what follows when one of their points is dragged, and how their figure is said. */
import type { Vertex } from '@consilium/crdt-schema/annotation'
import { type KindName, kindOf } from '@consilium/crdt-schema/kinds'
import type { Plane } from '@consilium/geometry/plane'
import type { Vec3 } from '@consilium/geometry/vec3'
import { describe, expect, it } from 'vitest'
import { markOf } from './all.ts'
import { pointsAfter } from './grips.ts'

const plane: Plane = { origin: [0, 0, 0], row: [1, 0, 0], column: [0, 1, 0], columnSpacing: 1, rowSpacing: 1 }
const shape = (points: readonly Vec3[]): Vertex[] => points.map((at, i) => ({ key: `a${i}`, at }))
const draggedTo = (kind: KindName, points: readonly Vec3[], handle: string, to: Vec3): readonly Vec3[] => {
  const vertices = shape(points)
  return pointsAfter(vertices, markOf(kind).drag(vertices, handle, to, plane))
}
const measured = (kind: KindName, points: readonly Vec3[]): readonly number[] =>
  kindOf(kind)
    .measures(points, plane)
    .map(({ value }) => Number(value.toFixed(6)))
const near = (points: readonly Vec3[]): unknown[] =>
  points.map((point) => point.map((n) => expect.closeTo(n, 9)))

describe('a pair of diameters', () => {
  const points: Vec3[] = [
    [0, 0, 0],
    [20, 0, 0],
    [5, 4, 0],
    [5, -6, 0],
  ]
  it('[K23] dragged by an end of the first, the second turns with it and stays as long', () => {
    const after = draggedTo('bidirectional', points, 'a1', [0, 40, 0])
    expect(after).toEqual(
      near([
        [0, 0, 0],
        [0, 40, 0],
        [-4, 10, 0],
        [6, 10, 0],
      ]),
    )
    expect(measured('bidirectional', after)).toEqual([40, 10])
  })
  it('[K23] dragged by an end of the second, it slides along the first', () => {
    const after = draggedTo('bidirectional', points, 'a3', [12, -9, 0])
    expect(after.slice(2)).toEqual(
      near([
        [12, 4, 0],
        [12, -9, 0],
      ]),
    )
    expect(measured('bidirectional', after)).toEqual([20, 13])
  })
  it('[K23] the longer of the two is the long axis, whichever was drawn first', () => {
    expect(measured('bidirectional', draggedTo('bidirectional', points, 'a2', [5, 30, 0]))).toEqual([36, 20])
  })
  it('[K23] a second line that was written slanting is measured straight across', () => {
    expect(measured('bidirectional', points.with(3, [17, -6, 0]))).toEqual([20, 10])
  })
})

describe('an ellipse', () => {
  const points: Vec3[] = [
    [0, 0, 0],
    [20, 0, 0],
    [10, 4, 0],
  ]
  it('[K24] dragged by an end of one axis turns about its middle; the other axis keeps its length', () => {
    const after = draggedTo('ellipse', points, 'a1', [10, 15, 0])
    expect(after).toEqual(
      near([
        [10, -15, 0],
        [10, 15, 0],
        [6, 0, 0],
      ]),
    )
    expect(measured('ellipse', after).slice(0, 2)).toEqual([30, 8])
  })
  it('[K24] is held at the end of its other axis that is not kept, too', () => {
    const after = draggedTo('ellipse', points, '|a2', [10, -7, 0])
    expect(measured('ellipse', after)).toEqual([20, 14, Number((Math.PI * 70).toFixed(6))])
  })
  it('dragged into its own middle stays as it was', () => {
    expect(draggedTo('ellipse', points, 'a0', [10, 0, 0])).toEqual(points)
  })
})

it('[K25] tags say both diameters in the unit of the picture, and angles in degrees', () => {
  const figure = (kind: KindName, points: readonly Vec3[], unit?: 'px') =>
    markOf(kind).figure(points, plane, unit)
  const cross: Vec3[] = [
    [0, 0, 0],
    [20, 0, 0],
    [5, 4, 0],
    [5, -6, 0],
  ]
  expect(figure('bidirectional', cross)).toBe('20.0 × 10.0 mm')
  expect(figure('bidirectional', cross.slice(0, 2), 'px')).toBe('20.0 px')
  expect(figure('ellipse', cross.slice(0, 3), 'px')).toBe('20.0 × 8.0 px')
  expect(figure('angle', [cross[1] as Vec3, cross[0] as Vec3, [9, 9, 0]])).toBe('45.0°')
  expect(figure('angle', cross.slice(0, 2))).toBeNull()
  expect(figure('cobb', [...cross.slice(0, 2), [30, 30, 0], [0, 0, 0]])).toBe('45.0°')
})
