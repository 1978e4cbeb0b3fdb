/** Computed slices before anybody confirmed them, and the words for what was done. */
import type { Grid } from '@consilium/geometry/raster/grid'
import type { Shape } from '@consilium/geometry/raster/shape'
import { expect, it } from 'vitest'
import { doingOf, doneWords } from './asked.ts'
import { computedBoxes, overlaid } from './pending.ts'

const grid: Grid = { size: [6, 5, 9], spacingUm: [1_000, 1_000, 1_000] }
const rows = (...list: number[][]): Shape => ({ shape: 'runs', rows: Int32Array.from(list.flat()) })
/** Figures are kept together with what they count by a space that does not break. */
const plain = (text: string): string => text.replaceAll(/\s/g, ' ')
const shapes = [rows([1, 2, 1, 4], [2, 2, 1, 4]), rows([5, 3, 0, 2])]

it('[M119] computed slices are hatched slice by slice, across any axis, and lie over what is painted in any box', () => {
  expect(computedBoxes(shapes, 2, grid).map(({ z0, z1 }) => [z0, z1])).toEqual([
    [1, 3],
    [5, 6],
  ])
  expect(computedBoxes(shapes, 1, grid).map(({ y0, y1 }) => [y0, y1])).toEqual([[2, 4]])
  expect(computedBoxes(shapes, 0, grid).map(({ x0, x1 }) => [x0, x1])).toEqual([[0, 4]])
  const target = new Uint8Array(12).fill(7, 0, 1)
  overlaid(shapes, grid)({ x0: 2, x1: 5, y0: 2, y1: 4, z0: 2, z1: 4 }, target, 1)
  expect([...target]).toEqual([1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
})

it('says what is done and what was', () => {
  expect(doingOf({ what: 'margin', mm: -1.5 }, 'Cyst')).toBe('shrinking of Cyst by 1.5 mm')
  expect(doingOf({ what: 'combine', how: 'difference', other: 'x' }, 'Lung', 'Cyst')).toBe(
    'taking Cyst from Lung',
  )
  const change = {
    paint: [],
    erase: [],
    painted: 307,
    erased: 1,
    box: { x0: 0, x1: 0, y0: 0, y1: 0, z0: 0, z1: 0 },
  }
  expect(plain(doneWords(change, 'Cyst'))).toBe('Filled 307 voxels and cleared 1 voxel of Cyst.')
  expect(plain(doneWords({ ...change, painted: 0 }, 'Cyst'))).toBe('Cleared 1 voxel of Cyst.')
})
