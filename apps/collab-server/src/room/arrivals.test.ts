import { expect, test } from 'vitest'
import { Arrivals } from './arrivals.ts'

test('[G105] so many may come at once, then so many a second; others are not counted with them', () => {
  let now = 0
  const arrivals = new Arrivals(2, 5, () => now)
  for (let n = 0; n < 5; n++) expect(arrivals.come('one')).toBe(0)
  expect(arrivals.come('one')).toBe(1)
  expect(arrivals.come('another')).toBe(0)
  now += 499
  expect(arrivals.come('one')).toBe(1)
  now += 1
  expect(arrivals.come('one')).toBe(0)
  expect(arrivals.come('one')).toBe(1)
})

test('asking too early costs nothing', () => {
  let now = 0
  const arrivals = new Arrivals(1, 1, () => now)
  expect(arrivals.come('one')).toBe(0)
  for (now = 100; now < 1_000; now += 100) expect(arrivals.come('one')).toBe(1)
  expect(arrivals.come('one')).toBe(0)
})

test('whoever has been quiet long enough is forgotten', () => {
  let now = 0
  const arrivals = new Arrivals(10, 20, () => now)
  for (let n = 0; n < 1_000; n++) arrivals.come(`number ${n}`)
  expect(arrivals.size).toBe(1_000)
  now += 100
  arrivals.come('the last')
  expect(arrivals.size).toBe(1)
})
