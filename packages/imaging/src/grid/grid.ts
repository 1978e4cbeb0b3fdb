/**
 * A volume as research files store it: one block of voxels, the column index growing fastest, and where it lies in the patient. NIfTI, NRRD
 * and MetaImage differ in how they say it, not in what they say; from here on they are one.
 */
import { dot, isFinite3, length, scale, type Vec3 } from '@consilium/geometry/vec3'
import type { Limits } from '../dicom/limits.ts'
import { grouped, ImagingFault } from '../fault.ts'

export type VoxelType =
  | 'int8'
  | 'uint8'
  | 'int16'
  | 'uint16'
  | 'int32'
  | 'uint32'
  | 'int64'
  | 'uint64'
  | 'float32'
  | 'float64'
  | 'rgb8'

export interface Grid {
  /** Columns, rows, slices, moments. */
  readonly shape: readonly [number, number, number, number]
  readonly type: VoxelType
  readonly littleEndian: boolean
  /** 1 and 0 where the file gives no scaling. */
  readonly slope: number
  readonly intercept: number
  /** null where the file does not say where the voxels lie. */
  readonly affine: Affine | null
  /** mm, where there is no affine: all that the file says. */
  readonly spacing: { readonly row: number; readonly column: number } | null
  /** ms from moment to moment, 0 where unknown. */
  readonly stepMs: number
  /** What the file would like to be shown; null where it does not say. */
  readonly shown: { readonly min: number; readonly max: number } | null
  /** As the file says it, unchecked. */
  readonly modality: string
}

/** LPS, mm: the step of each index, and where voxel 0 0 0 has its centre. */
export interface Affine {
  readonly column: Vec3
  readonly row: Vec3
  readonly slice: Vec3
  readonly origin: Vec3
}

/** Without -0, which reads badly in JSON and hashes differently. */
export function checkedAffine(given: Affine): Affine {
  const affine = {
    column: given.column.map(tidy) as unknown as Vec3,
    row: given.row.map(tidy) as unknown as Vec3,
    slice: given.slice.map(tidy) as unknown as Vec3,
    origin: given.origin.map(tidy) as unknown as Vec3,
  }
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

const tidy = (value: number): number => (value === 0 ? 0 : value)

/** Sizes as a header gives them, in up to four dimensions. */
export function shapeOf(sizes: readonly number[]): Grid['shape'] {
  if (sizes.length < 1 || sizes.some((size) => !(size >= 1 && Number.isSafeInteger(size))))
    throw new ImagingFault('damaged', 'its dimensions are not numbers of voxels')
  const [x = 1, y = 1, z = 1, t = 1] = sizes
  return [x, y, z, t]
}

/** @param bytes of all voxels, and what stands before them */
export function assertGridSize(shape: Grid['shape'], bytes: number, limits: Limits): void {
  if (shape.reduce((product, size) => product * size, 1) > limits.pixels || bytes > limits.inflatedBytes)
    throw new ImagingFault('too-large', `${shape.map(grouped).join(' × ')} voxels`)
}
