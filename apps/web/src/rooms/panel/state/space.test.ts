import { expect, it } from 'vitest'
import { sameSpace } from './space.ts'

it('[V23] a millimetre is the same in series of one frame of reference, in one series by itself, and nowhere else', () => {
  const series = (id: string, frameOfReference: string | null) => ({ id, frameOfReference })
  expect(sameSpace(series('a', 'one'), series('b', 'one'))).toBe(true)
  expect(sameSpace(series('a', 'one'), series('b', 'two'))).toBe(false)
  expect(sameSpace(series('a', null), series('b', null))).toBe(false)
  expect(sameSpace(series('a', null), series('a', null))).toBe(true)
})
