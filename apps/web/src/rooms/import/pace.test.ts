import { expect, test } from 'vitest'
import { newPace, secondsLeft } from './pace.ts'

test('nothing is promised before there is something to go by', () => {
  const pace = newPace()
  expect(pace.perSecond(0)).toBe(null)
  pace.note(0, 0)
  expect(pace.perSecond(100)).toBe(null)
  expect(secondsLeft(0, 100, null)).toBe(Number.POSITIVE_INFINITY)
})

test('the pace is that of the last seconds, not of the whole', () => {
  const pace = newPace()
  for (let second = 0; second <= 20; second += 1) pace.note(second * 1000, second * 1_000_000)
  expect(pace.perSecond(20_000)).toBeCloseTo(1_000_000, 0)
  // From here on ten times as fast; after a window's length only that counts.
  for (let second = 21; second <= 40; second += 1)
    pace.note(second * 1000, 20_000_000 + (second - 20) * 10_000_000)
  expect(pace.perSecond(40_000)).toBeCloseTo(10_000_000, 0)
})

test('a stall lowers it', () => {
  const pace = newPace()
  pace.note(0, 0)
  pace.note(1000, 1_000_000)
  expect(pace.perSecond(4000)).toBeCloseTo(250_000, 0)
})

test('the rest takes its share of the pace, and none is none', () => {
  expect(secondsLeft(40, 100, 20)).toBe(3)
  expect(secondsLeft(100, 100, 20)).toBe(0)
  expect(secondsLeft(0, 100, 0)).toBe(Number.POSITIVE_INFINITY)
})
