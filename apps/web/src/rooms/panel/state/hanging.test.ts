import { HangingRules } from '@consilium/contract/hangingRules'
import type { Series } from '@consilium/contract/studies'
import { describe, expect, it } from 'vitest'
import { createHanging, windowFor } from './hanging.ts'
import type { Linking } from './linking.ts'
import type { Panes } from './panes.ts'
import type { Hung, SeriesState } from './series.ts'

const ct = {
  modality: 'CT',
  photometric: 'MONOCHROME2',
  samples: 'int16',
  rescale: { slope: 1, intercept: 0, unit: 'HU' },
  rescales: null,
  rescaled: { min: -1000, max: 3000 },
  padding: null,
  windows: [{ center: 55, width: 300, name: 'Mediastinum of the file' }],
  voiFunction: 'LINEAR',
  voiLuts: [],
} as unknown as Series
const pane = (window?: string | { center: number; width: number }) => ({
  series: { nth: 1 },
  plane: 'acquired' as const,
  ...(window === undefined ? {} : { window }),
})

const of = (id: string, bodyPart = 'CHEST') => ({ ...ct, id, bodyPart }) as Series

/** What a case of these series opens with: its layout, and the series in its panes. */
function opened(rules: object[], prior: readonly Series[], list = [of('own'), of('head', 'HEAD')]) {
  const hung: unknown[] = []
  createHanging(
    HangingRules.parse(rules),
    { list, prior } as unknown as SeriesState,
    {
      hang: (name: string, panes: readonly Hung[]) => hung.push(name, ...panes.map(({ series }) => series)),
      setLook: () => undefined,
    } as unknown as Panes,
    { setMode: () => undefined } as unknown as Linking,
  )
  return hung
}

describe('[V30] the prior', () => {
  const stage = (panes: object[]) => [
    { name: 'x', when: {}, stages: [{ layout: panes.length > 1 ? 'two' : 'one', panes, prior: 'beside' }] },
  ]
  it('stands beside the series that it is most like, each beside its own', () => {
    const earlier = [of('old head', 'HEAD'), of('old')]
    expect(opened(stage([{}]), earlier)).toEqual(['two', 'own', 'old'])
    expect(opened(stage([{}, { series: { nth: 2 } }]), earlier)).toEqual([
      'four',
      'own',
      'old',
      'head',
      'old head',
    ])
    expect(opened([], earlier)).toEqual(['two', 'own', 'old'])
  })
  it('is left out where there is none, or none that is like it', () => {
    expect(opened(stage([{}]), [])).toEqual(['one', 'own'])
    expect(opened(stage([{}]), [{ ...of('other'), modality: 'MR' }])).toEqual(['one', 'own'])
    expect(opened([], [])).toEqual([])
  })
})

describe('[V18] PET beside CT', () => {
  const inSpace = (id: string, modality: string, frameOfReference: string | null) =>
    ({ ...of(id), modality, frameOfReference }) as Series
  const ct = inSpace('ct', 'CT', 'today')
  const early = inSpace('early', 'PT', 'before')
  const nowhere = inSpace('nowhere', 'PT', null)
  const matching = inSpace('matching', 'PT', 'today')
  it('is one of the CT’s own frame of reference, where there is one', () => {
    expect(opened([], [], [early, nowhere, ct, matching])).toEqual(['two', 'ct', 'matching'])
    expect(opened([], [], [early, nowhere, ct])).toEqual(['two', 'ct', 'early'])
  })
  it('is the one that a rule of the project asks for', () => {
    const panes = [{ series: { modality: 'CT' } }, { series: { modality: 'PT' } }]
    const rule = { name: 'First of both', when: {}, stages: [{ layout: 'two', panes, linked: true }] }
    expect(opened([rule], [], [early, ct, matching])).toEqual(['two', 'ct', 'early'])
  })
})

describe('the window that a hanging rule asks for', () => {
  it('[V18] is a preset or one of the file by its name, in capitals or not, or values', () => {
    expect(windowFor(pane('lung'), ct)).toEqual({ center: -600, width: 1500 })
    expect(windowFor(pane('Mediastinum of the file'), ct)).toEqual({ center: 55, width: 300 })
    expect(windowFor(pane({ center: 1, width: 2 }), ct)).toEqual({ center: 1, width: 2 })
  })
  it('is left as it is where nothing is asked for, or nothing has that name', () => {
    expect(windowFor(pane(), ct)).toBeNull()
    expect(windowFor(pane('Moonlight'), ct)).toBeNull()
  })
})
