import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { latticeOf } from '../panes/reformat/lattice.ts'
import type { SeriesFrames } from '../panes/series.ts'
import { type MadeVolume, madeVolume } from '../testing/volume.ts'
import { boxOf } from './box.ts'
import { Values } from './values.ts'

const made: MadeVolume = {
  row: [1, 0, 0],
  column: [0, 1, 0],
  step: [0, 0, 2],
  origin: [0, 0, 0],
  columns: 3,
  rows: 2,
  slices: 4,
  columnSpacing: 1,
  rowSpacing: 1,
  storedAt: ([, , k]) => k,
  meta: { rescale: { slope: 1, intercept: 0, unit: 'HU' }, rescaled: { min: -1000, max: 10 } },
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** A series of which some slices are on their way. */
function arriving(missing: Set<number>): { readonly series: SeriesFrames; arrive(frame: number): void } {
  let listener: (frame: number) => void = () => {}
  const series: SeriesFrames = {
    ...madeVolume({ ...made, missing }),
    onFrame: (one) => {
      listener = one
      return () => {
        listener = () => {}
      }
    },
  }
  return {
    series,
    arrive: (frame) => {
      missing.delete(frame)
      listener(frame)
    },
  }
}

it('shows what is here, and once slices stop coming what came since; it says when that is all', () => {
  const { series, arrive } = arriving(new Set([1, 3]))
  const lattice = latticeOf(series.meta)
  if (typeof lattice === 'string') throw new Error(lattice)
  const told: boolean[] = []
  const values = new Values(series, boxOf(lattice), 0, { changed: (isWhole) => told.push(isWhole) })
  const layers = (): number[] => [0, 1, 2, 3].map((layer) => values.values[layer * 6] as number)
  vi.runAllTimers()
  expect([layers(), told]).toEqual([[0, -1000, 2, -1000], [false]])
  arrive(1)
  arrive(3)
  expect(told).toEqual([false])
  vi.runAllTimers()
  expect([layers(), told]).toEqual([
    [0, 1, 2, 3],
    [false, true],
  ])
  values.close()
  arrive(2)
  vi.runAllTimers()
  expect(told).toHaveLength(2)
})
