import { createRoot } from 'solid-js'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createNote } from './note.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const SHORT = 'Made by Dr B.'
const LONG = 'This series has another frame of reference: a place in one is no place in the other.'

describe('[V151] a note', () => {
  it('goes by itself, a long one later', () => {
    createRoot((dispose) => {
      const { note, setNote } = createNote()
      setNote(SHORT)
      vi.advanceTimersByTime(5_000)
      expect(note()).toBe(SHORT)
      vi.advanceTimersByTime(5_000)
      expect(note()).toBeNull()
      setNote(LONG)
      vi.advanceTimersByTime(10_000)
      expect(note()).toBe(LONG)
      vi.advanceTimersByTime(10_000)
      expect(note()).toBeNull()
      dispose()
    })
  })
  it('stands its whole time, whatever was said before, and also when it is said again', () => {
    createRoot((dispose) => {
      const { note, setNote } = createNote()
      for (const sentence of [SHORT, LONG, SHORT, SHORT]) {
        setNote(sentence)
        vi.advanceTimersByTime(5_000)
        expect(note()).toBe(sentence)
      }
      setNote(null)
      expect(note()).toBeNull()
      setNote(SHORT)
      dispose()
      expect(vi.getTimerCount()).toBe(0)
    })
  })
})
