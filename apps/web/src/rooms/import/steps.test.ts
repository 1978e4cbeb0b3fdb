import { expect, test } from 'vitest'
import { none, nothing } from './progress.ts'
import { stepsOf, totalsOf } from './steps.ts'

test.each([
  ['waiting', [0, 0, 0, 0]],
  ['sending', [0.25, 0, 0, 0]],
  ['stored', [1, 1, 1, 0]],
  ['held', [1, 1, 1, 0]],
  ['left-out', [1, 1, 0, 0]],
  ['refused', [1, 1, 0, 0]],
] as const)('a file that is %s is so far: %j', (state, shares) => {
  expect(stepsOf({ state, sent: 2, size: 8 }, 'sending').map((step) => step.share)).toEqual(shares)
})

test('what is stored is ready when the import is', () => {
  expect(stepsOf({ state: 'stored', sent: 8, size: 8 }, 'done').at(-1)).toEqual({ share: 1, tone: 'ok' })
})

test('of the whole, each step has its figures, and none is more than all', () => {
  const outcomes = { ...none().outcomes, stored: 5, refused: 1 }
  const tally = { files: 4, settled: 2, bytes: 4_000, sent: 1_000, outcomes }
  const totals = totalsOf({ ...nothing(), stage: 'sending', tally })
  expect(totals.map(({ title, share }) => [title, share])).toEqual([
    ['Sent', 0.25],
    ['Read', 0.5],
    ['De-identified', 5 / 7],
    ['Ready', 0],
  ])
  const sorting = totalsOf({ ...nothing(), stage: 'sorting', tally, frames: { done: 30, total: 60 } })
  expect(sorting.at(-1)).toMatchObject({ share: 0.5, said: '30 of 60\u00a0pictures' })
})
