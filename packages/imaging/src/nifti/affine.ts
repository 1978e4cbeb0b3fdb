/**
 * From voxel indices to the patient. NIfTI's axes point right, front, up; ours (as DICOM's) left, back, up. Which of the ways of a header
 * counts is as in nibabel: the sform where its code is above 0, else the qform, else the sizes alone, centred and with x to the left.
 */
import { dot, isFinite3, length, scale, type Vec3 } from '@consilium/geometry/vec3'
import { ImagingFault } from '../fault.ts'
import type { NiftiHeader } from './header.ts'

/** LPS, mm: the step of each index, and where voxel 0 0 0 has its centre. */
export interface Affine {
  readonly column: Vec3
  readonly row: Vec3
  readonly slice: Vec3
  readonly origin: Vec3
}

export function affineOf(header: NiftiHeader): Affine {
  const rows = header.sformCode > 0 ? header.sform : header.qformCode > 0 ? quaternion(header) : sizes(header)
  const at = (k: number): Vec3 => [
    tidy(-(rows[k] as number)),
    tidy(-(rows[4 + k] as number)),
    tidy(rows[8 + k] as number),
  ]
  const affine = { column: at(0), row: at(1), slice: at(2), origin: at(3) }
  const { column, row, slice, origin } = affine
  const good = [column, row, slice].every(
    (step) => isFinite3(step) && length(step) > 1e-6 && length(step) < 1e6,
  )
  if (!good || !isFinite3(origin))
    throw new ImagingFault('damaged', 'its voxels have no size or no place in space')
  const turned = Math.abs(dot(scale(column, 1 / length(column)), scale(row, 1 / length(row))))
  if (turned > 1e-3)
    throw new ImagingFault('unsupported', 'slices whose rows and columns are not at right angles')
  return affine
}

/** Below this (three times the smallest float32 step) the rest of a unit quaternion is rounding. */
const QUATERNION_SLACK = 3 * 2 ** -23

function quaternion({
  quaternion: [b, c, d],
  zooms,
  handedness,
  quaternionOffset: offset,
}: NiftiHeader): number[] {
  const rest = 1 - (b * b + c * c + d * d)
  if (!(rest > -QUATERNION_SLACK)) throw new ImagingFault('damaged', 'its orientation is no rotation')
  const a = rest > QUATERNION_SLACK ? Math.sqrt(rest) : 0
  const [x, y, z] = [zooms[0], zooms[1], zooms[2] * handedness]
  return [
    [(a * a + b * b - c * c - d * d) * x, 2 * (b * c - a * d) * y, 2 * (b * d + a * c) * z, offset[0]],
    [2 * (b * c + a * d) * x, (a * a + c * c - b * b - d * d) * y, 2 * (c * d - a * b) * z, offset[1]],
    [2 * (b * d - a * c) * x, 2 * (c * d + a * b) * y, (a * a + d * d - b * b - c * c) * z, offset[2]],
  ].flat()
}

function sizes({ zooms: [x, y, z], shape: [columns, rows, slices] }: NiftiHeader): number[] {
  const middle = (size: number, count: number): number => (-size * (count - 1)) / 2
  return [
    [-x, 0, 0, -middle(x, columns)],
    [0, y, 0, middle(y, rows)],
    [0, 0, z, middle(z, slices)],
  ].flat()
}

/** -0 reads badly in JSON and hashes differently. */
const tidy = (value: number): number => (value === 0 ? 0 : value)
