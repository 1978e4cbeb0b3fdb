import { createRoot } from 'solid-js'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Announcer, createAnnouncer, QUIET_MS, together } from './announcer.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const announcer = (): Announcer => createRoot(createAnnouncer)

describe('the live region', () => {
  it('[W118] says the first thing at once and what follows together, not one over the other', () => {
    const { said, say } = announcer()
    say('Dr Lindqvist joined')
    expect(said()).toBe('Dr Lindqvist joined')
    say('Dr Lindqvist commented')
    say('Dr Vasquez joined')
    expect(said()).toBe('Dr Lindqvist joined')
    vi.advanceTimersByTime(QUIET_MS)
    expect(said()).toBe('Dr Lindqvist commented. Dr Vasquez joined')
  })

  it('[W118] of many changes by one person says how many', () => {
    const { said, say } = announcer()
    say('Dr Lindqvist drew a box', 'Dr Lindqvist')
    for (let n = 0; n < 40; n++) say('Dr Lindqvist moved points', 'Dr Lindqvist')
    vi.advanceTimersByTime(QUIET_MS)
    expect(said()).toBe('Dr Lindqvist: 40\u00a0changes')
    vi.advanceTimersByTime(10 * QUIET_MS)
    expect(said()).toBe('Dr Lindqvist: 40\u00a0changes')
  })

  it('[W118] of many people says the first few, and how many there are besides', () => {
    const joined = ['A', 'B', 'C', 'D', 'E'].map((name) => ({ sentence: `${name} joined`, by: null }))
    expect(together(joined)).toBe('A joined. B joined. C joined. and 2 more')
  })

  it('answers at once, and a second time with the same words', () => {
    const { said, say, answer } = announcer()
    say('Dr Vasquez joined')
    answer('x 1.0')
    expect(said()).toBe('x 1.0')
    answer('x 1.0')
    expect(said()).toBe('x 1.0\u00a0')
  })
})
