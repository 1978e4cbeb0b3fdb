/**
 * The grid that a mask lies on, and the limits within which all of its arithmetic is exact.
 * Everything is an integer, so that every machine and every language finds the same voxels: spacings are whole micrometres, rounded once
 * when a series is kept; places are quarters of a voxel ("q"), from the centre of voxel 0; radii are whole micrometres.
 */

/** Quarters of a voxel in a voxel. */
export const Q = 4

export const GRID_LIMITS = {
  /** Voxels along an axis. */
  size: 4096,
  /** µm between voxels. */
  spacingUm: 10_000,
  /** µm; radii are multiples of `radiusStepUm`, so that few different stamps exist. */
  radiusUm: 100_000,
  radiusStepUm: 100,
  /** Largest component of the vectors that span an oblique plane. */
  basis: 1000,
  /** How far from voxel 0 a point may lie along an axis, q: four times the largest volume, so that a brush may leave it. */
  place: 65_536,
  /** Voxels that are visited to rasterise one shape: see `workOf`. */
  work: 32_000_000,
} as const

export interface Grid {
  /** Voxels along x (columns), y (rows) and z (slices). */
  readonly size: readonly [number, number, number]
  /** Distance of neighbours along x, y and z, µm, whole. */
  readonly spacingUm: readonly [number, number, number]
}

/** A box of voxels; the upper ends are not part of it. */
export interface VoxelBox {
  readonly x0: number
  readonly x1: number
  readonly y0: number
  readonly y1: number
  readonly z0: number
  readonly z1: number
}

export const wholeGrid = ({ size: [x, y, z] }: Grid): VoxelBox => ({
  x0: 0,
  x1: x,
  y0: 0,
  y1: y,
  z0: 0,
  z1: z,
})
