/** Planes across an axis: which axes lie in them, and how a row of pixels is told as rows of voxels. */
import type { VoxelBox } from './grid.ts'
import type { Axis, Ball, Emit, Stroke } from './shape.ts'

/** The axes of u and v in a plane across `axis`, in the order x, y, z. */
export const AXES_IN = [
  [1, 2],
  [0, 2],
  [0, 1],
] as const satisfies readonly (readonly [Axis, Axis])[]

export type Axes = readonly [u: Axis, v: Axis, w: Axis]

const ACROSS = [
  [1, 2, 0],
  [0, 2, 1],
  [0, 1, 2],
] as const satisfies readonly Axes[]

export const axesAcross = (axis: Axis): Axes => ACROSS[axis]

/** The axes in the order in which a brush is set down: in the plane of a stroke, then across it; of a ball x, y, z. */
export const axesOf = (shape: Stroke | Ball): Axes => ACROSS[shape.shape === 'stroke' ? shape.axis : 2]

/** A triple, and a box, in such an order. */
export const along = (
  of: readonly [number, number, number],
  [u, v, w]: Axes,
): readonly [number, number, number] => [of[u], of[v], of[w]]

export const boxAlong = (box: VoxelBox, axes: Axes): VoxelBox =>
  axes[2] === 2
    ? box
    : boxOf(
        axes.map((axis) => lowOf(box, axis)),
        axes.map((axis) => highOf(box, axis)),
      )

const LOW = ['x0', 'y0', 'z0'] as const
const HIGH = ['x1', 'y1', 'z1'] as const

export const lowOf = (box: VoxelBox, axis: Axis): number => box[LOW[axis]]
export const highOf = (box: VoxelBox, axis: Axis): number => box[HIGH[axis]]

/** A box by its lower and upper ends per axis. */
export const boxOf = (low: readonly number[], high: readonly number[]): VoxelBox => ({
  x0: low[0] as number,
  x1: high[0] as number,
  y0: low[1] as number,
  y1: high[1] as number,
  z0: low[2] as number,
  z1: high[2] as number,
})

/** What two boxes share; without a voxel where they share none. */
export const intersection = (a: VoxelBox, b: VoxelBox): VoxelBox => ({
  x0: Math.max(a.x0, b.x0),
  x1: Math.min(a.x1, b.x1),
  y0: Math.max(a.y0, b.y0),
  y1: Math.min(a.y1, b.y1),
  z0: Math.max(a.z0, b.z0),
  z1: Math.min(a.z1, b.z1),
})

export const isEmpty = ({ x0, x1, y0, y1, z0, z1 }: VoxelBox): boolean => x0 >= x1 || y0 >= y1 || z0 >= z1

/** Pixels u0 to u1 (not covered) of line v, in the plane across `axis` at `slice`. */
export function emitInPlane(axis: Axis, slice: number, v: number, u0: number, u1: number, emit: Emit): void {
  if (axis === 2) emit(slice, v, u0, u1)
  else if (axis === 1) emit(v, slice, u0, u1)
  else for (let u = u0; u < u1; u++) emit(v, u, slice, slice + 1)
}
