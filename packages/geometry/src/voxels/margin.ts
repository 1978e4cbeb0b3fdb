/**
 * A region larger or smaller by a distance. It grows by every voxel whose centre is at most so far from the centre of one of its own, and
 * shrinks by those that are at most so far from one outside. Outside of the grid there is nothing: where a region ends at the picture's
 * edge it does not shrink from there.
 */
import { type Grid, wholeGrid } from '../raster/grid.ts'
import { boxSize, boxVoxels, clipped, widened } from './box.ts'
import { squaredDistances } from './distance.ts'
import { assertField, VOXEL_LIMITS, VoxelLimit } from './limit.ts'
import { NOTHING, type Region, tightBox, trimmed, within } from './region.ts'
import type { Work } from './work.ts'

/** @param mm below 0 it shrinks */
export function* withMargin(region: Region, mm: number, grid: Grid): Work<Region> {
  const reach = Math.round(Math.abs(mm) * 1000)
  if (!(reach <= VOXEL_LIMITS.marginUm))
    throw new VoxelLimit(`A margin is at most ${VOXEL_LIMITS.marginUm / 1000} mm.`)
  const { spacingUm } = grid
  const [x, y, z] = spacingUm
  const steps = (spacing: number): number => (mm > 0 ? Math.floor(reach / spacing) : 1)
  const tight = clipped(tightBox(region), wholeGrid(grid))
  const box = widened(tight, [steps(x), steps(y), steps(z)], grid)
  const voxels = boxVoxels(box)
  if (voxels === 0) return NOTHING
  assertField(voxels)
  const out = within(region, box)
  const limit = reach * reach
  const squared = new Uint32Array(voxels)
  yield* squaredDistances(out.bits, mm > 0 ? 1 : 0, boxSize(box), spacingUm, squared, limit + 1)
  const { bits } = out
  if (mm > 0) for (let i = 0; i < voxels; i++) bits[i] = (squared[i] as number) <= limit ? 1 : 0
  else for (let i = 0; i < voxels; i++) bits[i] = (squared[i] as number) > limit ? 1 : 0
  return trimmed(out)
}

/** Gaps and notches narrower than twice the distance are filled. */
export function* closed(region: Region, mm: number, grid: Grid): Work<Region> {
  return yield* withMargin(yield* withMargin(region, mm, grid), -mm, grid)
}

/** Bridges and spikes narrower than twice the distance are taken away. */
export function* opened(region: Region, mm: number, grid: Grid): Work<Region> {
  return yield* withMargin(yield* withMargin(region, -mm, grid), mm, grid)
}
