import type { Plane } from '@consilium/geometry/plane'
import type { Vec3 } from '@consilium/geometry/vec3'
import { describe, expect, it } from 'vitest'
import { following, offsetBetween } from './linked.ts'

const planeAt = (origin: Vec3, row: Vec3, column: Vec3): Plane => ({
  origin,
  row,
  column,
  rowSpacing: 1,
  columnSpacing: 1,
})
const axial = (z: number): Plane => planeAt([0, 0, z], [1, 0, 0], [0, 1, 0])
const moved = { plane: axial(30), middle: [5, 6, 30] as Vec3, mmPerPixel: 0.4 }
/** About the first axis. */
const tilted = (degrees: number): Plane => {
  const angle = (degrees * Math.PI) / 180
  return planeAt([0, 0, 0], [1, 0, 0], [0, Math.cos(angle), Math.sin(angle)])
}

describe('a pane that is linked to one that was moved', () => {
  it('[V16] brings the same millimetre into its middle, as large, whatever its slices lie apart', () => {
    expect(following(moved, axial(-400))).toEqual({ middle: [5, 6, 30], mmPerPixel: 0.4 })
    expect(following(moved, tilted(9)).middle).toEqual([5, 6, 30])
  })
  it('[V16] keeps its place where it looks in another direction', () => {
    expect(following(moved, tilted(90))).toEqual({ middle: null, mmPerPixel: 0.4 })
    expect(following(moved, tilted(11)).middle).toBeNull()
  })
  it('[V17] linked by hand goes on at the distance it had', () => {
    const offset = offsetBetween([0, 0, 0], [-3, 0, 100])
    expect(following(moved, axial(0), offset).middle).toEqual([2, 6, 130])
  })
})
