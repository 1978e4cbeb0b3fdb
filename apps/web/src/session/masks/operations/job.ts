/**
 * What is asked of the worker that works on voxels, and what it answers: plain numbers that can be sent. An operation starts from what was
 * painted when it was asked for, and answers with what is to be painted and erased to make of it what was wanted.
 */
import type { Grid, VoxelBox } from '@consilium/geometry/raster/grid'
import type { Axis, Shape } from '@consilium/geometry/raster/shape'
import type { Combination } from '@consilium/geometry/voxels/combine'
import type { Range, Values, Voxel } from '@consilium/geometry/voxels/picture'

/** A slice of the grid. */
export interface Slice {
  readonly axis: Axis
  readonly index: number
}

/** The values of one moment, as stored. */
export interface SentPicture {
  /** Of each slice, x fastest, then y; null where they are not looked at. */
  readonly slices: readonly (Values | null)[]
  /** Of each slice. */
  readonly slopes: readonly number[]
  readonly intercepts: readonly number[]
}

/** `within`: null for all of the volume. */
interface FromPlace {
  readonly at: Voxel
  /** 1 paints, 0 erases. */
  readonly value: 0 | 1
  readonly within: Slice | null
}

export type Operation =
  | ({ readonly what: 'fill' } & FromPlace)
  /** As far from the value at the place as `tolerance` says, and nowhere outside of `range`. */
  | ({
      readonly what: 'grow'
      readonly picture: SentPicture
      readonly tolerance: number
      readonly range: Range | null
    } & FromPlace)
  | { readonly what: 'between'; readonly axis: Axis }
  | { readonly what: 'margin'; readonly mm: number }
  | { readonly what: 'smooth'; readonly mm: number }
  | { readonly what: 'largest' }
  | { readonly what: 'islands'; readonly mm3: number }
  | { readonly what: 'copy'; readonly axis: Axis; readonly from: number; readonly to: number }
  | { readonly what: 'combine'; readonly how: Combination; readonly other: Int32Array }

export interface ChangeJob {
  readonly job: 'change'
  readonly grid: Grid
  /** Of what is painted now. */
  readonly rows: Int32Array
  readonly operation: Operation
}

/** Each part fits one act of painting. */
export interface Change {
  readonly paint: readonly Shape[]
  readonly erase: readonly Shape[]
  readonly painted: number
  readonly erased: number
  /** Around all of it. */
  readonly box: VoxelBox
}

/** Why nothing comes of it: a whole sentence for whoever asked. */
export class OperationFault extends Error {
  override readonly name = 'OperationFault'
}
