/**
 * How far a brush reaches along x, by how far a row lies from its place along y and z. Few radii are in use at a time and what a row depends
 * on are whole numbers of quarters, so this is found once and looked up for every row; what is remembered is bounded, since radii are
 * chosen by whoever paints.
 */
import { ceilDiv, floorDiv, isqrt } from './exact.ts'
import { Q } from './grid.ts'

/** Numbers remembered; beyond it everything is forgotten. */
const MOST_REMEMBERED = 1 << 20

/**
 * At [2d] and [2d + 1], where the row begins and ends (not covered) whose y is d quarters away, counted from the voxel x / 4, rounded down.
 * Rows farther away than it is long cover nothing.
 */
export type Extents = Int32Array

export type FindExtents = (radiusUm: number, square: boolean, dz: number, phase: number) => Extents

/** @param dz quarters between place and slice, ≥ 0; `phase`: quarters of the place above its voxel along x, 0 to 3 */
export function createExtents(spacingUm: readonly [number, number, number]): FindExtents {
  const [sx, sy, sz] = spacingUm
  const known = new Map<number, Map<number, Extents>>()
  let remembered = 0

  const find = (radiusUm: number, square: boolean, dz: number, phase: number): Extents => {
    const radius = Q * radiusUm
    const away = dz * sz
    if (away > radius) return new Int32Array(0)
    const rest = radius * radius - away * away
    const count = 1 + floorDiv(square ? radius : isqrt(rest), sy)
    const extents = new Int32Array(2 * count)
    for (let d = 0; d < count; d++) {
      const width = square ? radius : isqrt(rest - (d * sy) ** 2)
      extents[2 * d] = ceilDiv(phase * sx - width, Q * sx)
      extents[2 * d + 1] = floorDiv(phase * sx + width, Q * sx) + 1
    }
    return extents
  }

  return (radiusUm, square, dz, phase) => {
    const brush = 2 * radiusUm + (square ? 1 : 0)
    let ofBrush = known.get(brush)
    if (ofBrush === undefined) known.set(brush, (ofBrush = new Map()))
    const key = Q * dz + phase
    const old = ofBrush.get(key)
    if (old !== undefined) return old
    const extents = find(radiusUm, square, dz, phase)
    remembered += extents.length
    if (remembered > MOST_REMEMBERED) {
      known.clear()
      remembered = extents.length
      ofBrush = new Map()
      known.set(brush, ofBrush)
    }
    ofBrush.set(key, extents)
    return extents
  }
}
