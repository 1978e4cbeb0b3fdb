/** Where the answer to a question about places comes from: the tiles (tileSource.ts), or, while they are not up to date, the acts (actSource.ts). */
import type { VoxelBox } from '@consilium/geometry/raster/grid'
import type { Segment } from './segment.ts'

/** Of an act, by its slot. */
export type MarkOf = (slot: number) => number

/** Targets hold the voxels of the box by z, y, x. */
export interface Source {
  /** Writes `label` wherever a voxel is set, and nothing elsewhere. */
  copyBits(segment: Segment, box: VoxelBox, target: Uint8Array, label: number): void
  /** Writes what `markOf` says of the act on top wherever there is one; nothing elsewhere, and where that is 0. */
  copyTops(segment: Segment, box: VoxelBox, target: Uint32Array, markOf: MarkOf): void
  /** The acts in effect that cover a voxel, the highest first, at most `most`. */
  over(segment: Segment, voxel: VoxelBox, most: number): number[]
}
