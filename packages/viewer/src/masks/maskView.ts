/**
 * What the stage is given to show the masks of a series: segments, and their voxels. The page makes it out of its engine and owns both; the
 * stage knows neither acts nor documents. What a view answers may change at any moment, as long as `onDirty` tells where.
 */
import type { Grid, VoxelBox } from '@consilium/geometry/raster/grid'

export interface MaskSegment {
  readonly id: string
  /** CSS colour, of its label. */
  readonly colour: string
  /** Of the fill, 0 to 1; the outline is always drawn in full. */
  readonly opacity: number
  readonly visible: boolean
  /** Its voxels in these boxes were computed and nobody has confirmed them yet: hatched. */
  readonly computed?: readonly VoxelBox[]
}

/** Each voxel in the colour of whoever painted it. */
export interface MaskReaders {
  /** Writes the clientID of its painter wherever the segment is set within the box, and nothing elsewhere; x runs fastest, then y. */
  authorsOfBox(segment: string, box: VoxelBox, target: Uint32Array): void
  /** CSS colour. */
  colourOf(client: number): string
}

export interface MaskView {
  /** Which series; of its voxels x are columns, y rows and z slices, of one moment. */
  readonly series: string
  readonly grid: Grid
  /** Bottom to top. Another list, or another view, once anything in it has changed. */
  readonly segments: readonly MaskSegment[]
  /** Writes `label` wherever the segment is set within the box, and nothing elsewhere; x runs fastest, then y. */
  copyBox(segment: string, box: VoxelBox, target: Uint8Array, label: number): void
  /** Null: each segment in its own colour. */
  readonly readers: MaskReaders | null
  /** Calls where voxels of a segment look different from now on; without a box anywhere (colours, order, readers). Returns the way to stop. */
  onDirty(listener: (box?: VoxelBox, segment?: string) => void): () => void
}
