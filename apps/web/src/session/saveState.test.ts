import { describe, expect, it } from 'vitest'
import { type LinkStatus, saveWords } from './saveState.ts'

const at = new Date(2026, 10, 21, 14, 3, 22).getTime()
const status: LinkStatus = {
  state: 'live',
  canWrite: true,
  unsaved: 0,
  savedAt: at,
  durableHere: true,
  refusal: null,
}
const words = (patch: Partial<LinkStatus>): string => saveWords({ ...status, ...patch }).text

describe('the save state in words', () => {
  it.each<[Partial<LinkStatus>, string]>([
    [{}, 'Saved on disk 14:03:22'],
    [{ savedAt: null }, 'Saved on disk'],
    [{ unsaved: 3 }, 'Saving (3)'],
    [{ state: 'offline', unsaved: 27 }, 'Offline, 27 changes kept here'],
    [{ state: 'offline', unsaved: 1 }, 'Offline, 1 change kept here'],
    [{ state: 'connecting', unsaved: 2 }, 'Offline, 2 changes kept here'],
    [
      { state: 'offline', unsaved: 2, durableHere: false },
      'Offline, 2 changes in this tab only: keep it open',
    ],
    [{ state: 'offline' }, 'Offline, nothing waiting'],
    [{ state: 'connecting' }, 'Connecting'],
    [{ state: 'opening' }, 'Opening'],
    [
      {
        refusal: {
          code: 'case-closed',
          message: 'This case is signed and closed.',
          next: 'Ask the adjudicator to reopen it.',
        },
      },
      'Not saved: This case is signed and closed. Ask the adjudicator to reopen it.',
    ],
  ])('%o', (patch, text) => {
    expect(words(patch)).toBe(text)
  })

  it('never says saved while something waits', () => {
    for (const state of ['opening', 'connecting', 'live', 'offline', 'refused'] as const) {
      expect(words({ state, unsaved: 1 })).not.toMatch(/^Saved/)
    }
  })
})
