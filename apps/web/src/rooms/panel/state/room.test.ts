import { describe, expect, it } from 'vitest'
import { memoryBudget, nextToFetch, type Standing, sharesOf } from './room.ts'

describe('memory that series share', () => {
  it('is a quarter of what the machine has, and never less than half a GiB', () => {
    expect([0.25, 1, 4, 8].map((gib) => memoryBudget(gib) / 2 ** 30)).toEqual([0.5, 0.5, 1, 2])
  })
  it('[V15] is divided equally, and what a small one does not need is the others’', () => {
    expect(sharesOf([100, 100], 1000)).toEqual([100, 100])
    expect(sharesOf([900, 100, 700], 1000)).toEqual([450, 100, 450])
    expect(sharesOf([900, 900], 1000)).toEqual([500, 500])
  })
})

describe('[V22] series that nobody shows', () => {
  const one = (id: string, own: Partial<Standing> = {}): Standing => ({
    id,
    bytes: 10,
    isOpen: false,
    isHeld: false,
    isHere: false,
    ...own,
  })
  const shown = { isOpen: true, isHeld: true, isHere: true }
  it('come after what is shown is here, the next one first', () => {
    expect(nextToFetch([one('a'), one('b', { ...shown, isHere: false }), one('c')], 100)).toBeNull()
    expect(nextToFetch([one('a'), one('b', shown), one('c')], 100)).toBe('c')
    const then = [one('a'), one('b', shown), one('c', { isOpen: true })]
    expect(nextToFetch(then, 100)).toBeNull()
    expect(nextToFetch([...then.slice(0, 2), one('c', { isOpen: true, isHere: true })], 100)).toBe('a')
  })
  it('come only where they fit', () => {
    expect(nextToFetch([one('a', shown), one('b', { bytes: 95 }), one('c')], 100)).toBe('c')
    expect(nextToFetch([one('a', shown), one('b')], 19)).toBeNull()
    expect(nextToFetch([one('a')], 100)).toBeNull()
  })
})
