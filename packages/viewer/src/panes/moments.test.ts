import { describe, expect, it } from 'vitest'
import {
  alongRow,
  type Extent,
  extentWords,
  frameWords,
  inTime,
  momentOf,
  momentText,
  placeOf,
  rowOf,
  shownMs,
  whereText,
} from './moments.ts'

const stack: Extent = { slices: 60, moments: 1, times: null }
const perfusion: Extent = { slices: 60, moments: 20, times: Array.from({ length: 20 }, (_, i) => i * 210) }
const film: Extent = { slices: 1, moments: 20, times: null }
/** Slice 12 of moment 3. */
const frame = 2 * 60 + 11

describe('[W67] places and moments', () => {
  it('frame f lies at place f % slices, moment after moment', () => {
    expect([placeOf(frame, perfusion), momentOf(frame, perfusion)]).toEqual([11, 2])
  })
  it('the row of a stack is its slices at one moment, that of a film its moments', () => {
    expect(rowOf(frame, perfusion)).toEqual({ of: 'Slice', at: 11, count: 60 })
    expect(rowOf(7, film)).toEqual({ of: 'Moment', at: 7, count: 20 })
    expect([12, 59, 60, -4].map((to) => alongRow(frame, to, perfusion))).toEqual([132, 179, 179, 120])
    expect([12, 25, -1].map((to) => alongRow(7, to, film))).toEqual([12, 19, 0])
  })
  it('time goes on at the same place and ends at both ends', () => {
    expect([1, -1, 99, -99].map((by) => inTime(frame, by, perfusion))).toEqual([191, 71, 1151, 11])
    expect(inTime(30, 1, stack)).toBe(30)
  })
  it('is said in words', () => {
    expect(whereText(frame, perfusion)).toBe('Slice 12 of 60 · moment 3 of 20 (0.42 s)')
    expect(whereText(11, stack)).toBe('Slice 12 of 60')
    expect(whereText(2, film)).toBe('Moment 3 of 20')
    expect(momentText(19 * 60, perfusion)).toBe('moment 20 of 20 (3.99 s)')
    expect([frameWords(11, stack), frameWords(frame, perfusion), frameWords(2, film)]).toEqual([
      'slice 12',
      'slice 12, moment 3',
      'moment 3',
    ])
    expect([stack, perfusion, film, { ...film, moments: 1 }].map(extentWords)).toEqual([
      '60 slices',
      '60 slices × 20 moments',
      '20 moments',
      '1 picture',
    ])
  })
})

describe('[W68] how long a moment is shown', () => {
  it('as long as the file says, the last one as long as the one before', () => {
    const film: Extent = { slices: 1, moments: 3, times: [0, 40, 120] }
    expect([0, 1, 2].map((moment) => shownMs(moment, film))).toEqual([40, 80, 80])
  })
  it('a tenth of a second where it does not say, and never longer than one', () => {
    expect(shownMs(4, film)).toBe(100)
    expect(shownMs(0, { slices: 1, moments: 2, times: [0, 0] })).toBe(100)
    expect(shownMs(0, { slices: 1, moments: 2, times: [0, 60_000] })).toBe(1000)
  })
})
