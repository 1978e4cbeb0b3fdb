/**
 * Where the voxels of a series lie: one step per axis from the centre of the first, left, back and up, mm. What is written for other
 * software, and what comes back from it, is held against this; never against a slice thickness, which places nothing (PS3.3 C.7.6.2).
 */
import { cross, length, scale, subtract, type Vec3 } from '@consilium/geometry/vec3'
import { ExchangeFault } from './fault.ts'

/** What a series says of its geometry; one of the contract and one of imaging both do. */
export interface SeriesGeometry {
  readonly rows: number
  readonly columns: number
  /** mm; slice is null for one slice or uneven gaps. */
  readonly spacing: { readonly row: number; readonly column: number; readonly slice: number | null }
  /** Row, column and normal direction. */
  readonly direction: readonly number[]
  /** Of the first pixel of every slice. */
  readonly positions: readonly (readonly number[])[]
  readonly frameOfReference: string | null
}

export interface Lattice {
  readonly size: readonly [number, number, number]
  /** From voxel to voxel along x, y and z. */
  readonly steps: readonly [Vec3, Vec3, Vec3]
  readonly origin: Vec3
  /** Whether that is a place in a patient, or only how the pixels of a photograph lie to each other. */
  readonly isPlaced: boolean
}

/** @throws ExchangeFault where the slices do not lie evenly */
export function latticeOf(series: SeriesGeometry): Lattice {
  const { rows, columns, spacing, direction, positions } = series
  const at = (k: number): Vec3 => positions[k] as unknown as Vec3
  const [row, column] = [direction.slice(0, 3), direction.slice(3, 6)] as unknown as [Vec3, Vec3]
  const last = positions.length - 1
  if (last > 0 && spacing.slice === null)
    throw new ExchangeFault(
      'The slices of this series are not evenly spaced, and a mask file cannot say where such slices lie.',
    )
  // Slices may be shifted against each other (a tilted gantry), so their step is measured and not taken along the normal.
  const step = last > 0 ? scale(subtract(at(last), at(0)), 1 / last) : cross(row, column)
  return {
    size: [columns, rows, positions.length],
    steps: [scale(row, spacing.column), scale(column, spacing.row), step],
    origin: at(0),
    isPlaced: isPlaced(series),
  }
}

/** A series whose files said nothing stands where nothing was said to be. */
const isPlaced = ({ frameOfReference, spacing, positions, direction }: SeriesGeometry): boolean =>
  frameOfReference !== null ||
  spacing.slice !== null ||
  (positions[0] as readonly number[]).some((mm) => mm !== 0) ||
  direction.some((cosine, k) => cosine !== (k % 4 === 0 ? 1 : 0))

export const stepLengths = ({ steps }: Lattice): [number, number, number] => [
  length(steps[0]),
  length(steps[1]),
  length(steps[2]),
]
