import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Recent } from './recent.ts'

const note = vi.fn(async () => undefined)
beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  note.mockClear()
})

test('[A8] the same is noted once in a quarter of an hour, then again', async () => {
  const recent = new Recent()
  await Promise.all([recent.once('a', note), recent.once('a', note), recent.once('b', note)])
  expect(note).toHaveBeenCalledTimes(2)
  vi.advanceTimersByTime(15 * 60_000 - 1)
  await recent.once('a', note)
  expect(note).toHaveBeenCalledTimes(2)
  vi.advanceTimersByTime(1)
  await recent.once('a', note)
  expect(note).toHaveBeenCalledTimes(3)
})

test('[A8] what could not be noted is noted by whoever comes next', async () => {
  const recent = new Recent()
  const failing = vi.fn(() => Promise.reject(new Error('away')))
  await expect(Promise.all([recent.once('a', failing), recent.once('a', failing)])).rejects.toThrow('away')
  expect(failing).toHaveBeenCalledTimes(1)
  await recent.once('a', note)
  expect(note).toHaveBeenCalledTimes(1)
})

test('[A8] however many sessions look at however many cases, what is kept of it is bounded', async () => {
  const recent = new Recent()
  for (let n = 0; n < 50_000; n++) await recent.once(String(n), note)
  note.mockClear()
  await recent.once('49999', note)
  await recent.once('30001', note)
  expect(note).not.toHaveBeenCalled()
  await recent.once('0', note)
  expect(note).toHaveBeenCalledTimes(1)
})
