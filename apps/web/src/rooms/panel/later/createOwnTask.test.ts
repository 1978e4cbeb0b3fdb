import { createRoot, createSignal } from 'solid-js'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createOwnTask } from './createOwnTask.ts'

// In Node it would be the one for servers, in which nothing is told.
vi.mock('solid-js', () => vi.importActual('solid-js/dist/solid.js'))
beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('[V123] what is wanted is made in a task after it, the next thing in the one after that, and both stay', () => {
  const [isWanted, setWanted] = createSignal(false)
  const { first, second, dispose } = createRoot((end) => {
    const one = createOwnTask(isWanted)
    return { first: one, second: createOwnTask(one), dispose: end }
  })
  vi.runAllTimers()
  expect([first(), second()]).toEqual([false, false])
  setWanted(true)
  expect([first(), second()]).toEqual([false, false])
  vi.advanceTimersToNextTimer()
  expect([first(), second()]).toEqual([true, false])
  vi.advanceTimersToNextTimer()
  expect([first(), second()]).toEqual([true, true])
  setWanted(false)
  expect([first(), second()]).toEqual([true, true])
  dispose()
})

test('[V123] nothing is made where it is not wanted any more, or nobody is there', () => {
  const [isWanted, setWanted] = createSignal(true)
  const isDue = createRoot((dispose) => {
    const due = createOwnTask(isWanted)
    setTimeout(dispose, 100)
    return due
  })
  setWanted(false)
  vi.advanceTimersByTime(50)
  expect(isDue()).toBe(false)
  vi.advanceTimersByTime(50)
  setWanted(true)
  vi.runAllTimers()
  expect(isDue()).toBe(false)
})
