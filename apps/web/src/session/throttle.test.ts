import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { throttle } from './throttle.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

describe('throttle', () => {
  it('sends the first at once and the newest at each interval, never more', () => {
    const sent: number[] = []
    const say = throttle<number>(
      34,
      (value) => sent.push(value),
      () => Date.now(),
    )
    for (let ms = 0; ms < 1_000; ms++) {
      say(ms)
      vi.advanceTimersByTime(1)
    }
    vi.advanceTimersByTime(34)
    expect(sent[0]).toBe(0)
    expect(sent.at(-1)).toBe(999)
    expect(sent.length).toBeLessThanOrEqual(31)
    expect(sent.length).toBeGreaterThan(25)
  })

  it('sends what waits on flush, and nothing after cancel', () => {
    const sent: string[] = []
    const say = throttle<string>(
      34,
      (value) => sent.push(value),
      () => Date.now(),
    )
    say('a')
    say('b')
    say.flush()
    say('c')
    say.cancel()
    vi.advanceTimersByTime(100)
    expect(sent).toEqual(['a', 'b'])
  })
})
