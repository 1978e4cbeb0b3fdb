/** How much a region is. Voxels are counted; what they measure follows from the grid's spacing, to a micrometre. */
import type { Grid } from '../raster/grid.ts'
import type { Axis, Runs } from '../raster/shape.ts'
import { voxelsOf } from './rows.ts'

export const voxelMm3 = ({ spacingUm: [x, y, z] }: Grid): number => (x * y * z) / 1e9

export interface Volume {
  readonly voxels: number
  readonly mm3: number
  readonly ml: number
}

export function volumeOf(runs: Runs, grid: Grid): Volume {
  const voxels = voxelsOf(runs)
  const mm3 = voxels * voxelMm3(grid)
  return { voxels, mm3, ml: mm3 / 1000 }
}

/** mm² in each slice across `axis`. */
export function areasOf({ rows }: Runs, grid: Grid, axis: Axis): Float64Array {
  const counts = new Float64Array(grid.size[axis])
  for (let at = 0; at < rows.length; at += 4) {
    const [x0, x1] = [rows[at + 2] as number, rows[at + 3] as number]
    if (axis === 0) for (let x = x0; x < x1; x++) (counts[x] as number)++
    else {
      const slice = rows[at + (axis === 1 ? 1 : 0)] as number
      counts[slice] = (counts[slice] as number) + (x1 - x0)
    }
  }
  const [u, v] = grid.spacingUm.filter((_, other) => other !== axis) as [number, number]
  return counts.map((voxels) => (voxels * u * v) / 1e6)
}

/** The slice across `axis` in which the region is largest, the first of equal ones; null for nothing. */
export function largestSlice(runs: Runs, grid: Grid, axis: Axis): number | null {
  if (runs.rows.length === 0) return null
  const areas = areasOf(runs, grid, axis)
  return areas.reduce((best, area, slice) => (area > (areas[best] as number) ? slice : best), 0)
}
