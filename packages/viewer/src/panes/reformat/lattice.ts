/**
 * Whether the slices of a series make a volume, and where each of its voxels lies. Where they do not, one sentence says why: a plane
 * across slices whose places or gaps are not known would show an anatomy that nobody has.
 */

import { cross, dot, isFinite3, length, scale, subtract, type Vec3 } from '@consilium/geometry/vec3'
import { isPlaced } from '@consilium/imaging/hung'
import { isColour } from '../greys.ts'
import type { SeriesMeta } from '../series.ts'

/** Voxel (i, j, k) = column, row, slice lies at origin + row * i * columnSpacing + column * j * rowSpacing + step * k. */
export interface Lattice {
  readonly origin: Vec3
  /** Unit vectors along a row and down a column. */
  readonly row: Vec3
  readonly column: Vec3
  readonly columnSpacing: number
  readonly rowSpacing: number
  /** From a slice to the next, mm; of a tilted series not along the normal. */
  readonly step: Vec3
  readonly columns: number
  readonly rows: number
  readonly slices: number
}

/** A step that strays from the others by more than both of these is another one (1 % of it; 0.01 mm), as where files are read. */
const STRAY_SHARE = 0.01
const STRAY_MM = 0.01
/** Slices that go sideways faster than this share of their step forwards make no volume: 63 degrees, twice the tilt of any gantry. */
const LEAST_FORWARDS = 0.45

/** The volume, or why there is none. */
export function latticeOf(meta: SeriesMeta): Lattice | string {
  if (isColour(meta)) return 'Planes are cut through values; this series is in colour.'
  if (meta.slices < 2)
    return meta.moments > 1
      ? 'A film has one place; there is nothing to cut across.'
      : 'A single picture has no other planes.'
  if (!isPlaced(meta)) return 'The files do not say where the slices lie in the patient.'
  if (meta.spacingAt !== 'patient') return 'The files do not say how large a pixel is in the patient.'
  const row = meta.direction.slice(0, 3)
  const column = meta.direction.slice(3, 6)
  const positions = meta.positions.filter(isFinite3)
  const [origin] = positions
  const last = positions.at(-1)
  if (!isFinite3(row) || !isFinite3(column) || !origin || !last || positions.length !== meta.slices)
    return 'The files do not say where the slices lie in the patient.'
  const step = scale(subtract(last, origin), 1 / (meta.slices - 1))
  const fault = unevenWords(positions)
  if (fault !== null) return fault
  const forwards = Math.abs(dot(step, cross(row, column)))
  if (!(forwards > LEAST_FORWARDS * length(step)))
    return 'The slices lie beside each other rather than behind each other.'
  const { columns, rows, slices, spacing } = meta
  return {
    origin,
    row,
    column,
    columnSpacing: spacing.column,
    rowSpacing: spacing.row,
    step,
    columns,
    rows,
    slices,
  }
}

/** Against the middle one of all steps: a gap among many must be named, not the rest. */
function unevenWords(positions: readonly Vec3[]): string | null {
  const steps = positions.slice(1).map((at, k) => subtract(at, positions[k] as Vec3))
  const usual = steps.toSorted((a, b) => length(a) - length(b))[(steps.length - 1) >> 1] as Vec3
  const most = Math.max(STRAY_MM, STRAY_SHARE * length(usual))
  const stray = steps.findIndex((step) => length(subtract(step, usual)) > most)
  return stray === -1
    ? null
    : `The slices are not evenly spaced (between ${stray + 1} and ${stray + 2} for one), so nothing is computed across them.`
}

/** Voxel of a patient point, in parts of voxels. */
export function toVoxel(lattice: Lattice, at: Vec3): Vec3 {
  const { origin, row, column, columnSpacing, rowSpacing, step } = lattice
  const d = subtract(at, origin)
  const normal = cross(row, column)
  const k = dot(d, normal) / dot(step, normal)
  const inSlice = subtract(d, scale(step, k))
  return [dot(inSlice, row) / columnSpacing, dot(inSlice, column) / rowSpacing, k]
}
