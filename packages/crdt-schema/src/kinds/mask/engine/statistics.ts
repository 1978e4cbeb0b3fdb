/** What is known of a segment without looking at its voxels again. */
import type { Grid } from '@consilium/geometry/raster/grid'
import type { SegmentTiles } from './segmentTiles.ts'

export interface Statistics {
  readonly voxels: number
  readonly volumeMl: number
  /** By slice across z. */
  readonly slices: { readonly voxels: Int32Array; areaMm2(z: number): number }
}

const UM_IN_MM = 1_000
const MM3_IN_ML = 1_000

export function statisticsOf(tiles: SegmentTiles | null, { size, spacingUm }: Grid): Statistics {
  const [x, y, z] = spacingUm.map((um) => um / UM_IN_MM) as [number, number, number]
  const slices = tiles?.slices.slice() ?? new Int32Array(size[2])
  const voxels = tiles?.voxels ?? 0
  return {
    voxels,
    volumeMl: (voxels * x * y * z) / MM3_IN_ML,
    slices: { voxels: slices, areaMm2: (slice) => (slices[slice] ?? 0) * x * y },
  }
}
