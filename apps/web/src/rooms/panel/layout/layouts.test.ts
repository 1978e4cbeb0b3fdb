import { ACQUIRED, type Slicing } from '@consilium/viewer/slicing'
import { describe, expect, it } from 'vitest'
import type { Hung } from '../state/series.ts'
import { hangingIn, layoutNamed, OBLIQUE } from './layouts.ts'

const coronal: Slicing = { kind: 'coronal' }
const sagittal: Slicing = { kind: 'sagittal' }
const hung = (series: string, slicing: Slicing = ACQUIRED): Hung => ({ series, slicing })
const standing = { active: 0, acquired: 'axial', series: ['a', 'b', 'c'] } as const

describe('what stands in a layout when it is chosen', () => {
  it('the planes of the one series on the screen, as it was taken first', () => {
    expect(hangingIn(layoutNamed('four'), [hung('b')], standing)).toEqual([
      hung('b'),
      hung('b', coronal),
      hung('b', sagittal),
      hung('b', OBLIQUE),
    ])
  })
  it('[V14] where a series has one plane, the series that follow it, and then itself again', () => {
    expect(hangingIn(layoutNamed('four'), [hung('b')], { ...standing, acquired: null })).toEqual([
      hung('b'),
      hung('c'),
      hung('a'),
      hung('b'),
    ])
  })
  it('[V14] series that stood side by side stay there, and others come to them', () => {
    const before = [hung('a', coronal), hung('c')]
    expect(hangingIn(layoutNamed('three'), before, standing)).toEqual([...before, hung('b')])
    expect(hangingIn(layoutNamed('two'), [...before, hung('b')], standing)).toEqual(before)
  })
  it('in one pane what was worked in; of one series what stood in its first pane', () => {
    expect(hangingIn(layoutNamed('one'), [hung('a'), hung('c')], { ...standing, active: 1 })).toEqual([
      hung('c'),
    ])
    expect(
      hangingIn(layoutNamed('one'), [hung('a'), hung('a', coronal)], { ...standing, active: 1 }),
    ).toEqual([hung('a')])
  })
})
