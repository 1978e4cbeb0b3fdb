import { TIMELINE_ROWS } from '@consilium/contract/rows'
import { expect, it } from 'vitest'
import { timelineOf, writer } from '../testing/story.ts'
import { Chronicle } from './chronicle.ts'

const a = writer('okafor')
const b = writer('vasquez', 'adjudicator')
const NODULE = { root: 'annotations', entry: '1-aaaa' } as const

const many = (from: number, count: number, head: number) =>
  timelineOf(
    from,
    head,
    Array.from({ length: count }, (_, n) => ({
      at: (from + n + 1) * 10,
      by: n % 2 ? a : b,
      touched: [NODULE],
    })),
  )

it('rows are told with time, writer and what they touched', () => {
  const chronicle = new Chronicle()
  chronicle.add(
    timelineOf(0, 3, [
      { at: 1_000, by: a, act: 2 },
      { at: 1_500, by: b, touched: [NODULE] },
      { at: 1_500, by: a, touched: [NODULE] },
    ]),
  )
  expect([...chronicle.rows()]).toEqual([
    { seq: 1, at: 1_000, writer: a, act: 2, touched: [] },
    { seq: 2, at: 1_500, writer: b, act: 1, touched: [NODULE] },
    { seq: 3, at: 1_500, writer: a, act: 1, touched: [NODULE] },
  ])
  expect(chronicle.isWhole).toBe(true)
})

it('pages come in any order, the one that is looked at first, then outwards', () => {
  const head = TIMELINE_ROWS * 3 + 10
  const chronicle = new Chronicle()
  chronicle.add(timelineOf(0, head, []))
  const asked: number[] = []
  for (
    let from = chronicle.missing(TIMELINE_ROWS + 5);
    from !== null;
    from = chronicle.missing(TIMELINE_ROWS + 5)
  ) {
    asked.push(from)
    chronicle.add(many(from, Math.min(TIMELINE_ROWS, head - from), head))
  }
  expect(asked).toEqual([TIMELINE_ROWS, TIMELINE_ROWS * 2, 0, TIMELINE_ROWS * 3])
  expect(chronicle.here).toBe(head)
  expect(chronicle.isWhole).toBe(true)
})

it('rows that came since are asked for from where the last page ended', () => {
  const chronicle = new Chronicle()
  chronicle.add(many(0, 7, 7))
  expect(chronicle.missing(7)).toBeNull()
  chronicle.head = 9
  expect(chronicle.missing(9)).toBe(7)
})

it('a time leads to the last row at or before it', () => {
  const chronicle = new Chronicle()
  chronicle.add(many(0, 100, 100))
  expect([5, 10, 19, 20, 1_000, 5_000].map((at) => chronicle.seqAt(at))).toEqual([0, 1, 1, 2, 100, 100])
})
