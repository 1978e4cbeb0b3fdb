/**
 * One NRRD file in, one Instance out. Attached headers only; axes of space first and at most one of moments after them, or colours of
 * three bytes before them. A reader of ours: see docs/decisions/0014.
 */
import { cross, length, scale, type Vec3 } from '@consilium/geometry/vec3'
import type { Instance } from '../dicom/instance.ts'
import { DEFAULT_LIMITS, type Limits } from '../dicom/limits.ts'
import { faulted, plain } from '../dicom/read.ts'
import { ImagingFault } from '../fault.ts'
import {
  type Affine,
  assertGridSize,
  checkedAffine,
  type Grid,
  shapeOf,
  type VoxelType,
} from '../grid/grid.ts'
import { instanceOf } from '../grid/instance.ts'
import { readVoxels, voxelBytes } from '../grid/voxels.ts'
import { inflateTo } from '../inflate.ts'
import { type NrrdHeader, readHeader } from './header.ts'

/** @throws ImagingFault where the file is not one that can be shown; no other error leaves */
export function readNrrd(file: Uint8Array, limits: Partial<Limits> = {}): Promise<Instance> {
  const bounds = { ...DEFAULT_LIMITS, ...limits }
  return faulted(async () => {
    const bytes = plain(file)
    const header = readHeader(bytes)
    const grid = gridOf(header)
    const size = voxelBytes(grid)
    assertGridSize(grid.shape, size, bounds)
    if (header.encoding === 'raw') return instanceOf(grid, readVoxels(bytes, header.offset, grid))
    return instanceOf(
      grid,
      readVoxels(await inflateTo(size, [bytes.subarray(header.offset)], 'gzip'), 0, grid),
    )
  })
}

function gridOf(header: NrrdHeader): Grid {
  const { type, axes } = axesOf(header)
  const { spacings, unit } = header
  const affine = affineOf(header, axes)
  // Without a patient's space the steps still have a length.
  const [column, row] = axes.map(
    (axis) => (spacings?.[axis] ?? Math.hypot(...(header.directions[axis] ?? []))) * unit,
  )
  return {
    shape: shapeOf(axes.map((axis) => header.sizes[axis] as number)),
    type,
    littleEndian: header.littleEndian,
    slope: 1,
    intercept: 0,
    affine,
    spacing: affine === null && column && row && column > 0 && row > 0 ? { column, row } : null,
    stepMs: 0,
    shown: null,
    modality: '',
  }
}

/** Columns, rows, slices, moments among the file's axes, and what a voxel is. */
function axesOf(header: NrrdHeader): { type: VoxelType; axes: number[] } {
  const axes = header.sizes.map((_, axis) => axis)
  const inSpace = axes.filter((axis) => isOfSpace(header, axis))
  const others = axes.filter((axis) => !inSpace.includes(axis))
  const [other] = others
  if (inSpace.length < 2 || inSpace.length > 3 || others.length > 1)
    throw new ImagingFault(
      'unsupported',
      'NRRD whose axes are not those of a volume, with or without moments',
    )
  if (other === undefined) return { type: header.type, axes: inSpace }
  if (other === 0 && header.sizes[0] === 3 && header.type === 'uint8') return { type: 'rgb8', axes: inSpace }
  if (other === axes.length - 1 && inSpace.length === 3)
    return { type: header.type, axes: [...inSpace, other] }
  throw new ImagingFault('unsupported', 'NRRD with several values in a voxel')
}

const SPACE_KINDS = ['domain', 'space', '???', 'none']

function isOfSpace({ directions, kinds }: NrrdHeader, axis: number): boolean {
  if (directions.length > 0) return directions[axis] !== null
  if (kinds.length > 0) return SPACE_KINDS.includes(kinds[axis] as string)
  return axis < 3 // nothing is said: axes of space, and moments after them
}

function affineOf({ directions, origin, signs, unit }: NrrdHeader, axes: readonly number[]): Affine | null {
  if (directions.length === 0 || signs === null) return null
  const toPatient = (vector: readonly number[] | null | undefined): Vec3 => {
    if (vector?.length !== 3)
      throw new ImagingFault('damaged', 'its voxels have no size or no place in space')
    return vector.map((value, k) => value * unit * (signs[k] as number)) as unknown as Vec3
  }
  const [column, row] = [toPatient(directions[axes[0] as number]), toPatient(directions[axes[1] as number])]
  const third = axes.length > 2 ? directions[axes[2] as number] : null
  const normal = cross(column, row)
  // A single slice has no step of its own; any along the normal will do.
  const slice = third ? toPatient(third) : scale(normal, 1 / length(normal))
  return checkedAffine({ column, row, slice, origin: origin === null ? [0, 0, 0] : toPatient(origin) })
}
