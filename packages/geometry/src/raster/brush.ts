/**
 * What a brush covers when it is set down once: every voxel whose centre is no further from the place than the radius (square: no further
 * along any axis) and, cut by a plane, no further from that than half a voxel. Where that is no voxel, the one nearest to the place.
 * Distances are in µm times quarters of a voxel, so that all of it is whole numbers. Places, boxes and spacings are along the axes of the
 * shape (`axesOf`); they are called x, y, z here, and are that for a ball.
 */
import { nearestVoxel } from './exact.ts'
import type { FindExtents } from './extents.ts'
import { Q, type VoxelBox } from './grid.ts'
import type { Ball, Stroke } from './shape.ts'
import { endOf, firstOf, holds, type Slab, slabOf } from './slab.ts'
import type { SliceBits } from './sliceBits.ts'

export class Brush {
  readonly #extents: FindExtents
  readonly #spacingUm: readonly [number, number, number]
  readonly #radiusUm: number
  readonly #square: boolean
  readonly #slab: Slab | null
  /** How far from its place it may cover anything, µm · q along each axis: the nearest voxel can lie outside the radius. */
  readonly #reach: readonly [number, number, number]
  /** Whether the radius may leave out the nearest voxel. */
  readonly #isFine: boolean

  constructor(shape: Stroke | Ball, spacingUm: readonly [number, number, number], extents: FindExtents) {
    const [sx, sy, sz] = spacingUm
    const radius = Q * shape.radiusUm
    const reach = (s: number): number => Math.max(radius, (Q / 2) * s)
    this.#extents = extents
    this.#spacingUm = spacingUm
    this.#radiusUm = shape.radiusUm
    this.#square = shape.shape === 'stroke' && shape.square
    this.#slab = shape.shape === 'ball' && shape.slab ? slabOf(shape, spacingUm) : null
    this.#reach = [reach(sx), reach(sy), reach(sz)]
    this.#isFine = radius * radius < (Q / 2) ** 2 * (sx * sx + sy * sy + sz * sz)
  }

  /** May a brush set down here cover voxels of the box? */
  touches(box: VoxelBox, x: number, y: number, z: number): boolean {
    const [sx, sy, sz] = this.#spacingUm
    const [rx, ry, rz] = this.#reach
    return (
      (x - Q * box.x0) * sx >= -rx &&
      (x - Q * (box.x1 - 1)) * sx <= rx &&
      (y - Q * box.y0) * sy >= -ry &&
      (y - Q * (box.y1 - 1)) * sy <= ry &&
      (z - Q * box.z0) * sz >= -rz &&
      (z - Q * (box.z1 - 1)) * sz <= rz
    )
  }

  /** Where a brush at this place along z lies: −1 below the slice, 1 above, 0 where it may cover something of it. */
  side(z: number, slice: number): -1 | 0 | 1 {
    const away = (z - Q * slice) * this.#spacingUm[2]
    return away > this.#reach[2] ? 1 : away < -this.#reach[2] ? -1 : 0
  }

  /** Is the nearest voxel all that it covers, though outside the radius or the plane? */
  isLonely(x: number, y: number, z: number): boolean {
    if (this.#slab === null && !this.#isFine) return false
    const [vx, vy, vz] = [nearestVoxel(x), nearestVoxel(y), nearestVoxel(z)]
    // No voxel is nearer along any axis, so where the radius leaves this one out it leaves out all.
    if (this.#isFine && !this.#isWithin(Q * vx - x, Q * vy - y, Q * vz - z)) return true
    if (this.#slab === null || holds(this.#slab, vx, vy, vz)) return false
    return !this.#meetsPlane(this.#slab, x, y, z)
  }

  #isWithin(dx: number, dy: number, dz: number): boolean {
    const [sx, sy, sz] = this.#spacingUm
    const radius = Q * this.#radiusUm
    const [a, b, c] = [Math.abs(dx) * sx, Math.abs(dy) * sy, Math.abs(dz) * sz]
    return this.#square ? Math.max(a, b, c) <= radius : a * a + b * b + c * c <= radius * radius
  }

  #meetsPlane(slab: Slab, x: number, y: number, z: number): boolean {
    const voxel = x >> 2
    const deep = Math.floor((Q * this.#radiusUm) / this.#spacingUm[2])
    for (let slice = Math.ceil((z - deep) / Q); slice <= (z + deep) / Q; slice++) {
      const extents = this.#extents(this.#radiusUm, false, Math.abs(Q * slice - z), x & 3)
      const high = extents.length / 2 - 1
      for (let line = Math.ceil((y - high) / Q); line <= (y + high) / Q; line++) {
        const d = 2 * Math.abs(Q * line - y)
        const first = Math.max(voxel + extents[d]!, firstOf(slab, line, slice))
        if (first < Math.min(voxel + extents[d + 1]!, endOf(slab, line, slice))) return true
      }
    }
    return false
  }

  /** Sets what it covers of one slice within the box. */
  stamp(box: VoxelBox, x: number, y: number, z: number, slice: number, into: SliceBits): void {
    const extents = this.#extents(this.#radiusUm, this.#square, Math.abs(Q * slice - z), x & 3)
    const far = extents.length / 2 - 1
    if (far < 0) return
    const { x0, x1 } = box
    const voxel = x >> 2
    const slab = this.#slab
    const low = Math.max(box.y0, Math.ceil((y - far) / Q))
    const high = Math.min(box.y1 - 1, Math.floor((y + far) / Q))
    if (slab === null) return into.stamp(extents, x, y, low, high, x0, x1)
    for (let line = low; line <= high; line++) {
      const d = 2 * Math.abs(Q * line - y)
      const first = Math.max(x0, voxel + extents[d]!, firstOf(slab, line, slice))
      const end = Math.min(x1, voxel + extents[d + 1]!, endOf(slab, line, slice))
      into.set(line, first, end)
    }
  }
}
