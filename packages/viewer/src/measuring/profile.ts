/** Values along a straight line of a shape, mixed of the four pixels around each place (bilinear), a pixel's width apart. */
import { type KindName, kindOf } from '@consilium/crdt-schema/kinds'
import { toPlane } from '@consilium/geometry/plane'
import { add, distance, scale, subtract, type Vec3 } from '@consilium/geometry/vec3'
import type { Sheet } from './sheet.ts'

export interface Profile {
  /** mm from the beginning of the line to its end; px where a pixel counts as 1 mm. */
  readonly places: readonly number[]
  /** Null where there is no picture. */
  readonly values: readonly (number | null)[]
}

/** A line longer than this in pixels is told at places farther apart. */
const MOST_PLACES = 1024

/** The line whose values are told: of kinds that are compared by distance the first one; null where there is none. */
export function lineOf(
  kind: KindName,
  points: readonly Vec3[],
  plane: Sheet['plane'],
): readonly [Vec3, Vec3] | null {
  const { comparedBy, contours } = kindOf(kind)
  if (comparedBy !== 'distance') return null
  const [from, to] = contours(points, plane)[0]?.points ?? []
  return from && to ? [from, to] : null
}

export function profileOn(sheet: Sheet, [from, to]: readonly [Vec3, Vec3]): Profile {
  const { columnSpacing, rowSpacing } = sheet.plane
  const way = subtract(to, from)
  const long = distance(from, to)
  const steps = Math.max(1, Math.min(MOST_PLACES, Math.ceil(long / Math.min(columnSpacing, rowSpacing))))
  const shares = Array.from({ length: steps + 1 }, (_, i) => i / steps)
  return {
    places: shares.map((share) => share * long),
    values: shares.map((share) => mixedAt(sheet, add(from, scale(way, share)))),
  }
}

/** Null outside of the pixels' centres, and where one of the four that counts has no value. */
function mixedAt(sheet: Sheet, at: Vec3): number | null {
  const { x, y } = toPlane(sheet.plane, at)
  const [left, top] = [Math.floor(x), Math.floor(y)]
  let sum = 0
  for (const [column, row] of [
    [left, top],
    [left + 1, top],
    [left, top + 1],
    [left + 1, top + 1],
  ] as const) {
    const weight = (1 - Math.abs(x - column)) * (1 - Math.abs(y - row))
    if (weight < NOTHING) continue
    if (column < 0 || row < 0 || column >= sheet.columns || row >= sheet.rows) return null
    const value = sheet.valueAt(row * sheet.columns + column)
    if (value === null) return null
    sum += weight * value
  }
  return sum
}

/** A share that is only the rounding of places: a line along the last row must not need the row beyond. */
const NOTHING = 1e-9
