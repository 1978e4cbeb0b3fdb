import { describe, expect, test } from 'vitest'
import { conditionsOf, dayStart, isFiltered } from './filters.ts'

describe('filters in the address', () => {
  test('[W81] a link means the same to whoever opens it: days are days in UTC, with their last millisecond', () => {
    expect(conditionsOf({ since: '2026-11-21', until: '2026-11-21' })).toEqual({
      since: Date.UTC(2026, 10, 21),
      until: Date.UTC(2026, 10, 22) - 1,
    })
  })

  test('a group stands for each of its acts', () => {
    expect(conditionsOf({ act: 'reading' })).toEqual({ act: 'opened-case,read-history,looked-at-held' })
    expect(conditionsOf({ act: 'set-role' })).toEqual({ act: 'set-role' })
  })

  test('what means nothing is passed over', () => {
    expect(conditionsOf({ act: 'flew-away', since: 'yesterday', until: '2026-13-40', text: '  ' })).toEqual(
      {},
    )
    expect(isFiltered({ act: 'flew-away' })).toBe(false)
    expect(isFiltered({ text: ' LN-0001 ' })).toBe(true)
    expect(conditionsOf({ text: ' LN-0001 ' })).toEqual({ text: 'LN-0001' })
  })

  test('a day that does not exist is none', () => {
    expect(dayStart('2026-02-28')).toBe(Date.UTC(2026, 1, 28))
    expect(dayStart('2026-00-10')).toBeUndefined()
    expect(dayStart('')).toBeUndefined()
  })
})
