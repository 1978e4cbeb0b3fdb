import { expect, it } from 'vitest'
import { firstFrame } from './firstFrame.ts'

const series = { id: 's', slices: 5, moments: 4, times: null }

it('[V138] a pane begins in the middle of a series, at the moment that the active pane shows of it', () => {
  expect(firstFrame(series, null)).toBe(2)
  expect(firstFrame(series, { series: 'another', frame: 14 })).toBe(2)
  // Slice 5 of moment 3.
  expect(firstFrame(series, { series: 's', frame: 14 })).toBe(12)
  expect(firstFrame({ ...series, slices: 1, moments: 9 }, { series: 's', frame: 7 })).toBe(7)
  expect(firstFrame(null, null)).toBe(0)
})
