import type { OnPicture } from '@consilium/viewer/scene'
import { createRoot } from 'solid-js'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createTwin, REST_MS } from './twin.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const picture = (): OnPicture => ({
  met: [{ meeting: 'on' } as OnPicture['met'][number]],
  pins: [],
  peers: [],
})

it('[W119] a picture is told in words once it stands, and others who point all the while do not hold it up', () => {
  const twin = createRoot(() => createTwin(() => 0))
  for (let step = 0; step < 20; step++) {
    twin.meet(0, picture())
    vi.advanceTimersByTime(REST_MS / 2)
  }
  expect(twin.on().met).toHaveLength(0)
  const last = picture()
  twin.meet(0, last)
  for (let move = 0; move < 20; move++) {
    vi.advanceTimersByTime(REST_MS / 10)
    twin.meet(0, { ...last })
  }
  expect(twin.on().met).toBe(last.met)
})

it('each pane has its own words', () => {
  const twin = createRoot(() => createTwin(() => 1))
  const [left, right] = [picture(), picture()]
  twin.meet(0, left)
  twin.meet(1, right)
  vi.advanceTimersByTime(REST_MS)
  expect(twin.on()).toBe(right)
})
