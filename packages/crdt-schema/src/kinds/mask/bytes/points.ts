/**
 * Points: how many, the first as it is, then how the step changed from one to the next. A hand moves evenly, so most changes are small
 * and both coordinates fit one byte.
 */
import { GRID_LIMITS } from '@consilium/geometry/raster/grid'
import { MalformedAct } from './malformed.ts'
import { firstOf, IN_FULL, isSmall, isTwo, secondOf, toNibbles } from './nibbles.ts'
import type { ByteSink, ByteSource } from './varint.ts'

const FARTHEST: number = GRID_LIMITS.place

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

/** Of tens of thousands of acts this is most of the reading: what takes a byte is read as it lies, and all numbers stay small ones. */
export function readPoints(from: ByteSource): Int32Array {
  const count = from.count()
  const points = roomFor(2 * count)
  if (count === 0) return points
  const bytes = from.all
  // The first point is no step.
  let u = placeOf(from.signed())
  let v = placeOf(from.signed())
  let du = 0
  let dv = 0
  points[0] = u
  points[1] = v
  let at = from.at
  for (let i = 2; i < points.length; i += 2) {
    const byte = at < bytes.length ? (bytes[at] as number) : IN_FULL
    if (isTwo(byte)) {
      at += 1
      du += firstOf(byte)
      dv += secondOf(byte)
    } else {
      from.skip(at - from.at)
      const [changeU, changeV] = readInFull(from)
      du = placeOf(du + changeU, MOST_STEP)
      dv = placeOf(dv + changeV, MOST_STEP)
      at = from.at
    }
    u = placeOf(u + du)
    v = placeOf(v + dv)
    points[i] = u
    points[i + 1] = v
  }
  from.skip(at - from.at)
  return points
}

/** Of so many places; what is longer than an eighth of it lies alone. */
const SHEET = 1 << 14
let sheet = new Int32Array(0)
let used = 0

/** Arrays of their own for tens of thousands of acts take longer to make than to fill: short ones share a buffer. Nobody writes what was read. */
function roomFor(length: number): Int32Array {
  if (length > SHEET / 8) return new Int32Array(length)
  if (used + length > sheet.length) {
    sheet = new Int32Array(SHEET)
    used = 0
  }
  used += length
  return new Int32Array(sheet.buffer, 4 * (used - length), length)
}

function readInFull(from: ByteSource): readonly [number, number] {
  if (from.byte() !== IN_FULL) throw new MalformedAct('A point is written as no point is.')
  const change = [from.signed(), from.signed()] as const
  if (isSmall(...change)) throw new MalformedAct('A point is written longer than it is.')
  return change
}

/** From one point to the next. */
const MOST_STEP = 2 * FARTHEST

/** A place, or a step, as a small number. */
function placeOf(n: number, most = FARTHEST): number {
  if (n > most || n < -most) throw new MalformedAct('A point lies far outside of the volume.')
  return n | 0
}
