import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { askFor, takeAnswer } from './answers.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

it('[V39] an answer that was asked for ahead is taken once, refused or not, and goes when nobody takes it', async () => {
  const asked = vi.fn(async () => new Response('no', { status: 403 }))
  vi.stubGlobal('fetch', asked)
  void askFor('/cases/a')
  expect((await takeAnswer('/cases/a'))?.status).toBe(403)
  expect(takeAnswer('/cases/a')).toBeNull()
  void askFor('/cases/a')
  await vi.advanceTimersByTimeAsync(60_000)
  expect(takeAnswer('/cases/a')).toBeNull()
  expect(asked).toHaveBeenCalledTimes(2)
})

it('[V39] without a connection whoever takes it is told', async () => {
  vi.stubGlobal('fetch', async () => {
    throw new TypeError('offline')
  })
  askFor('/me').catch(() => undefined)
  await expect(takeAnswer('/me')).rejects.toThrow('offline')
})
