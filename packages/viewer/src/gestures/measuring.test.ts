/** The gestures that make measurements: corners with Shift, ovals, two lines, and as many clicks as there may be points. */
import type { Vec3 } from '@consilium/geometry/vec3'
import { describe, expect, it } from 'vitest'
import { clicks } from './clicks.ts'
import { corners } from './corners.ts'
import { type Gesture, type Hand, IDLE, type Stroke } from './gesture.ts'
import { twoLines } from './lines.ts'
import { oval } from './oval.ts'

/** A picture that runs along y and down -z, like a sagittal one. */
const axes = { row: [0, 1, 0], column: [0, 0, -1] } as const
const at = (x: number, y: number): Vec3 => [7, x, -y]
const hand = (x: number, y: number, even = false): Hand => ({ at: at(x, y), reach: 2, even })
const dragged = (gesture: Gesture, from: Hand, to: Hand, stroke: Stroke = IDLE): Stroke =>
  gesture.release(gesture.move(gesture.press(stroke, from), to), to)
const clicked = (gesture: Gesture, stroke: Stroke, place: Hand): Stroke =>
  gesture.release(gesture.press(gesture.move(stroke, place), place), place)

describe('corners', () => {
  it('[K22] with Shift are as far apart across as down, towards the hand', () => {
    const gesture = corners(axes)
    expect(dragged(gesture, hand(10, 10), hand(30, 16, true)).points).toEqual([at(10, 10), at(30, 30)])
    expect(dragged(gesture, hand(10, 10), hand(4, -3, true)).points).toEqual([at(10, 10), at(-3, -3)])
    expect(dragged(gesture, hand(10, 10), hand(30, 16)).points).toEqual([at(10, 10), at(30, 16)])
  })
})

describe('an oval', () => {
  it('lies within the corners: the ends of the axis across, and the lower end of the other', () => {
    expect(dragged(oval(axes), hand(10, 10), hand(30, 20)).points).toEqual([
      at(10, 15),
      at(30, 15),
      at(20, 20),
    ])
  })
  it('[K22] with Shift is a circle', () => {
    expect(dragged(oval(axes), hand(0, 0), hand(8, 20, true)).points).toEqual([
      at(0, 10),
      at(20, 10),
      at(10, 20),
    ])
  })
  it('is seen as what it will be while the hand still moves, and by two clicks too', () => {
    const gesture = oval(axes)
    const begun = clicked(gesture, IDLE, hand(10, 10))
    expect(begun.status).toBe('drawing')
    expect(gesture.outline(gesture.move(begun, hand(30, 20)))).toEqual([at(10, 15), at(30, 15), at(20, 20)])
    expect(gesture.finish(gesture.move(begun, hand(30, 20))).points).toHaveLength(3)
    expect(clicked(gesture, begun, hand(30, 20)).status).toBe('done')
  })
})

describe('two lines', () => {
  const gesture = twoLines()
  const first = dragged(gesture, hand(0, 0), hand(20, 0))

  it('each dragged from end to end', () => {
    expect(first.status).toBe('drawing')
    const both = dragged(gesture, hand(0, 30), hand(20, 40), first)
    expect(both).toMatchObject({ status: 'done', points: [at(0, 0), at(20, 0), at(0, 30), at(20, 40)] })
  })
  it('[W25] by four clicks for hands that cannot drag', () => {
    const places = [hand(0, 0), hand(20, 0), hand(0, 30), hand(20, 40)]
    const stroke = places.reduce((known, place) => clicked(gesture, known, place), IDLE)
    expect(stroke).toMatchObject({ status: 'done', points: [at(0, 0), at(20, 0), at(0, 30), at(20, 40)] })
  })
  it('a finished first line stays as it is while the hand goes to the second', () => {
    expect(gesture.outline(gesture.move(first, hand(50, 50)))).toEqual([at(0, 0), at(20, 0)])
    expect(gesture.finish(gesture.move(first, hand(50, 50)))).toMatchObject({ status: 'drawing' })
  })
  it('backspace takes back point after point', () => {
    const begun = gesture.press(first, hand(0, 30))
    expect(gesture.back(begun).points).toHaveLength(2)
    expect(gesture.back(gesture.back(begun)).points).toHaveLength(1)
    expect(gesture.back(gesture.back(gesture.back(begun)))).toEqual(IDLE)
  })
  it('the second may be held to a rule, also while it is drawn', () => {
    const level = twoLines(([, , c, { 1: across }]) => [c[0], across, c[2]])
    const begun = level.move(level.press(dragged(level, hand(0, 0), hand(20, 0)), hand(5, 9)), hand(30, 70))
    expect(level.outline(begun)[3]).toEqual(at(30, 9))
    expect(level.release(begun, hand(30, 70)).points[3]).toEqual(at(30, 9))
  })
})

it('clicks that may be only so many are done with the last', () => {
  const gesture = clicks(3, 3)
  const two = clicked(gesture, clicked(gesture, IDLE, hand(0, 0)), hand(10, 0))
  expect(two.status).toBe('drawing')
  expect(clicked(gesture, two, hand(10, 10))).toMatchObject({
    status: 'done',
    points: [at(0, 0), at(10, 0), at(10, 10)],
  })
})
