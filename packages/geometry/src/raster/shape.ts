/**
 * What a mask can be painted with. A shape says which voxels of a grid it covers, from its own numbers alone.
 * Points are in quarters of a voxel (grid.ts). In a plane across an axis, u and v are the two other axes in the order x, y, z.
 */
import type { VoxelBox } from './grid.ts'

/** The axis that a plane lies across: 0 sagittal (x), 1 coronal (y), 2 axial (z), for a volume in the standard position. */
export type Axis = 0 | 1 | 2

/** A round or square brush drawn along a line within one slice. `points` are u, v, u, v … */
export interface Stroke {
  readonly shape: 'stroke'
  readonly axis: Axis
  readonly slice: number
  readonly square: boolean
  readonly radiusUm: number
  readonly points: Int32Array
}

/**
 * A ball drawn along a line that lies in any plane: as it is, or cut by that plane into a brush of one voxel's thickness (`slab`).
 * The point (u, v) lies at origin + floor((u·U + v·V + 512) / 1024), per axis, q.
 */
export interface Ball {
  readonly shape: 'ball'
  readonly slab: boolean
  readonly radiusUm: number
  readonly origin: readonly [number, number, number]
  readonly u: readonly [number, number, number]
  readonly v: readonly [number, number, number]
  readonly normal: readonly [number, number, number]
  readonly points: Int32Array
}

/** What a closed line within one slice encloses by the even-odd rule. */
export interface Polygon {
  readonly shape: 'polygon'
  readonly axis: Axis
  readonly slice: number
  readonly points: Int32Array
}

/** Rows as they are: z, y, x0, x1 each (x1 not covered), in order of z, y, x0, not overlapping. */
export interface Runs {
  readonly shape: 'runs'
  readonly rows: Int32Array
}

/** What a stroke or ball covers, thinned by a condition on the picture that was looked at when it was made (threshold brush). */
export interface Masked {
  readonly shape: 'masked'
  readonly base: Stroke | Ball
  /** Lengths in turn kept and skipped, over the voxels that `base` covers within the grid, in order of z, y, x. The rest is skipped. */
  readonly keep: Int32Array
}

export type Shape = Stroke | Ball | Polygon | Runs | Masked

/** Called for each row of voxels, in order of z, y, x; x1 is not covered. Rows do not touch, so each voxel is told once. */
export type Emit = (z: number, y: number, x0: number, x1: number) => void

/** The voxels of `shape` that lie within `clip`: the same ones whatever the clip is. */
export type Rasterise = (shape: Shape, clip: VoxelBox, emit: Emit) => void
