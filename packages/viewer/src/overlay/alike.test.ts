import { expect, it } from 'vitest'
import { NOTHING } from '../stage/nothing.ts'
import { onlyPeersDiffer } from '../stage/sceneOn.ts'
import { movesAlike, restsAlike } from './alike.ts'
import type { OverlayState } from './overlay.ts'

const planes: OverlayState['guides']['planes'] = []
const state = {
  frame: 3,
  scene: NOTHING,
  met: [],
  own: null,
  values: null,
  hover: null,
  guides: { planes, crosshair: null, colour: '#fff' },
} as unknown as OverlayState

it('[V101] what lies above a picture is as before where the picture alone is another, whoever put its parts together anew', () => {
  const over = (id: string): OverlayState => ({ ...state, hover: { what: 'line', id } })
  const again = { ...over('a'), guides: { ...state.guides }, taken: () => [] }
  expect([restsAlike(over('a'), again), movesAlike(over('a'), again)]).toEqual([true, true])
})

it('[V127] where others point paints nothing of it again', () => {
  const peer = { id: 'a', name: 'A', colour: '#fff', frame: 3, at: [1, 2, 3], idle: false } as const
  const pointed = { ...NOTHING, peers: [peer] }
  expect(onlyPeersDiffer(NOTHING, pointed)).toBe(true)
  expect(onlyPeersDiffer(NOTHING, { ...pointed, pins: [] })).toBe(false)
  const again = { ...state, scene: pointed }
  expect([restsAlike(state, again), movesAlike(state, again)]).toEqual([true, true])
})

it.each<[string, Partial<OverlayState>]>([
  ['what others draw', { scene: { ...NOTHING, drafts: [] } }],
  ['what is chosen', { scene: { ...NOTHING, selection: 'a' } }],
  ['what of it may be moved', { scene: { ...NOTHING, mayMove: () => true } }],
  ['what this hand draws', { own: { kind: 'box', points: [], replaces: null } }],
  ['the values inside of it', { values: 'mean 3' }],
  ['what is hovered', { hover: { what: 'inside', id: 'a' } as OverlayState['hover'] }],
  ['the lines of other panes', { guides: { ...state.guides, planes: [...planes] } }],
  ['the place that all panes show', { guides: { ...state.guides, crosshair: [1, 2, 3] } }],
  ['the slice', { frame: 4 }],
])('[V101] it is painted again with another one of %s', (_, change) => {
  expect(movesAlike(state, { ...state, ...change })).toBe(false)
})
