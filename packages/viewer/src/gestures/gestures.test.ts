import { distance, type Vec3 } from '@consilium/geometry/vec3'
import { describe, expect, it } from 'vitest'
import { clicks } from './clicks.ts'
import { drag } from './drag.ts'
import { type Gesture, type Hand, IDLE, type Stroke } from './gesture.ts'
import { PATH_LIMITS, path } from './path.ts'
import { point } from './point.ts'
import { simplify } from './simplify.ts'

const hand = (x: number, y: number): Hand => ({ at: [x, y, 5], reach: 2 })
const click = (gesture: Gesture, stroke: Stroke, x: number, y: number): Stroke =>
  gesture.release(gesture.press(gesture.move(stroke, hand(x, y)), hand(x, y)), hand(x, y))
const places = (points: readonly Vec3[]): number[][] => points.map(([x, y]) => [x, y])

describe('drag', () => {
  it('press, drag, release: two points', () => {
    let stroke = drag.press(IDLE, hand(0, 0))
    stroke = drag.move(stroke, hand(5, 6))
    expect(places(drag.outline(stroke))).toEqual([
      [0, 0],
      [5, 6],
    ])
    stroke = drag.release(stroke, hand(10, 12))
    expect(stroke.status).toBe('done')
    expect(places(stroke.points)).toEqual([
      [0, 0],
      [10, 12],
    ])
  })
  it('[W25] click, move, click does the same for hands that cannot drag', () => {
    let stroke = click(drag, IDLE, 0, 0)
    expect(stroke.status).toBe('drawing')
    stroke = drag.move(stroke, hand(8, 3))
    expect(places(drag.outline(stroke))[1]).toEqual([8, 3])
    stroke = click(drag, stroke, 20, 9)
    expect(places(stroke.points)).toEqual([
      [0, 0],
      [20, 9],
    ])
  })
  it('a double click on one place makes nothing', () => {
    const stroke = click(drag, click(drag, IDLE, 0, 0), 0.2, 0.1)
    expect(stroke.status).toBe('drawing')
    expect(drag.back(stroke)).toEqual(IDLE)
  })
})

describe('clicks', () => {
  const polygon = clicks(3)
  const corners = (): Stroke =>
    [
      [0, 0],
      [10, 0],
      [10, 10],
    ].reduce((stroke, [x, y]) => click(polygon, stroke, x ?? 0, y ?? 0), IDLE)

  it('one point per click, closed by a click on the first', () => {
    const stroke = click(polygon, corners(), 0.5, 0.5)
    expect(stroke.status).toBe('done')
    expect(stroke.points).toHaveLength(3)
  })
  it('closed by Enter or a double click, which adds no point of its own', () => {
    const twice = click(polygon, click(polygon, corners(), 0, 12), 0, 12)
    const stroke = polygon.finish(twice)
    expect(stroke.status).toBe('done')
    expect(places(stroke.points)).toEqual([
      [0, 0],
      [10, 0],
      [10, 10],
      [0, 12],
    ])
  })
  it('cannot be finished with too few points', () => {
    const two = click(polygon, click(polygon, IDLE, 0, 0), 10, 0)
    expect(polygon.finish(two)).toEqual(two)
    expect(click(polygon, two, 0, 0).status).toBe('drawing')
  })
  it('Backspace takes back the newest point, and with the last one the shape', () => {
    const two = polygon.back(corners())
    expect(places(two.points)).toEqual([
      [0, 0],
      [10, 0],
    ])
    expect(polygon.back(polygon.back(two))).toEqual(IDLE)
  })
  it('a held button still moves the newest point', () => {
    let stroke = polygon.press(click(polygon, IDLE, 0, 0), hand(10, 0))
    stroke = polygon.move(stroke, hand(11, 1))
    stroke = polygon.release(stroke, hand(11, 1))
    expect(places(stroke.points)[1]).toEqual([11, 1])
    expect(places(polygon.outline(polygon.move(stroke, hand(4, 9))))[2]).toEqual([4, 9])
  })
})

describe('path', () => {
  const circle = (steps: number, radius = 20): Stroke => {
    let stroke = path.press(IDLE, hand(radius, 0))
    for (let i = 1; i < steps; i++) {
      const angle = (2 * Math.PI * i) / steps
      stroke = path.move(stroke, hand(radius * Math.cos(angle), radius * Math.sin(angle)))
    }
    return path.release(stroke, hand(radius, -0.1))
  }
  it('keeps the line with far fewer points', () => {
    const stroke = circle(400)
    expect(stroke.status).toBe('done')
    expect(stroke.points.length).toBeLessThan(120)
    for (const p of stroke.points) expect(distance(p, [0, 0, 5])).toBeCloseTo(20, 3)
  })
  it('a click is no contour', () => {
    expect(path.release(path.press(IDLE, hand(0, 0)), hand(0, 0))).toEqual(IDLE)
  })
  it('the longest stroke stays within its limit and keeps its ends', () => {
    let stroke = path.press(IDLE, hand(0, 0))
    for (let i = 1; i < 3_000; i++) stroke = path.move(stroke, hand(i, 40 * Math.sin(i)))
    stroke = path.release(stroke, hand(3_000, 0))
    expect(stroke.points.length).toBeLessThanOrEqual(PATH_LIMITS.most)
    expect(places(stroke.points)[0]).toEqual([0, 0])
    expect(places(stroke.points).at(-1)).toEqual([3_000, 0])
  })
})

describe('point', () => {
  it('is placed by a press and moved until it is let go', () => {
    const stroke = point.release(point.move(point.press(IDLE, hand(1, 1)), hand(2, 2)), hand(3, 3))
    expect(stroke.status).toBe('done')
    expect(places(stroke.points)).toEqual([[3, 3]])
  })
})

describe('simplify', () => {
  it('leaves no point farther than the tolerance, and takes out what lies on the line', () => {
    const straight: Vec3[] = [
      [0, 0, 0],
      [1, 0.01, 0],
      [2, 0, 0],
      [3, 5, 0],
    ]
    expect(simplify(straight, 0.1)).toEqual([straight[0], straight[2], straight[3]])
    expect(simplify(straight, 0)).toEqual(straight)
  })
})
