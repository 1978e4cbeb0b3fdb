/** For tests only: series and label files of any kind, with any field of the header changed. */

import type { Runs } from '@consilium/geometry/raster/shape'
import type { Vec3 } from '@consilium/geometry/vec3'
import type { Lattice, SeriesGeometry } from '../lattice.ts'
import { HEADER_BYTES, headerOf } from '../nifti/header.ts'

export interface Placing {
  readonly size?: readonly [number, number, number]
  readonly spacing?: readonly [number, number, number]
  readonly row?: Vec3
  readonly column?: Vec3
  readonly step?: Vec3
  readonly origin?: Vec3
}

/** An axial series: 5 columns, 4 rows, 3 slices. */
export function lattice(placing: Placing = {}): Lattice {
  const { size = [5, 4, 3], spacing = [0.8, 0.7, 2.5], origin = [-30, 12.5, 101] } = placing
  const { row = [1, 0, 0], column = [0, 1, 0], step = [0, 0, 1] } = placing
  const steps = [row, column, step].map((way, k) => way.map((part) => part * (spacing[k] as number)))
  return { size, steps: steps as unknown as Lattice['steps'], origin, isPlaced: true }
}

export function seriesFor(placing: Placing = {}): SeriesGeometry {
  const { size, steps, origin } = lattice(placing)
  const { spacing = [0.8, 0.7, 2.5], row = [1, 0, 0], column = [0, 1, 0] } = placing
  const [a, b, c, d, e, f] = [...row, ...column] as [number, number, number, number, number, number]
  return {
    columns: size[0],
    rows: size[1],
    spacing: { column: spacing[0], row: spacing[1], slice: size[2] > 1 ? spacing[2] : null },
    direction: [a, b, c, d, e, f, b * f - c * e, c * d - a * f, a * e - b * d],
    positions: Array.from({ length: size[2] }, (_, k) =>
      origin.map((mm, axis) => mm + k * (steps[2][axis] ?? 0)),
    ),
    frameOfReference: '1.2.3',
  }
}

type Change = (view: DataView) => void

/** A NIfTI file whose voxels are these values, of 8 bits where `change` says nothing else. */
export function labelFile(
  where: Lattice,
  values: readonly number[] | Uint8Array,
  change: Change = () => {},
): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES + values.length)
  bytes.set(headerOf(where, 'uint8', 1))
  bytes.set(values, HEADER_BYTES)
  change(new DataView(bytes.buffer))
  return bytes
}

/** As rows, from a list of voxels in order. */
export const voxels = (...places: readonly (readonly [x: number, y: number, z: number])[]): Runs => ({
  shape: 'runs',
  rows: Int32Array.from(places.flatMap(([x, y, z]) => [z, y, x, x + 1])),
})
