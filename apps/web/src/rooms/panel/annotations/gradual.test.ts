import { createRoot, createSignal } from 'solid-js'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createGradual } from './gradual.ts'

vi.mock('solid-js', () => vi.importActual('solid-js/dist/solid.js'))
beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const rows = (count: number, from = 0): number[] => Array.from({ length: count }, (_, n) => from + n)

/** Effects begin once the root is made. */
const made = (first: readonly number[], must?: (row: number) => boolean) => {
  const [wanted, want] = createSignal(first)
  return createRoot((dispose) => ({ there: createGradual(wanted, must), want, dispose }))
}

it('[V102] rows of a list are made a few at a time, from the top, until all are there', () => {
  // What somebody is at does not wait.
  const { there, dispose } = made(rows(25), (row) => row === 20)
  expect(there()).toEqual([0, 1, 2, 3, 20])
  const counts = [there().length]
  for (let task = 0; task < 5; task++) {
    vi.advanceTimersToNextTimer()
    counts.push(there().length)
  }
  expect(counts).toEqual([5, 9, 13, 17, 21, 25])
  expect(vi.getTimerCount()).toBe(0)
  dispose()
})

it('[V102] those that are there stay while others come, and go at once when they are not wanted', () => {
  const { there, want, dispose } = made(rows(4))
  want(rows(10, 2))
  expect(there()).toEqual(rows(6, 2))
  want([2, 3])
  expect(there()).toEqual([2, 3])
  vi.runAllTimers()
  expect(there()).toEqual([2, 3])
  dispose()
})
