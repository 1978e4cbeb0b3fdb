/**
 * Points: how many, the first as it is, then how the step changed from one to the next. A hand moves evenly, so most changes are small
 * and both coordinates fit one byte.
 */
import { GRID_LIMITS } from '@consilium/geometry/raster/grid'
import { MalformedAct } from './malformed.ts'
import { firstOf, IN_FULL, isSmall, isTwo, secondOf, toNibbles } from './nibbles.ts'
import type { ByteSink, ByteSource } from './varint.ts'

const FARTHEST = GRID_LIMITS.place

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
  if (count === 0) return points
  // The first point is no step.
  let u = from.signed()
  let v = from.signed()
  let du = 0
  let dv = 0
  for (let i = 0; ; ) {
    if (u > FARTHEST || u < -FARTHEST || v > FARTHEST || v < -FARTHEST)
      throw new MalformedAct('A point lies far outside of the volume.')
    points[i] = u
    points[i + 1] = v
    i += 2
    if (i === points.length) return points
    const byte = from.byte()
    if (byte === IN_FULL) {
      const changeU = from.signed()
      const changeV = from.signed()
      if (isSmall(changeU, changeV)) throw new MalformedAct('A point is written longer than it is.')
      du += changeU
      dv += changeV
    } else {
      if (!isTwo(byte)) throw new MalformedAct('A point is written as no point is.')
      du += firstOf(byte)
      dv += secondOf(byte)
    }
    u += du
    v += dv
  }
}
