import { describe, expect, test } from 'vitest'
import type { Stroke } from './draw.ts'
import type { Item } from './item.ts'
import { together } from './together.ts'

const stroke: Stroke = { colour: '#fff', width: 2, fill: 0.1 }
const at = (x: number, more: Partial<Item> = {}): Item => ({
  id: String(x),
  outlines: [{ points: [{ x, y: 0 }], closed: true }],
  handles: [],
  symbol: 'none',
  bounds: { x, y: 0, width: 20, height: 20 },
  figure: null,
  ...more,
})
const sizes = (...drawn: (Item | readonly [Item, Stroke])[]): readonly number[] =>
  together(drawn.map((one) => ('id' in one ? { item: one, stroke } : { item: one[0], stroke: one[1] }))).map(
    (group) => group.length,
  )

describe('[V128] shapes are drawn as one', () => {
  test('where they look the same and lie apart', () => {
    expect(sizes(at(0), at(40), at(80))).toEqual([3])
  })

  test('never where one lies over another, whose casing would be seen, nor past one that lies between', () => {
    expect(sizes(at(0), at(10), at(80))).toEqual([1, 2])
    expect(sizes(at(0), at(40), at(26))).toEqual([2, 1])
    expect(sizes(at(0), [at(5), { ...stroke, colour: '#f00' }], at(80))).toEqual([1, 1, 1])
  })

  test('never where they look different', () => {
    for (const other of [{ colour: '#f00' }, { width: 3 }, { fill: 0 }, { opacity: 0.5 }, { dash: [3, 4] }])
      expect(sizes(at(0), [at(40), { ...stroke, ...other }])).toEqual([1, 1])
    expect(sizes(at(0), at(40, { symbol: 'cross' }))).toEqual([1, 1])
    const [line] = at(40).outlines
    expect(sizes(at(0), at(40, { outlines: line ? [line, line] : [] }))).toEqual([1, 1])
    const helped = [{ points: [], closed: false, helping: true }]
    expect(sizes(at(0), at(40, { outlines: helped }))).toEqual([1, 1])
  })

  test('many at a time, so that holding each against all others costs little', () => {
    expect(sizes(...Array.from({ length: 600 }, (_, i) => at(40 * i)))).toEqual([256, 256, 88])
  })
})
