import { describe, expect, it } from 'vitest'
import type { ScreenRect } from '../stage/camera.ts'
import { type Hit, hitTest, type Targets } from './hit.ts'
import { boundsOf, type Item } from './item.ts'
import { placePin, placeTags } from './place.ts'

const square = (id: string, x: number, y: number, size: number): Item => {
  const points = [
    { x, y },
    { x: x + size, y },
    { x: x + size, y: y + size },
    { x, y: y + size },
  ]
  const outlines = [{ points, closed: true }]
  return {
    id,
    outlines,
    handles: points.map((p, i) => ({ id: `v${i}`, ...p })),
    symbol: 'none',
    bounds: boundsOf(outlines, 0),
    figure: null,
  }
}
const cross: Item = {
  id: 'cross',
  outlines: [{ points: [{ x: 300, y: 300 }], closed: false }],
  handles: [],
  symbol: 'cross',
  bounds: { x: 291, y: 291, width: 18, height: 18 },
  figure: null,
}
const at = (x: number, y: number, over: Partial<Targets> = {}): Hit | null =>
  hitTest(
    { x, y },
    {
      items: [square('large', 0, 0, 200), square('small', 50, 50, 40), cross],
      selected: null,
      pins: [],
      tags: new Map(),
      ...over,
    },
  )

describe('what lies under the hand', () => {
  it('a line within six pixels, on either side', () => {
    expect(at(100, 4)).toEqual({ what: 'line', id: 'large' })
    expect(at(100, -5)).toEqual({ what: 'line', id: 'large' })
    expect(at(300, 310)).toEqual({ what: 'line', id: 'cross' })
  })
  it('of two areas the smaller one', () => {
    expect(at(70, 70)).toEqual({ what: 'inside', id: 'small' })
    expect(at(150, 150)).toEqual({ what: 'inside', id: 'large' })
    expect(at(250, 250)).toBeNull()
  })
  it('handles only of the selected one', () => {
    expect(at(1, 1)?.what).toBe('line')
    expect(at(1, 1, { selected: 'large' })).toEqual({ what: 'handle', id: 'large', handle: 'v0' })
    expect(at(51, 88, { selected: 'small' })).toEqual({ what: 'handle', id: 'small', handle: 'v3' })
  })
  it('pins above all, tags like their line', () => {
    const rect: ScreenRect = { x: 60, y: 60, width: 20, height: 20 }
    expect(at(70, 70, { pins: [{ id: 'p', rect }] })).toEqual({ what: 'pin', id: 'p' })
    expect(at(70, 70, { tags: new Map([['cross', rect]]) })).toEqual({ what: 'line', id: 'cross' })
  })
})

describe('[W29] tags do not overlap', () => {
  const pane = { width: 800, height: 600 }
  const overlap = (a: ScreenRect, b: ScreenRect): boolean =>
    a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
  const tag = (id: string, x: number, y: number) => ({
    id,
    beside: { x, y, width: 20, height: 20 },
    width: 120,
    height: 22,
  })

  it('beside shapes that lie close together', () => {
    const placed = [...placeTags([tag('a', 300, 300), tag('b', 310, 305), tag('c', 290, 315)], pane).values()]
    expect(placed).toHaveLength(3)
    placed.forEach((a, i) => {
      for (const b of placed.slice(i + 1)) expect(overlap(a, b)).toBe(false)
    })
  })
  it('a crowd wears as many as can be read, and the one that is chosen always', () => {
    const crowd = Array.from({ length: 40 }, (_, n) =>
      tag(`${n}`, 300 + (n % 8) * 12, 300 + Math.floor(n / 8) * 12),
    )
    const placed = [...placeTags(crowd, pane).values()]
    expect(placed.length).toBeGreaterThan(4)
    expect(placed.length).toBeLessThan(40)
    placed.forEach((a, i) => {
      for (const b of placed.slice(i + 1)) expect(overlap(a, b)).toBe(false)
    })
    const last = { ...tag('chosen', 330, 330), must: true }
    expect(placeTags([...crowd, last], pane).has('chosen')).toBe(true)
  })
  it('nor lie below read-outs, nor leave the pane', () => {
    const readout = { x: 640, y: 0, width: 160, height: 60 }
    const corner = placeTags([tag('a', 620, 20)], pane, [readout]).get('a')
    expect(corner && overlap(corner, readout)).toBe(false)
    const edge = placeTags([tag('a', 775, 300)], pane).get('a')
    expect(edge && edge.x + edge.width).toBeLessThanOrEqual(800)
  })
  it('nor does a pin lie on a letter at the edge: it stands on its place with another corner', () => {
    const size = { width: 42, height: 24 }
    const letter = { x: 757, y: 291, width: 17, height: 17 }
    const plain = placePin({ x: 300, y: 300 }, size, pane, [letter])
    expect(plain).toEqual({ foot: 'bottom-left', rect: { x: 300, y: 276, ...size } })
    for (const at of [
      { x: 740, y: 310 },
      { x: 750, y: 302 },
      { x: 790, y: 20 },
      { x: 2, y: 2 },
    ]) {
      const { rect, foot } = placePin(at, size, pane, [letter])
      expect(overlap(rect, letter), foot).toBe(false)
      expect([rect.x, rect.x + size.width]).toContain(at.x)
      expect([rect.y, rect.y + size.height]).toContain(at.y)
      expect(rect.x >= 0 && rect.y >= 0 && rect.x + rect.width <= 800).toBe(true)
    }
  })
  it('a shape out of sight has none', () => {
    expect(placeTags([tag('a', 900, 300)], pane).size).toBe(0)
  })
})
