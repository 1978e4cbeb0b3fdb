import { ACTS } from '@consilium/contract/revisions'
import { expect, it } from 'vitest'
import { Chronicle } from '../../../session/film/chronicle.ts'
import { timelineOf, writer } from '../../../session/testing/story.ts'
import { lanesOf, mergedLanes, placer, revisionAt } from './lanes.ts'

const a = writer('okafor')
const b = writer('vasquez', 'adjudicator')
const NODULE = { root: 'annotations', entry: '1-aaaa' } as const
const OTHER = { root: 'annotations', entry: '1-bbbb' } as const

function chronicleOf(...rows: Parameters<typeof timelineOf>[2][number][]): Chronicle {
  const chronicle = new Chronicle()
  chronicle.add(timelineOf(0, rows.length, rows))
  return chronicle
}
const SMALL = chronicleOf(
  { at: 0, by: a, act: ACTS.lease },
  { at: 100, by: a, touched: [NODULE] },
  { at: 100, by: b, touched: [OTHER] },
  { at: 1_000, by: a, touched: [NODULE, OTHER] },
)

it('each person has a lane, in order of their first change, with a bar where they worked', () => {
  const { lanes, most } = lanesOf(SMALL, { scale: 'activity', bars: 4, counts: () => true })
  expect(lanes.map(({ name, rows, bars }) => [name, rows, [...bars]])).toEqual([
    ['Dr okafor', 2, [0, 1, 0, 1]],
    ['Dr vasquez', 1, [0, 0, 1, 0]],
  ])
  expect(most).toBe(1)
})

it('by the clock, what lies close together in time is one high bar', () => {
  const { lanes, most } = lanesOf(SMALL, { scale: 'clock', bars: 2, counts: () => true })
  expect(lanes.map(({ bars }) => [...bars])).toEqual([
    [1, 1],
    [1, 0],
  ])
  expect(most).toBe(1)
})

it('who is filtered out keeps an empty lane', () => {
  const { lanes } = lanesOf(SMALL, {
    scale: 'activity',
    bars: 4,
    counts: (row) => row.touched.some(({ entry }) => entry === OTHER.entry),
  })
  expect(lanes.map(({ bars }) => [...bars])).toEqual([
    [0, 0, 0, 1],
    [0, 0, 1, 0],
  ])
})

it('where there are more people than lanes, the less busy share one', () => {
  const many = chronicleOf(
    ...[1, 3, 1, 2].flatMap((times, n) => {
      const by = writer(`p${n}`)
      return Array.from({ length: times }, () => ({ at: n, by, touched: [NODULE] }))
    }),
  )
  const { lanes, most } = mergedLanes(lanesOf(many, { scale: 'activity', bars: 1, counts: () => true }), 3)
  expect(lanes.map(({ name, rows, bars }) => [name, rows, [...bars]])).toEqual([
    ['Dr p1', 3, [3]],
    ['Dr p3', 2, [2]],
    ['2 others', 2, [2]],
  ])
  expect(most).toBe(3)
})

it('a hundred thousand rows are no more bars than fit', () => {
  const many = new Chronicle()
  many.add(
    timelineOf(
      0,
      100_000,
      Array.from({ length: 100_000 }, (_, n) => ({ at: n, by: a, touched: [NODULE] })),
    ),
  )
  const { lanes } = lanesOf(many, { scale: 'activity', bars: 400, counts: () => true })
  expect(lanes[0]?.bars).toHaveLength(400)
  expect(new Set(lanes[0]?.bars)).toEqual(new Set([250]))
})

it.each(['activity', 'clock'] as const)('the place of a revision leads back to it (%s)', (scale) => {
  const rows = chronicleOf(
    ...Array.from({ length: 50 }, (_, n) => ({ at: 1_000 + n * n, by: a, touched: [NODULE] })),
  )
  const place = placer(rows, scale)
  for (let seq = 1; seq <= 50; seq++) expect(revisionAt(rows, scale, place(seq) + 1e-9)).toBe(seq)
  expect(revisionAt(rows, scale, -1)).toBe(1)
  expect(revisionAt(rows, scale, 2)).toBe(50)
})
