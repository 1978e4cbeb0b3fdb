/**
 * Points: how many, the first as it is, then how the step changed from one to the next. A hand moves evenly, so most changes are small
 * and both coordinates fit one byte.
 */
import { GRID_LIMITS } from '@consilium/geometry/raster/grid'
import { MalformedAct } from './malformed.ts'
import { fromNibbles, IN_FULL, isSmall, toNibbles } from './nibbles.ts'
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
  for (let i = 0; i < count; i++) {
    const [changeU, changeV] = i === 0 ? [from.signed(), from.signed()] : readChange(from)
    const [stepU, stepV] = [du + changeU, dv + changeV]
    if (i > 0) [du, dv] = [stepU, stepV]
    u += stepU
    v += stepV
    if (Math.abs(u) > GRID_LIMITS.place || Math.abs(v) > GRID_LIMITS.place)
      throw new MalformedAct('A point lies far outside of the volume.')
    points[2 * i] = u
    points[2 * i + 1] = v
  }
  return points
}

function readChange(from: ByteSource): readonly [number, number] {
  const byte = from.byte()
  if (byte !== IN_FULL) {
    const small = fromNibbles(byte)
    if (small === null) throw new MalformedAct('A point is written as no point is.')
    return small
  }
  const [a, b] = [from.signed(), from.signed()]
  if (isSmall(a, b)) throw new MalformedAct('A point is written longer than it is.')
  return [a, b]
}
