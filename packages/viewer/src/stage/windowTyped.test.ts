import { expect, it } from 'vitest'
import { numberFrom, windowFrom } from './windowTyped.ts'

it('[V55] a window is typed as people write numbers', () => {
  expect(['400', '−600', '-1 024', '1\u2009500', '2,5', '.25', '1e3'].map(numberFrom)).toEqual([
    400, -600, -1024, 1500, 2.5, 0.25, 1000,
  ])
  expect(['', 'wide', '4-', '1.2.3', 'NaN', 'Infinity', '0x10', '1e999'].map(numberFrom)).toEqual(
    Array.from({ length: 8 }, () => null),
  )
})

it('[V55] what is no number, or narrower than there can be, changes nothing', () => {
  expect(windowFrom('1500', '−600', 1)).toEqual({ width: 1500, center: -600 })
  expect(windowFrom('0.5', '40', 1)).toBeNull()
  expect(windowFrom('0.5', '40', 0.001)).toEqual({ width: 0.5, center: 40 })
  expect(windowFrom('-3', '40', 0.001)).toBeNull()
  expect(windowFrom('400', 'x', 1)).toBeNull()
})
