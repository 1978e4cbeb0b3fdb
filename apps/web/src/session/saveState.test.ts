import { describe, expect, it } from 'vitest'
import { type LinkStatus, saveWords } from './saveState.ts'

const at = new Date(2026, 10, 21, 14, 3, 22).getTime()
const status: LinkStatus = {
  state: 'live',
  canWrite: true,
  unsaved: 0,
  notTaken: 0,
  savedAt: at,
  durableHere: true,
  durableThere: true,
  paused: false,
  standing: { role: 'reader', phase: 'panel' },
  prior: null,
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
    [{ state: 'signed-out', unsaved: 2 }, 'Signed out, 2 changes kept here'],
    [
      { paused: true, unsaved: 3 },
      'Saving paused: the record cannot be written just now (3 changes kept here)',
    ],
    [{ paused: true }, 'Saving paused: the record cannot be written just now'],
    [{ notTaken: 2 }, 'Not saved: 2 changes, kept here · the rest: saved on disk 14:03:22'],
    [{ notTaken: 1, unsaved: 4 }, 'Not saved: 1 change, kept here · Saving (4)'],
    [
      {
        state: 'refused',
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

  it('[W50] says saved only while nothing waits, nothing is paused and the server’s disk is known to keep it', () => {
    const states = ['opening', 'connecting', 'live', 'offline', 'refused', 'signed-out'] as const
    const saved: unknown[] = []
    for (const state of states)
      for (const unsaved of [0, 1])
        for (const notTaken of [0, 1])
          for (const paused of [false, true])
            for (const durableThere of [null, false, true]) {
              const { text, tone } = saveWords({
                ...status,
                state,
                unsaved,
                notTaken,
                paused,
                durableThere,
              })
              if (/^saved/i.test(text) || tone === 'ok')
                saved.push([state, unsaved, notTaken, paused, durableThere])
            }
    expect(saved).toEqual([['live', 0, 0, false, true]])
  })

  it('says in plain words where the server’s disk is not safe', () => {
    expect(saveWords({ ...status, durableThere: false })).toEqual({
      text: 'Kept by the server 14:03:22, but its disk is not safe',
      tone: 'warn',
    })
  })
})
