/** A plane of one voxel's thickness: the voxels whose centres are no further from it than half a voxel, measured along its normal. */
import { ceilDiv, floorDiv } from './exact.ts'
import { Q } from './grid.ts'
import type { Ball } from './shape.ts'

/** |x·X + y·Y + z·Z − offset| ≤ half, of voxels. */
export interface Slab {
  readonly x: number
  readonly y: number
  readonly z: number
  readonly offset: number
  readonly half: number
}

export function slabOf({ normal, origin }: Ball, spacingUm: readonly [number, number, number]): Slab {
  const [a, b, c] = normal.map((n, axis) => n * (spacingUm[axis] as number)) as [number, number, number]
  return {
    x: Q * a,
    y: Q * b,
    z: Q * c,
    offset: a * origin[0] + b * origin[1] + c * origin[2],
    half: (Q / 2) * (Math.abs(a) + Math.abs(b) + Math.abs(c)),
  }
}

/** Its first voxel of a row; beyond every grid where it has none of a row that lies beside it. */
export function firstOf(slab: Slab, y: number, z: number): number {
  const rest = slab.y * y + slab.z * z - slab.offset
  if (slab.x === 0) return Math.abs(rest) <= slab.half ? -Infinity : Infinity
  return ceilDiv((slab.x > 0 ? -rest : rest) - slab.half, Math.abs(slab.x))
}

/** The voxel after its last of a row. */
export function endOf(slab: Slab, y: number, z: number): number {
  const rest = slab.y * y + slab.z * z - slab.offset
  if (slab.x === 0) return Infinity
  return floorDiv((slab.x > 0 ? -rest : rest) + slab.half, Math.abs(slab.x)) + 1
}

export const holds = (slab: Slab, x: number, y: number, z: number): boolean =>
  Math.abs(slab.x * x + slab.y * y + slab.z * z - slab.offset) <= slab.half
