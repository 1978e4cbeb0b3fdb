/** A pane that turns from one plane of a volume to another: what it keeps, and what it tells. */
import { describe, expect, it } from 'vitest'
import { slicedAs } from '../panes/reformat/slicings.ts'
import type { SeriesFrames } from '../panes/series.ts'
import type { Slicing } from '../panes/slicing.ts'
import { madeVolume } from '../testing/volume.ts'
import { Viewing } from './viewing.ts'

// 40 x 30 x 20 mm from the origin.
const base = madeVolume({
  row: [1, 0, 0],
  column: [0, 1, 0],
  step: [0, 0, 2],
  origin: [0, 0, 0],
  columns: 40,
  rows: 30,
  slices: 10,
  columnSpacing: 1,
  rowSpacing: 1,
  storedAt: ([i, j, k]) => i + j + k,
})
const as = (slicing: Slicing): SeriesFrames => {
  const found = slicedAs(base, slicing)
  if (typeof found === 'string') throw new Error(found)
  return found
}

function opened(): { viewing: Viewing; told: boolean[] } {
  const told: boolean[] = []
  const viewing = new Viewing((byHand) => told.push(byHand))
  viewing.resize(400, 300)
  viewing.open(base, 4)
  viewing.setWindow({ center: 300, width: 50 })
  viewing.invert()
  told.length = 0
  return { viewing, told }
}

describe('a pane that turns to another plane', () => {
  it('[V8] goes through the place it showed, with window and inversion as they are, and tells nothing', () => {
    const { viewing, told } = opened()
    viewing.reslice(as({ kind: 'coronal' }), [10, 21, 8])
    expect(viewing.plane?.origin[1]).toBe(21)
    expect(viewing.window).toEqual({ center: 300, width: 50 })
    expect(viewing.inverted).toBe(true)
    expect(told).toEqual([false])
  })

  it('[V13] tells its plane, a place on it, and the slice as it was taken that is nearest', () => {
    const { viewing } = opened()
    viewing.reslice(as({ kind: 'sagittal' }), [33, 21, 8])
    const view = viewing.view()
    expect(view?.slicing).toEqual({ kind: 'sagittal' })
    expect(view?.center[0]).toBeCloseTo(33)
    // The middle of the volume lies at z = 9, between the slices at 8 and 10.
    expect([4, 5]).toContain(view?.frame)
  })

  it('[V13] takes over a view of the same plane: its place says which one', () => {
    const { viewing, told } = opened()
    viewing.reslice(as({ kind: 'coronal' }), [10, 21, 8])
    viewing.take({ frame: 3, center: [5, 7, 6], mmPerPixel: 0.25 })
    expect(viewing.plane?.origin[1]).toBe(7)
    expect(viewing.camera?.mmPerPixel).toBe(0.25)
    expect(told).not.toContain(true)
  })

  it('[V8] shows a place because another pane does: the picture moves only where it would be out of sight', () => {
    const { viewing, told } = opened()
    const before = viewing.camera
    viewing.showPlace([12, 13, 15])
    expect(viewing.frame).toBe(8)
    expect(viewing.camera).toBe(before)
    viewing.zoomBy(20)
    told.length = 0
    viewing.showPlace([1, 1, 3])
    expect(viewing.frame).toBe(2)
    expect(viewing.camera?.center).toEqual([1, 1, 3])
    expect(told).not.toContain(true)
  })

  it('[V12] a plane that is turned keeps its magnification', () => {
    const { viewing } = opened()
    viewing.reslice(as({ kind: 'oblique', normal: [0, 0.6, 0.8] }), [20, 15, 10])
    const before = viewing.camera?.mmPerPixel
    viewing.reslice(as({ kind: 'oblique', normal: [0, 0.8, 0.6] }), [20, 15, 10])
    expect(viewing.camera?.mmPerPixel).toBe(before)
    expect(viewing.camera?.center).toEqual([20, 15, 10])
  })
})
