/**
 * Points: how many, the first as it is, then how the step changed from one to the next. A hand moves evenly, so most changes are small
 * and both coordinates fit one byte.
 */
import { GRID_LIMITS } from '@consilium/geometry/raster/grid'
import { MalformedAct } from './malformed.ts'
import { firstOf, IN_FULL, isSmall, isTwo, secondOf, toNibbles } from './nibbles.ts'
import type { ByteSink, ByteSource } from './varint.ts'

export function writePoints(points: Int32Array, to: ByteSink): void {
  to.varint(points.length / 2)
  let [u, v, du, dv] = [0, 0, 0, 0]
  for (let i = 0; i < points.length; i += 2) {
    const stepU = (points[i] as number) - u
    const stepV = (points[i + 1] as number) - v
    if (i > 0 && isSmall(stepU - du, stepV - dv)) to.byte(toNibbles(stepU - du, stepV - dv))
    else {
      if (i > 0) to.byte(IN_FULL)
      to.signed(stepU - du)
      to.signed(stepV - dv)
    }
    // The first point is no step.
    if (i > 0) [du, dv] = [stepU, stepV]
    u += stepU
    v += stepV
  }
}

export function readPoints(from: ByteSource): Int32Array {
  const count = from.count()
  const points = new Int32Array(2 * count)
  let [u, v, du, dv] = [0, 0, 0, 0]
  for (let i = 0; i < points.length; i += 2) {
    const byte = i === 0 ? IN_FULL : from.byte()
    let changeU: number
    let changeV: number
    if (byte === IN_FULL) {
      changeU = from.signed()
      changeV = from.signed()
      if (i > 0 && isSmall(changeU, changeV)) throw new MalformedAct('A point is written longer than it is.')
    } else {
      if (!isTwo(byte)) throw new MalformedAct('A point is written as no point is.')
      changeU = firstOf(byte)
      changeV = secondOf(byte)
    }
    if (i > 0) {
      du += changeU
      dv += changeV
    }
    u += i > 0 ? du : changeU
    v += i > 0 ? dv : changeV
    if (Math.abs(u) > GRID_LIMITS.place || Math.abs(v) > GRID_LIMITS.place)
      throw new MalformedAct('A point lies far outside of the volume.')
    points[i] = u
    points[i + 1] = v
  }
  return points
}
