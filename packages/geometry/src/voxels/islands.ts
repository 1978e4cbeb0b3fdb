/**
 * The parts of a region that hang together over faces. Rows that touch are joined (union-find over rows, not over voxels), so it costs what
 * the region's description costs. Rows in order of z, y, x0, as `Runs` are.
 */
import type { Grid } from '../raster/grid.ts'
import type { Runs } from '../raster/shape.ts'
import { voxelMm3 } from './measure.ts'
import type { Voxel } from './picture.ts'

export interface Islands {
  /** Of each row. */
  readonly island: Int32Array
  /** Of each island, in the order in which they are met. */
  readonly voxels: readonly number[]
}

export function islandsOf({ rows }: Runs): Islands {
  const count = rows.length / 4
  const parent = new Int32Array(count)
  for (let row = 0; row < count; row++) parent[row] = row
  // The row before in y, and the one before in z, from which on something may touch.
  let [beside, below] = [0, 0]
  for (let row = 0; row < count; row++) {
    beside = joinTouching(rows, row, beside, 1, parent)
    below = joinTouching(rows, row, below, SLICE, parent)
  }
  const numbers = new Map<number, number>()
  const voxels: number[] = []
  const island = parent.map((_, row) => {
    const first = rootOf(parent, row)
    const number = numbers.get(first) ?? numbers.size
    numbers.set(first, number)
    voxels[number] = (voxels[number] ?? 0) + (rows[row * 4 + 3] as number) - (rows[row * 4 + 2] as number)
    return number
  })
  return { island, voxels }
}

/** The largest; of equal ones that which is met first. */
export function largestIsland(runs: Runs): Runs {
  const { island, voxels } = islandsOf(runs)
  const largest = voxels.reduce((best, size, k) => (size > (voxels[best] as number) ? k : best), 0)
  return rowsWhere(runs, (row) => island[row] === largest)
}

/** Without the islands that are smaller than `mm3`. */
export function withoutIslandsBelow(runs: Runs, mm3: number, grid: Grid): Runs {
  const { island, voxels } = islandsOf(runs)
  const one = voxelMm3(grid)
  const stays = voxels.map((size) => size * one >= mm3)
  return rowsWhere(runs, (row) => stays[island[row] as number] === true)
}

/** The island in which a voxel lies; none where it is bare. */
export function islandAt(runs: Runs, { x, y, z }: Voxel): Runs {
  const { rows } = runs
  const { island } = islandsOf(runs)
  const at = island.findIndex(
    (_, row) =>
      rows[row * 4] === z &&
      rows[row * 4 + 1] === y &&
      x >= (rows[row * 4 + 2] as number) &&
      x < (rows[row * 4 + 3] as number),
  )
  return rowsWhere(runs, (row) => at >= 0 && island[row] === island[at])
}

/* Arithmetic */

/** A slice apart, where 1 is a row apart: more rows than a slice has. */
const SLICE = 2 ** 16

const lineOf = (rows: Int32Array, row: number): number =>
  (rows[row * 4] as number) * SLICE + (rows[row * 4 + 1] as number)

/** Joins a row to those `apart` before it that share an x with it, from `at` on; says from where on to look for the next row. */
function joinTouching(rows: Int32Array, row: number, at: number, apart: number, parent: Int32Array): number {
  const line = lineOf(rows, row) - apart
  const [x0, x1] = [rows[row * 4 + 2] as number, rows[row * 4 + 3] as number]
  let from = at
  while (from < row && isBefore(rows, from, line, x0)) from++
  for (let other = from; other < row && lineOf(rows, other) === line; other++) {
    if ((rows[other * 4 + 2] as number) >= x1) break
    const [a, b] = [rootOf(parent, row), rootOf(parent, other)]
    parent[Math.max(a, b)] = Math.min(a, b)
  }
  return from
}

function isBefore(rows: Int32Array, row: number, line: number, x0: number): boolean {
  const here = lineOf(rows, row)
  return here < line || (here === line && (rows[row * 4 + 3] as number) <= x0)
}

/** Halves the way to the root as it goes. */
function rootOf(parent: Int32Array, row: number): number {
  let at = row
  while (parent[at] !== at) {
    parent[at] = parent[parent[at] as number] as number
    at = parent[at] as number
  }
  return at
}

function rowsWhere({ rows }: Runs, stays: (row: number) => boolean): Runs {
  const kept = new Int32Array(rows.length)
  let length = 0
  for (let row = 0; row * 4 < rows.length; row++) {
    if (!stays(row)) continue
    kept.set(rows.subarray(row * 4, row * 4 + 4), length)
    length += 4
  }
  return { shape: 'runs', rows: kept.slice(0, length) }
}
