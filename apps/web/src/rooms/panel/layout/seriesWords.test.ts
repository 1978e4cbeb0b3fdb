import type { Series } from '@consilium/contract/studies'
import { describe, expect, it } from 'vitest'
import { priorWords, seriesWords, shareHere } from './seriesWords.ts'

const series = { modality: 'CT', bodyPart: 'CHEST', slices: 20, moments: 1, times: null } as unknown as Series
const progress = (here: number, total = 20) => ({ here, total, fault: null })

describe('what is said of a series in the rail', () => {
  it('[V20] what it is, how much of it is here, and which panes show it', () => {
    expect(seriesWords(series, 2, progress(0, 0), [])).toBe('Series 2, CT chest, 20 slices. Not fetched.')
    expect(seriesWords(series, 1, progress(5), [0])).toBe(
      'Series 1, CT chest, 20 slices. 5 of 20 here. In pane 1.',
    )
    expect(seriesWords(series, 1, progress(20), [0, 1, 3])).toBe(
      'Series 1, CT chest, 20 slices. All here. In panes 1, 2 and 4.',
    )
  })
  it('[V32] that it is of the prior, and how much earlier that was where somebody said it', () => {
    expect(seriesWords(series, 1, progress(20), [1], true)).toBe(
      'Prior series 1, CT chest, 20 slices. All here. In pane 2.',
    )
    expect(priorWords({ key: 'LN-0003', days: 412 })).toBe('Prior LN-0003, 412\u00a0days earlier')
    expect(priorWords({ key: 'LN-0003', days: null })).toBe('Prior LN-0003')
  })
  it('its ring is as full as it is here', () => {
    expect([progress(0, 0), progress(5), progress(20)].map(shareHere)).toEqual([0, 0.25, 1])
  })
})
