import type { Vertex } from '@consilium/crdt-schema/annotation'
import { KIND_NAMES, kindOf } from '@consilium/crdt-schema/kinds'
import { normalOf, type Plane } from '@consilium/geometry/plane'
import { add, distance, scale, type Vec3 } from '@consilium/geometry/vec3'
import { describe, expect, it } from 'vitest'
import { type Hand, IDLE, type Stroke } from '../gestures/gesture.ts'
import { MARKS, markOf } from './all.ts'
import { pointsAfter, wholeBy } from './grips.ts'

/** Tilted by 30 degrees about x, with oblong pixels. */
const plane: Plane = {
  origin: [-100, -80, 20],
  row: [1, 0, 0],
  column: [0, Math.cos(Math.PI / 6), Math.sin(Math.PI / 6)],
  columnSpacing: 0.5,
  rowSpacing: 0.8,
}
const at = (across: number, down: number): Vec3 =>
  add(plane.origin, add(scale(plane.row, across), scale(plane.column, down)))
const hand = (across: number, down: number): Hand => ({ at: at(across, down), reach: 2 })

/** A hand that works like a person's: presses, wanders along a triangle, lets go, and says it is finished. */
function drawn(kind: (typeof KIND_NAMES)[number]): Stroke {
  const gesture = markOf(kind).gesture(plane)
  let stroke = gesture.press(IDLE, hand(10, 10))
  for (let step = 0; step <= 20; step++) stroke = gesture.move(stroke, hand(10 + step, 10 + step / 2))
  for (let step = 0; step <= 20; step++) stroke = gesture.move(stroke, hand(30 - step / 2, 20 + step))
  stroke = gesture.release(stroke, hand(20, 40))
  for (const place of [hand(60, 10), hand(40, 50)]) {
    if (stroke.status === 'done') break
    stroke = gesture.release(gesture.press(gesture.move(stroke, place), place), place)
  }
  return stroke.status === 'done' ? stroke : gesture.finish(stroke)
}
const vertices = (points: readonly Vec3[]): Vertex[] =>
  points.map((p, i) => ({ key: `a${String(i).padStart(4, '0')}`, at: p }))

/** What a segment holds is painted, not drawn by one stroke of the hand. */
const DRAWN = KIND_NAMES.filter((name) => kindOf(name).vertices.max > 0)

describe('marks', () => {
  it('[K20] every kind has its mark, each with its own key and icon', () => {
    expect(MARKS.map((mark) => mark.kind)).toEqual(KIND_NAMES)
    expect(new Set(MARKS.map((mark) => mark.key)).size).toBe(MARKS.length)
    expect(new Set(MARKS.map((mark) => mark.icon)).size).toBe(MARKS.length)
    for (const mark of MARKS) {
      expect(mark.title).toBe(kindOf(mark.kind).title)
      expect(mark.key).toMatch(/^(Shift\+)?[a-z]$/)
    }
  })

  describe.each(DRAWN)('%s', (kind) => {
    const mark = markOf(kind)
    const stroke = drawn(kind)

    it('its gesture makes a valid one', () => {
      expect(stroke.status).toBe('done')
      expect(kindOf(kind).fault(stroke.points, normalOf(plane))).toBeNull()
    })

    it('each handle lies on its outline and follows the hand', () => {
      const shape = vertices(stroke.points)
      const handles = mark.handles(shape, plane)
      expect(handles.length).toBeGreaterThan(0)
      expect(new Set(handles.map((handle) => handle.id)).size).toBe(handles.length)
      const outline = kindOf(kind)
        .contours(stroke.points, plane)
        .flatMap((contour) => contour.points)
      for (const handle of handles) {
        expect(Math.min(...outline.map((p) => distance(p, handle.at)))).toBeLessThan(1e-6)
        const to = add(handle.at, add(scale(plane.row, 3), scale(plane.column, -2)))
        const moves = mark.drag(shape, handle.id, to, plane)
        const after = vertices(pointsAfter(shape, moves))
        const moved = mark.handles(after, plane).find((one) => one.id === handle.id)
        expect(moved && distance(moved.at, to)).toBeLessThan(1e-6)
        expect(
          kindOf(kind).fault(
            after.map((vertex) => vertex.at),
            normalOf(plane),
          ),
        ).toBeNull()
      }
    })

    it('a handle nobody knows any more moves nothing', () => {
      expect(mark.drag(vertices(stroke.points), 'gone', at(0, 0), plane)).toEqual([])
    })

    it('moved whole, it keeps its figure', () => {
      const shape = vertices(stroke.points)
      const after = pointsAfter(shape, wholeBy(shape, [5, -3, 2]))
      expect(mark.figure(after, plane)).toBe(mark.figure(stroke.points, plane))
    })
  })

  it('what has no vertices cannot be drawn by a gesture, nor taken hold of', () => {
    for (const kind of KIND_NAMES.filter((name) => !DRAWN.includes(name))) {
      expect(drawn(kind)).toEqual(IDLE)
      expect(markOf(kind).handles([], plane)).toEqual([])
    }
  })

  it('a box dragged by a corner it does not keep leaves the opposite corner in place', () => {
    const mark = markOf('box')
    const shape = vertices([at(10, 10), at(30, 25)])
    const [, second] = mark.handles(shape, plane)
    const moved = vertices(pointsAfter(shape, mark.drag(shape, second?.id ?? '', at(50, 5), plane)))
    const corners = mark.handles(moved, plane).map((handle) => handle.at)
    for (const [i, place] of [at(10, 5), at(50, 5), at(50, 25), at(10, 25)].entries()) {
      expect(distance(corners[i] ?? [0, 0, 0], place)).toBeLessThan(1e-9)
    }
  })

  it('tags say lengths in mm', () => {
    expect(markOf('length').figure([at(0, 0), at(3, 4)], plane)).toBe('5.0 mm')
    expect(markOf('box').figure([at(0, 0), at(31.24, 22)], plane)).toBe('31.2 × 22.0 mm')
    expect(markOf('polygon').figure([at(0, 0), at(6, 0), at(6, 8)], plane)).toBe('10.0 mm')
  })
})
