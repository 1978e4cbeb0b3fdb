import { describe, expect, test } from 'vitest'
import {
  ago,
  bytes,
  count,
  fullMoment,
  mm,
  moment,
  number,
  short,
  timeLeft,
  timeOfDay,
  trimmed,
  utcDay,
  utcTime,
} from './format.ts'

const at = (...parts: [number, number, number, number?, number?, number?]): number => {
  const [year, month, day, hour = 0, minute = 0, second = 0] = parts
  return new Date(year, month - 1, day, hour, minute, second).getTime()
}

describe('numbers', () => {
  test('thousands are parted by a thin space that does not break', () => {
    expect(number(0)).toBe('0')
    expect(number(999)).toBe('999')
    expect(number(1204)).toBe('1\u202f204')
    expect(number(12345678)).toBe('12\u202f345\u202f678')
    expect(number(1234.5678, 2)).toBe('1\u202f234.57')
  })
  test('minus is a true minus, and zero has no sign', () => {
    expect(number(-84, 1)).toBe('\u221284.0')
    expect(number(-0.04, 1)).toBe('0.0')
    expect(mm(-84)).toBe('\u221284.0\u00a0mm')
  })
  test('what is no number is a dash', () => {
    expect(number(Number.NaN)).toBe('–')
    expect(number(Number.POSITIVE_INFINITY, 1)).toBe('–')
  })
  test('short ones are at most six signs and never more than there are', () => {
    expect([0, 9_999, 10_000, 128_931, 999_999].map(short)).toEqual([
      '0',
      '9\u202f999',
      '10k',
      '128k',
      '999k',
    ])
    expect([1_000_000, 1_290_000].map(short)).toEqual(['1M', '1.2M'])
  })

  test('trimmed keeps only the digits that say something', () => {
    expect(trimmed(0.7)).toBe('0.7')
    expect(trimmed(1)).toBe('1')
    expect(trimmed(100)).toBe('100')
    expect(trimmed(1.25)).toBe('1.25')
    expect(trimmed(0.703125)).toBe('0.7')
  })
  test('one is singular', () => {
    expect(count(1, 'slice')).toBe('1\u00a0slice')
    expect(count(0, 'slice')).toBe('0\u00a0slices')
    expect(count(1204, 'study', 'studies')).toBe('1\u202f204\u00a0studies')
  })
  test('bytes in decimal units', () => {
    expect(bytes(1)).toBe('1\u00a0byte')
    expect(bytes(512)).toBe('512\u00a0bytes')
    expect(bytes(311_296)).toBe('311\u00a0kB')
    expect(bytes(999_700)).toBe('1.0\u00a0MB')
    expect(bytes(8_400_000)).toBe('8.4\u00a0MB')
    expect(bytes(912_000_000)).toBe('912\u00a0MB')
    expect(bytes(1_200_000_000)).toBe('1.2\u00a0GB')
  })
})

describe('time', () => {
  test('time left is rounded so that it does not flicker', () => {
    expect(timeLeft(2)).toBe('a few seconds left')
    expect(timeLeft(17)).toBe('about 20\u00a0s left')
    expect(timeLeft(18.5)).toBe('about 20\u00a0s left')
    expect(timeLeft(56)).toBe('about 1\u00a0min left')
    expect(timeLeft(190)).toBe('about 3\u00a0min left')
    expect(timeLeft(3600)).toBe('about 1\u00a0h left')
    expect(timeLeft(5400)).toBe('about 1\u00a0h 30\u00a0min left')
    expect(timeLeft(7190)).toBe('about 2\u00a0h left')
  })
  test('no pace yet, no promise', () => {
    expect(timeLeft(Number.POSITIVE_INFINITY)).toBe('')
    expect(timeLeft(Number.NaN)).toBe('')
  })
  test('a time of day has seconds', () => {
    expect(timeOfDay(at(2026, 11, 20, 14, 3, 22))).toBe('14:03:22')
    expect(timeOfDay(at(2026, 11, 20, 4, 3, 2))).toBe('04:03:02')
  })
  test('moments grow coarser with distance', () => {
    const now = at(2026, 11, 20, 15, 0)
    expect(moment(at(2026, 11, 20, 14, 3), now)).toBe('14:03')
    expect(moment(at(2026, 11, 19, 23, 59), now)).toBe('yesterday 23:59')
    expect(moment(at(2026, 11, 18, 12), now)).toBe('18\u00a0Nov')
    expect(moment(at(2025, 12, 31, 12), now)).toBe('31\u00a0Dec\u00a02025')
  })
  test('how long ago, then when', () => {
    const now = at(2026, 11, 20, 15, 0)
    expect(ago(now - 4_000, now)).toBe('just now')
    expect(ago(now + 4_000, now)).toBe('just now')
    expect(ago(now - 5 * 60_000, now)).toBe('5\u00a0min ago')
    expect(ago(now - 3 * 3_600_000, now)).toBe('3\u00a0h ago')
    expect(ago(at(2026, 11, 19, 20), now)).toBe('yesterday 20:00')
  })
  test('evidence is told in UTC, wherever it is read', () => {
    const instant = Date.UTC(2026, 10, 21, 23, 59, 8)
    expect(utcTime(instant)).toBe('23:59:08')
    expect(utcDay(instant)).toBe('Saturday 21\u00a0Nov\u00a02026')
    expect(utcDay(instant + 52_000)).toBe('Sunday 22\u00a0Nov\u00a02026')
    expect(fullMoment(at(2026, 11, 20, 14, 3, 22))).toBe('20\u00a0Nov\u00a02026 14:03:22')
  })
})
