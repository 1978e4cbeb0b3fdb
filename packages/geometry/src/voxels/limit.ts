/** More than this machine should be asked for. The message is a whole sentence for the person who asked; nothing was done. */
export class VoxelLimit extends Error {
  constructor(sentence: string) {
    super(sentence)
    this.name = 'VoxelLimit'
  }
}

export const VOXEL_LIMITS = {
  /** Voxels of a region's box, one byte each: 512 slices of 512 x 512. */
  box: 2 ** 27,
  /** Voxels of a box in which a number is kept for each (distances, smoothing): 381 slices of 512 x 512. */
  field: 100_000_000,
  /** Voxels that growing may reach. */
  grown: 30_000_000,
  /** How far a region grows or shrinks, µm. What is kept of a distance fits into 32 bits up to 65 mm. */
  marginUm: 50_000,
  /** Standard deviation of smoothing, µm. */
  smoothUm: 10_000,
  /** Triangles of a surface. */
  triangles: 8_000_000,
} as const

/** 524288 -> "524 288" (thin groups, as in the product's texts). */
export const grouped = (n: number): string => String(n).replace(/\B(?=(\d{3})+(?!\d))/g, ' ')

export function assertField(voxels: number): void {
  if (voxels > VOXEL_LIMITS.field)
    throw new VoxelLimit(
      `The region lies in a box of ${grouped(voxels)} voxels, more than the ${grouped(VOXEL_LIMITS.field)} that can be worked on at once.`,
    )
}
