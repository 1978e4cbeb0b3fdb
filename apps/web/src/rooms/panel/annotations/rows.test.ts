import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { heightOf, type List, rowsOf } from './rows.ts'

const LONG: List = { count: 10_000, row: 48, open: null }
const indices = (list: List, from: number, to: number, kept: number[] = []): number[] =>
  rowsOf(list, from, to, kept).rows.map(({ index }) => index)

describe('[W105] of a long list the rows in view are on the page', () => {
  it('with some around them, wherever one looks', () => {
    expect(indices(LONG, 0, 600)).toEqual(Array.from({ length: 19 }, (_, n) => n))
    expect(indices(LONG, 48 * 5_000, 48 * 5_000 + 600)).toEqual(
      Array.from({ length: 25 }, (_, n) => 4_994 + n),
    )
    expect(indices(LONG, 48 * 9_990, 48 * 10_000).at(-1)).toBe(9_999)
  })
  it('of one that is out of view none but those somebody is at', () => {
    expect(indices(LONG, -900, -300)).toEqual([])
    expect(indices(LONG, -900, -300, [7_000])).toEqual([7_000])
    expect(indices(LONG, 0, 48, [7_000]).at(-1)).toBe(7_000)
  })
  it('a short one is there as a whole', () => {
    expect(indices({ ...LONG, count: 60 }, -900, -300)).toHaveLength(60)
  })
  it('every row in view is there, in its place, whichever is open', () => {
    const place = fc.integer({ min: -2_000, max: 520_000 })
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000 }),
        fc.nat(9_999),
        fc.nat(600),
        place,
        (count, at, extra, from) => {
          const list = { count, row: 48, open: at < count ? { index: at, extra } : null }
          const to = from + 700
          const { rows, after } = rowsOf(list, from, to, [at])
          const tall = (index: number): number => 48 + (list.open?.index === index ? extra : 0)
          let bottom = 0
          const there = new Set<number>()
          for (const { index, before } of rows) {
            // The free room is what the rows between would take.
            const above = index * 48 + (list.open && list.open.index < index ? extra : 0)
            expect(bottom + before).toBe(above)
            bottom = above + tall(index)
            there.add(index)
          }
          expect(bottom + after).toBe(heightOf(list))
          let top = 0
          for (let index = 0; index < count; top += tall(index), index++)
            if (top < to && top + tall(index) > from) expect(there.has(index)).toBe(true)
        },
      ),
      { numRuns: 60 },
    )
  })
})
