/**
 * From voxel indices to the patient. NIfTI's axes point right, front, up; ours (as DICOM's) left, back, up. Which of the ways of a header
 * counts is as in nibabel: the sform where its code is above 0, else the qform, else the sizes alone, centred and with x to the left.
 */
import type { Vec3 } from '@consilium/geometry/vec3'
import { ImagingFault } from '../fault.ts'
import { type Affine, checkedAffine } from '../grid/grid.ts'
import type { NiftiHeader } from './header.ts'

export function affineOf(header: NiftiHeader): Affine {
  const rows = header.sformCode > 0 ? header.sform : header.qformCode > 0 ? quaternion(header) : sizes(header)
  const at = (k: number): Vec3 => [-(rows[k] as number), -(rows[4 + k] as number), rows[8 + k] as number]
  return checkedAffine({ column: at(0), row: at(1), slice: at(2), origin: at(3) })
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
