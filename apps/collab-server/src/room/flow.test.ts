import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Flow } from './flow.ts'
import {
  BYTES_AT_ONCE,
  BYTES_PER_SECOND,
  FRAMES_AT_ONCE,
  FRAMES_PER_SECOND,
  MAX_WAITING_BYTES,
  MAX_WAITING_FRAMES,
} from './limits.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
})
afterEach(() => {
  vi.useRealTimers()
})

function flow(): { flow: Flow; reads: () => boolean } {
  let reading = true
  return {
    flow: new Flow(
      () => {
        reading = false
      },
      () => {
        reading = true
      },
    ),
    reads: () => reading,
  }
}

describe('[G45] how fast a socket is read', () => {
  test('so many frames at once, then so many a second', () => {
    const { flow: of, reads } = flow()
    for (let n = 0; n < FRAMES_AT_ONCE; n++) of.spend(10)
    expect(reads()).toBe(true)
    for (let n = 0; n < FRAMES_PER_SECOND; n++) of.spend(10)
    expect(reads()).toBe(false)
    vi.advanceTimersByTime(900)
    expect(reads()).toBe(false)
    vi.advanceTimersByTime(200)
    expect(reads()).toBe(true)
  })

  test('so many bytes', () => {
    const { flow: of, reads } = flow()
    of.spend(BYTES_AT_ONCE + BYTES_PER_SECOND)
    expect(reads()).toBe(false)
    vi.advanceTimersByTime(1_100)
    expect(reads()).toBe(true)
  })

  test('what waits for the journal is bounded, and it is read on when half of it is done', () => {
    for (const [count, size] of [
      [MAX_WAITING_FRAMES, 10],
      [4, MAX_WAITING_BYTES / 4],
    ] as const) {
      const { flow: of, reads } = flow()
      for (let n = 0; n < count; n++) of.hold(size)
      expect(reads()).toBe(true)
      of.hold(size)
      expect(reads()).toBe(false)
      of.release(size)
      expect(reads()).toBe(false)
      for (let n = 0; n < count / 2; n++) of.release(size)
      expect(reads()).toBe(true)
    }
  })

  test('one of the two is not enough to be read again', () => {
    const { flow: of, reads } = flow()
    for (let n = 0; n <= MAX_WAITING_FRAMES; n++) of.hold(1)
    of.spend(BYTES_AT_ONCE + BYTES_PER_SECOND)
    vi.advanceTimersByTime(2_000)
    expect(reads()).toBe(false)
    of.spend(2 * BYTES_AT_ONCE)
    for (let n = 0; n <= MAX_WAITING_FRAMES; n++) of.release(1)
    expect(reads()).toBe(false)
    vi.advanceTimersByTime(10_000)
    expect(reads()).toBe(true)
  })
})
