import type { Plane } from '@consilium/geometry/plane'
import { describe, expect, it } from 'vitest'
import { type Camera, pinched, toPatientOn, toScreen } from './camera.ts'
import { Fingers } from './fingers.ts'

const plane: Plane = { origin: [0, 0, 5], row: [1, 0, 0], column: [0, 1, 0], columnSpacing: 1, rowSpacing: 1 }

describe('[V139] several fingers', () => {
  it('two of them carry and magnify: what lies under each stays under it', () => {
    const fingers = new Fingers()
    const camera: Camera = {
      right: [1, 0, 0],
      down: [0, 1, 0],
      center: [3, 4, 5],
      mmPerPixel: 0.5,
      width: 200,
      height: 100,
    }
    const [one, other] = [
      { x: 60, y: 40 },
      { x: 100, y: 60 },
    ]
    expect([fingers.come(1, one), fingers.come(2, other)]).toEqual([false, true])
    const held = toPatientOn(camera, plane, one)
    const moved = { x: 20, y: 20 }
    const meant = fingers.move(1, moved)
    if (!meant || !('pinch' in meant)) throw new Error('two fingers pinch')
    expect(meant.pinch).toEqual({ from: { x: 80, y: 50 }, to: { x: 60, y: 40 }, factor: 2 })
    const after = pinched(camera, meant.pinch)
    const at = toScreen(after, held)
    expect([at.x, at.y]).toEqual([expect.closeTo(moved.x, 9), expect.closeTo(moved.y, 9)])
  })

  it('three go through the slices; until the last one is gone no finger draws', () => {
    const fingers = new Fingers()
    for (const id of [1, 2, 3]) fingers.come(id, { x: id * 50, y: 0 })
    expect(fingers.move(2, { x: 100, y: 60 })).toEqual({ scroll: { x: 100, y: 20 }, by: 20 })
    fingers.go(3)
    fingers.go(2)
    expect([fingers.areSeveral, fingers.move(1, { x: 0, y: 0 })]).toEqual([true, null])
    fingers.go(1)
    expect([fingers.areSeveral, fingers.come(4, { x: 0, y: 0 })]).toEqual([false, false])
  })

  it('two that lie upon each other magnify nothing, and one that came down elsewhere means nothing', () => {
    const fingers = new Fingers()
    fingers.come(1, { x: 0, y: 0 })
    fingers.come(2, { x: 1, y: 0 })
    expect(fingers.move(2, { x: 90, y: 0 })).toMatchObject({ pinch: { factor: 1 } })
    expect(fingers.move(9, { x: 90, y: 0 })).toBeNull()
  })
})
