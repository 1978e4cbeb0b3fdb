import type { Vec3 } from '@consilium/geometry/vec3'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { type MadeVolume, madeVolume } from '../../testing/volume.ts'
import type { SeriesFrames } from '../series.ts'
import { slicedAs } from './slicings.ts'

/** More places than are read together, and no multiple of them. */
const SIZE = { columns: 21, rows: 6, slices: 5 } as const
const code = ([i, j, k]: Vec3): number => 1 + i + 100 * j + 1_000 * k
const made = (own: Partial<MadeVolume>): MadeVolume => ({
  row: [1, 0, 0],
  column: [0, 1, 0],
  step: [0, 0, 2],
  origin: [0, 0, 0],
  columnSpacing: 1,
  rowSpacing: 1,
  storedAt: code,
  ...SIZE,
  ...own,
})

let pauses: IdleRequestCallback[] = []
const pause = (): void => {
  while (pauses.length > 0) pauses.shift()?.({ didTimeout: false, timeRemaining: () => 10 })
}
beforeEach(() => {
  pauses = []
  vi.stubGlobal('requestIdleCallback', (callback: IdleRequestCallback) => pauses.push(callback))
})
afterEach(() => vi.unstubAllGlobals())

const sliced = (base: SeriesFrames): SeriesFrames => {
  const found = slicedAs(base, { kind: 'sagittal' })
  if (typeof found === 'string') throw new Error(found)
  return found
}
const valuesAt = (series: SeriesFrames, place: number): number[] => [
  ...(series.drawable(place)?.values ?? []),
]
/** Of the column of voxels that a place shows: where they come from is told by their value. */
const columnOf = (value: number): number => (value - 1) % 100

const WAYS: readonly (readonly [string, Partial<MadeVolume>])[] = [
  ['as it is', {}],
  ['with its rows from left to right', { row: [-1, 0, 0] }],
  ['with its columns from back to front', { column: [0, -1, 0] }],
  ['from head to feet', { step: [0, 0, -2] }],
]

it.each(WAYS)(
  '[V110] every plane along the columns shows what is stored, whichever way one comes: %s',
  (_name, own) => {
    const series = sliced(madeVolume(made(own)))
    const { slices } = series.meta
    const orders = [
      Array.from({ length: slices }, (_, place) => place),
      Array.from({ length: slices }, (_, place) => slices - 1 - place),
      [3, 17, 2, 9, 10, 20, 0, 8, 7, 8, 16, 15],
    ]
    for (const order of orders)
      for (const place of order) {
        const values = valuesAt(series, place)
        const column = columnOf(values[0] as number)
        expect(values.map(columnOf), `place ${place}`).toEqual(values.map(() => column))
        expect(new Set(values).size).toBe(SIZE.rows * SIZE.slices)
        expect([place, slices - 1 - place]).toContain(column)
        if (place % 3 === 0) pause()
      }
  },
)

it('[V110] neighbours have been read by the time one comes to them', () => {
  const base = madeVolume(made({}))
  const series = sliced(base)
  series.drawable(0)
  pause()
  const drawable = vi.spyOn(base, 'drawable')
  const stored = vi.fn()
  drawable.mockImplementation((frame) => {
    const found = base.stored(frame)
    if (!found) return null
    return {
      rows: SIZE.rows,
      columns: SIZE.columns,
      factor: 1,
      get values() {
        stored()
        return found
      },
    }
  })
  for (let place = 1; place < 16; place++) series.drawable(place)
  expect(stored).not.toHaveBeenCalled()
})

it('[V111] while slices come in only theirs are read again, and what is missing is blank', () => {
  const missing = new Set([1, 3])
  const read: number[] = []
  const base = madeVolume(made({ missing }))
  const all = base.drawable
  base.drawable = (frame) => {
    const found = all(frame)
    return (
      found && {
        ...found,
        get values() {
          read.push(frame)
          return found.values
        },
      }
    )
  }
  const series = sliced(base)
  const before = valuesAt(series, 4)
  expect(new Set(read)).toEqual(new Set([0, 2, 4]))
  expect(before.filter((value) => value === series.meta.padding)).toHaveLength(2 * SIZE.rows)
  read.length = 0
  missing.delete(3)
  valuesAt(series, 4)
  expect(read).toEqual([3])
  missing.delete(1)
  read.length = 0
  const whole = valuesAt(series, 4)
  expect(read).toEqual([1])
  expect(new Set(whole)).toEqual(new Set(valuesAt(sliced(madeVolume(made({}))), 4)))
})
