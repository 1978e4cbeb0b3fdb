import type { Vec3 } from '@consilium/geometry/vec3'
import { describe, expect, it } from 'vitest'
import { type Hand, IDLE, type Stroke } from '../gesture.ts'
import { lasso } from './lasso.ts'

const hand = (x: number, y: number): Hand => ({ at: [x, y, 0], reach: 4 })
const click = (stroke: Stroke, x: number, y: number): Stroke =>
  lasso.release(lasso.press(lasso.move(stroke, hand(x, y)), hand(x, y)), hand(x, y))

describe('[M94] a lasso', () => {
  it('is drawn in one go', () => {
    let stroke = lasso.press(IDLE, hand(0, 0))
    const way: Vec3[] = [
      [20, 0, 0],
      [20, 20, 0],
      [0, 20, 0],
    ]
    for (const [x, y] of way) stroke = lasso.move(stroke, hand(x, y))
    const done = lasso.release(stroke, hand(0, 20))
    expect(done).toMatchObject({ status: 'done', points: [[0, 0, 0], ...way] })
  })
  it('is set corner by corner where the press does not move, and closed on the first, by Enter or a double click', () => {
    let stroke = click(IDLE, 0, 0)
    expect(stroke.status).toBe('drawing')
    stroke = click(stroke, 30, 0)
    expect(lasso.outline(lasso.move(stroke, hand(30, 30)))).toEqual([
      [0, 0, 0],
      [30, 0, 0],
      [30, 30, 0],
    ])
    stroke = click(stroke, 30, 30)
    expect(lasso.finish(stroke).status).toBe('done')
    expect(lasso.press(stroke, hand(1, 1)).status).toBe('done')
    expect(lasso.back(stroke).points).toEqual([
      [0, 0, 0],
      [30, 0, 0],
    ])
  })
  it('needs three corners', () => {
    const stroke = click(click(IDLE, 0, 0), 30, 0)
    expect(lasso.finish(stroke)).toBe(stroke)
  })
})
