import { expect, it } from 'vitest'
import { Chronicle } from '../../../session/film/chronicle.ts'
import { timelineOf, writer } from '../../../session/testing/story.ts'
import { isCovered, timeAt } from './times.ts'

const by = writer('okafor')

function chronicleOf(...times: number[]): Chronicle {
  const chronicle = new Chronicle()
  chronicle.add(
    timelineOf(
      0,
      times.length,
      times.map((at) => ({ at, by })),
    ),
  )
  return chronicle
}

it('[H15] by the clock the hour of the place stands below the line, by activity that of the revision there', () => {
  const rows = chronicleOf(1_000, 1_001, 1_002, 5_000)
  expect([0, 0.25, 0.5, 0.75].map((part) => timeAt(rows, 'clock', part))).toEqual([
    1_000, 2_000, 3_000, 4_000,
  ])
  expect([0, 0.25, 0.5, 0.75].map((part) => timeAt(rows, 'activity', part))).toEqual([
    1_000, 1_000, 1_001, 1_002,
  ])
  expect(timeAt(new Chronicle(), 'clock', 0.5)).toBeNull()
})

it('[H15] a time gives way to the handle that stands on it', () => {
  const time = { from: 100, to: 150 }
  expect(isCovered(time, [{ from: 140, to: 160 }])).toBe(true)
  expect(isCovered(time, [{ from: 152, to: 160 }])).toBe(true)
  expect(isCovered(time, [{ from: 170, to: 180 }])).toBe(false)
  expect(
    isCovered(time, [
      { from: 10, to: 20 },
      { from: 60, to: 99 },
    ]),
  ).toBe(true)
})
