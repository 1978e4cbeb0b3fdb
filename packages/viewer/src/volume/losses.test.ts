import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Losses } from './losses.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('[V66] a picture the card let go of is made again, and after the third time within a minute only where somebody asks', () => {
  const made = vi.fn()
  const losses = new Losses(made)
  const over = [0, 10_000, 20_000].map((at) => {
    const { isOver } = losses.note(at)
    vi.runAllTimers()
    return isOver
  })
  expect(over).toEqual([false, false, true])
  expect(made).toHaveBeenCalledTimes(2)
  losses.forgive()
  expect(losses.note(21_000).isOver).toBe(false)
  losses.wait()
  vi.runAllTimers()
  expect(made).toHaveBeenCalledTimes(2)
})

it('one that lasts longer than a minute begins anew', () => {
  const losses = new Losses(() => undefined)
  expect([0, 61_000, 122_000, 183_000].map((at) => losses.note(at).isOver)).toEqual([
    false,
    false,
    false,
    false,
  ])
  losses.wait()
})
