/**
 * What a brush covers when it is set down once: every voxel whose centre is no further from the place than the radius (square: no further
 * along any axis) and, cut by a plane, no further from that than half a voxel. Where that is no voxel, the one nearest to the place.
 * Distances are in µm times quarters of a voxel, so that all of it is whole numbers.
 */
import { ceilDiv, floorDiv, isqrt, nearestVoxel } from './exact.ts'
import { Q, type VoxelBox } from './grid.ts'
import type { Ball, Stroke } from './shape.ts'
import type { SliceBits } from './sliceBits.ts'

type Triple = readonly [number, number, number]

/** |a·x + b·y + c·z − d| ≤ half, of voxel centres. */
interface Slab {
  readonly across: Triple
  readonly offset: number
  readonly half: number
}

export class Brush {
  readonly #spacingUm: Triple
  readonly #square: boolean
  readonly #slab: Slab | null
  /** The radius, and how far from its place a brush may cover at all: the nearest voxel can lie outside the radius. */
  readonly #radius: number
  readonly #reach: Triple

  constructor(shape: Stroke | Ball, spacingUm: Triple) {
    this.#spacingUm = spacingUm
    this.#square = shape.shape === 'stroke' && shape.square
    this.#slab = shape.shape === 'ball' && shape.slab ? slabOf(shape, spacingUm) : null
    this.#radius = Q * shape.radiusUm
    this.#reach = spacingUm.map((s) => Math.max(this.#radius, (Q / 2) * s)) as unknown as Triple
  }

  /** May a brush set down here cover voxels of the box? */
  touches(box: VoxelBox, x: number, y: number, z: number): boolean {
    return (
      this.#spans(0, x, box.x0, box.x1) &&
      this.#spans(1, y, box.y0, box.y1) &&
      this.#spans(2, z, box.z0, box.z1)
    )
  }

  /** −1 where a brush set down here lies below slice z, 1 where above, 0 where it may cover something of it. */
  side(place: number, z: number): -1 | 0 | 1 {
    const far = (place - Q * z) * this.#spacingUm[2]
    return far > this.#reach[2] ? 1 : far < -this.#reach[2] ? -1 : 0
  }

  #spans(axis: 0 | 1 | 2, place: number, low: number, high: number): boolean {
    const s = this.#spacingUm[axis]
    const reach = this.#reach[axis]
    return place * s + reach >= Q * s * low && place * s - reach <= Q * s * (high - 1)
  }

  /** Is the nearest voxel all that it covers, though outside the radius or the slab? */
  isLonely(x: number, y: number, z: number): boolean {
    const [vx, vy, vz] = [nearestVoxel(x), nearestVoxel(y), nearestVoxel(z)]
    const [first, end] = this.#row(x, y, z, vy, vz)
    if (first <= vx && vx < end) return false
    // Where the radius leaves out the nearest voxel it leaves out all; a slab may leave it out and have others.
    return this.#slab === null || !this.#hasAny(x, y, z)
  }

  #hasAny(x: number, y: number, z: number): boolean {
    const [, sy, sz] = this.#spacingUm
    const radius = this.#radius
    for (let vz = ceilDiv(z * sz - radius, Q * sz); vz * Q * sz <= z * sz + radius; vz++) {
      for (let vy = ceilDiv(y * sy - radius, Q * sy); vy * Q * sy <= y * sy + radius; vy++) {
        const [first, end] = this.#row(x, y, z, vy, vz)
        if (first < end) return true
      }
    }
    return false
  }

  /** What it covers of one slice within the box. */
  stamp(box: VoxelBox, x: number, y: number, z: number, slice: number, into: SliceBits): void {
    const sy = this.#spacingUm[1]
    const low = Math.max(box.y0, ceilDiv(y * sy - this.#radius, Q * sy))
    const high = Math.min(box.y1 - 1, floorDiv(y * sy + this.#radius, Q * sy))
    for (let line = low; line <= high; line++) {
      const [first, end] = this.#row(x, y, z, line, slice)
      into.set(line, Math.max(first, box.x0), Math.min(end, box.x1))
    }
  }

  /** The covered voxels of one row, the end not part of them; empty where the first is not below the end. */
  #row(x: number, y: number, z: number, vy: number, vz: number): readonly [number, number] {
    const [sx, sy, sz] = this.#spacingUm
    const dy = Math.abs(Q * vy - y) * sy
    const dz = Math.abs(Q * vz - z) * sz
    const radius = this.#radius
    if (dy > radius || dz > radius) return NOTHING
    let width = radius
    if (!this.#square) {
      const rest = radius * radius - dy * dy - dz * dz
      if (rest < 0) return NOTHING
      width = isqrt(rest)
    }
    const first = ceilDiv(x * sx - width, Q * sx)
    const end = floorDiv(x * sx + width, Q * sx) + 1
    return this.#slab === null ? [first, end] : cut(this.#slab, first, end, vy, vz)
  }
}

const NOTHING = [0, 0] as const

function cut(slab: Slab, first: number, end: number, vy: number, vz: number): readonly [number, number] {
  const { across, offset, half } = slab
  const a = Math.abs(across[0])
  const rest = across[1] * vy + across[2] * vz - offset
  if (a === 0) return Math.abs(rest) <= half ? [first, end] : NOTHING
  const middle = across[0] > 0 ? -rest : rest
  return [Math.max(first, ceilDiv(middle - half, a)), Math.min(end, floorDiv(middle + half, a) + 1)]
}

function slabOf({ normal, origin }: Ball, spacingUm: Triple): Slab {
  const n = normal.map((component, axis) => component * (spacingUm[axis] as number))
  const across = n.map((component) => Q * component) as unknown as Triple
  const offset = n.reduce((sum, component, axis) => sum + component * (origin[axis] as number), 0)
  const half = (Q / 2) * n.reduce((sum, component) => sum + Math.abs(component), 0)
  return { across, offset, half }
}
