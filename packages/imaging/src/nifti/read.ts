/**
 * One NIfTI file in, one Instance out, the same form that a DICOM file has: a frame for every slice of every moment, placed in the
 * patient (LPS, mm), stored values beside slope and intercept. Or an ImagingFault that names what is wrong with it.
 * NIfTI has no identity of its own; its free texts are not read.
 */
import type { Instance } from '../dicom/instance.ts'
import { DEFAULT_LIMITS, type Limits } from '../dicom/limits.ts'
import { faulted, plain } from '../dicom/read.ts'
import { assertGridSize, type Grid } from '../grid/grid.ts'
import { instanceOf } from '../grid/instance.ts'
import { readVoxels, voxelBytes } from '../grid/voxels.ts'
import { affineOf } from './affine.ts'
import { HEADER_MOST, type NiftiHeader, readHeader, typeOf } from './header.ts'
import { isGzip, unpack } from './unpack.ts'

/** @throws ImagingFault where the file is not one that can be shown; no other error leaves */
export function readNifti(file: Uint8Array, limits: Partial<Limits> = {}): Promise<Instance> {
  const bounds = { ...DEFAULT_LIMITS, ...limits }
  return faulted(async () => {
    const bytes = plain(file)
    const size = (head: Uint8Array): number => sizeOf(readHeader(head), bounds)
    const whole = isGzip(bytes) ? await unpack(bytes, HEADER_MOST, size) : bytes
    const header = readHeader(whole)
    sizeOf(header, bounds)
    const grid = gridOf(header)
    return instanceOf(grid, readVoxels(whole, header.offset, grid))
  })
}

/** Bytes of the file unpacked. */
function sizeOf(header: NiftiHeader, limits: Limits): number {
  const size = header.offset + voxelBytes({ shape: header.shape, type: typeOf(header) })
  assertGridSize(header.shape, size, limits)
  return size
}

function gridOf(header: NiftiHeader): Grid {
  const { shape, littleEndian, slope, intercept, stepMs, shown } = header
  const type = typeOf(header)
  const affine = affineOf(header)
  return { shape, type, littleEndian, slope, intercept, affine, spacing: null, stepMs, shown, modality: '' }
}
