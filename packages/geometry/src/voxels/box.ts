/** Boxes of voxels: their sizes, what they share, and what holds both. A box without voxels has an end that is not above its start. */
import { type Grid, type VoxelBox, wholeGrid } from '../raster/grid.ts'

export const NO_BOX: VoxelBox = { x0: 0, x1: 0, y0: 0, y1: 0, z0: 0, z1: 0 }

/** Voxels along x, y and z. */
export const boxSize = ({ x0, x1, y0, y1, z0, z1 }: VoxelBox): [number, number, number] => [
  Math.max(0, x1 - x0),
  Math.max(0, y1 - y0),
  Math.max(0, z1 - z0),
]

export const boxVoxels = (box: VoxelBox): number => boxSize(box).reduce((product, size) => product * size, 1)

export function clipped(a: VoxelBox, b: VoxelBox): VoxelBox {
  const [x0, y0, z0] = [Math.max(a.x0, b.x0), Math.max(a.y0, b.y0), Math.max(a.z0, b.z0)]
  const box = { x0, x1: Math.min(a.x1, b.x1), y0, y1: Math.min(a.y1, b.y1), z0, z1: Math.min(a.z1, b.z1) }
  return boxVoxels(box) > 0 ? box : NO_BOX
}

/** The smallest box that holds both. */
export function joined(a: VoxelBox, b: VoxelBox): VoxelBox {
  if (boxVoxels(a) === 0) return b
  if (boxVoxels(b) === 0) return a
  return {
    x0: Math.min(a.x0, b.x0),
    x1: Math.max(a.x1, b.x1),
    y0: Math.min(a.y0, b.y0),
    y1: Math.max(a.y1, b.y1),
    z0: Math.min(a.z0, b.z0),
    z1: Math.max(a.z1, b.z1),
  }
}

/** Larger by so many voxels on either side, as far as the grid goes; a box without voxels stays one. */
export function widened(box: VoxelBox, [x, y, z]: readonly [number, number, number], grid: Grid): VoxelBox {
  if (boxVoxels(box) === 0) return NO_BOX
  const { x0, x1, y0, y1, z0, z1 } = box
  return clipped({ x0: x0 - x, x1: x1 + x, y0: y0 - y, y1: y1 + y, z0: z0 - z, z1: z1 + z }, wholeGrid(grid))
}
