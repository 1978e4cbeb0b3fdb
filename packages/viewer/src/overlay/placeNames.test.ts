import { describe, expect, it } from 'vitest'
import type { ScreenRect } from '../stage/camera.ts'
import { arrowsOf, placeNames, placeSize } from './place.ts'

const pane = { width: 400, height: 300 }
const width = 90

const apart = (a: ScreenRect, b: ScreenRect): boolean =>
  a.x + a.width < b.x || b.x + b.width < a.x || a.y + a.height < b.y || b.y + b.height < a.y

const pairs = (rects: readonly ScreenRect[]) =>
  rects.flatMap((a, i) => rects.slice(i + 1).map((b) => [a, b] as const))

describe('names of cursors', () => {
  it('a name stands below its arrow at the right, and stops at the edge', () => {
    expect(placeNames([{ at: { x: 100, y: 100 }, width }], pane)).toEqual([
      { x: 112, y: 115, width, height: 18 },
    ])
    expect(placeNames([{ at: { x: 390, y: 100 }, width }], pane)).toEqual([
      { x: 308, y: 115, width, height: 18 },
    ])
  })

  it('of a hand out of sight it stays at the edge', () => {
    expect(placeNames([{ at: { x: 900, y: 100 }, width }], pane)).toEqual([
      { x: 308, y: 115, width, height: 18 },
    ])
    expect(placeNames([{ at: { x: -50, y: 900 }, width }], pane)[0]).toMatchObject({ x: 12, y: 280 })
  })

  it.each([
    ['at one place', [0, 0], [0, 0]],
    ['side by side', [0, 0], [30, 4]],
    ['one below the other', [0, 0], [3, 12]],
    ['in a corner', [195, 145], [190, 140]],
  ])('[V98] two %s can both be read, and neither hides an arrow', (_, ...offsets) => {
    const cursors = offsets.map(([x = 0, y = 0]) => ({ at: { x: 200 + x, y: 150 + y }, width }))
    const [first, second] = placeNames(cursors, pane) as [ScreenRect, ScreenRect]
    expect(apart(first, second)).toBe(true)
    for (const { at } of cursors)
      for (const name of [first, second]) expect(apart(name, { ...at, width: 14, height: 14 })).toBe(true)
  })

  it('[V98] so can those of a whole panel, at one place and at one place out of sight', () => {
    for (const at of [
      { x: 200, y: 150 },
      { x: 2, y: 2 },
      { x: 900, y: 900 },
    ]) {
      const names = placeNames(
        Array.from({ length: 9 }, () => ({ at, width })),
        pane,
      )
      expect(pairs(names).every(([a, b]) => apart(a, b))).toBe(true)
      for (const { x, y } of names) expect(x >= 2 && y >= 2 && x <= 308 && y <= 280).toBe(true)
    }
  })
})

it('[W146] the size of a brush stands at the right, or where somebody’s name is in the way on another side of it', () => {
  const ring = { at: { x: 200, y: 150 }, radius: 20 }
  const size = { width: 40, height: 18 }
  const name = { x: 220, y: 140, width: 90, height: 18 }
  expect(placeSize(ring, size, [], pane)).toBe('right')
  expect(placeSize(ring, size, [name], pane)).toBe('left')
  expect(placeSize(ring, size, [name, { ...name, x: 100 }], pane)).toBe('below')
  expect(placeSize({ ...ring, at: { x: 390, y: 150 } }, size, [], pane)).toBe('left')
  expect(placeSize(ring, size, arrowsOf([{ at: { x: 230, y: 148 }, width }], pane), pane)).toBe('left')
  // Everywhere somebody's: where one looks for it.
  expect(placeSize(ring, size, [{ x: 0, y: 0, ...pane }], pane)).toBe('right')
})
