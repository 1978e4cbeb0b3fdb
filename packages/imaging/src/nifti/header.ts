/**
 * The header of a NIfTI-1 (348 bytes) or NIfTI-2 (540 bytes) file, in either byte order: the fields that say how voxels are stored and
 * where they lie (nifti1.h, nifti2.h of the NIfTI Data Format Working Group). Texts (description, file names) are not even looked at.
 */
import { ImagingFault } from '../fault.ts'
import type { VoxelType } from '../grid/grid.ts'

export interface NiftiHeader {
  /** Columns, rows, slices, moments. */
  readonly shape: readonly [number, number, number, number]
  readonly datatype: number
  readonly littleEndian: boolean
  /** First byte of the voxels. */
  readonly offset: number
  /** 1 and 0 where the file gives no scaling. */
  readonly slope: number
  readonly intercept: number
  /** pixdim[1..3]; pixdim[0], which is -1 or 1; pixdim[4] in ms, 0 where unknown. */
  readonly zooms: readonly [number, number, number]
  readonly handedness: number
  readonly stepMs: number
  readonly qformCode: number
  readonly sformCode: number
  readonly quaternion: readonly [b: number, c: number, d: number]
  readonly quaternionOffset: readonly [number, number, number]
  /** Three rows of four. */
  readonly sform: readonly number[]
  /** What the file would like to be shown; equal where it does not say. */
  readonly shown: { readonly min: number; readonly max: number }
}

export const HEADER_MOST = 540

/** @param bytes at least the header, or the whole file where it is shorter */
export function readHeader(bytes: Uint8Array): NiftiHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const size = (littleEndian: boolean): number => (bytes.length < 4 ? 0 : view.getInt32(0, littleEndian))
  const littleEndian = size(true) === 348 || size(true) === HEADER_MOST
  const length = size(littleEndian)
  if (length !== 348 && length !== HEADER_MOST) refuse(bytes)
  if (bytes.length < length) throw new ImagingFault('truncated', 'the file ends in the middle of its header')
  assertSingle(bytes, length)
  const fields = length === 348 ? nifti1(view, littleEndian) : nifti2(view, littleEndian)
  const { dim, pixdim, units, ...rest } = fields
  const spatial = SPATIAL[units & 7] ?? 1
  const temporal = TEMPORAL[units & 0x38] ?? 1000
  const [handedness = 1, x = 0, y = 0, z = 0, t = 0] = pixdim
  if (!(rest.offset >= length + 4 && Number.isSafeInteger(rest.offset)))
    throw new ImagingFault('damaged', 'its voxels would begin inside of its header')
  const scaled = Number.isFinite(rest.slope) && rest.slope !== 0
  if (scaled && !Number.isFinite(rest.intercept))
    throw new ImagingFault('damaged', 'its values are scaled by something that is no number')
  return {
    ...rest,
    littleEndian,
    shape: shapeOf(dim),
    slope: scaled ? rest.slope : 1,
    intercept: scaled ? rest.intercept : 0,
    zooms: [x * spatial, y * spatial, z * spatial],
    handedness: handedness === -1 ? -1 : 1,
    stepMs: t > 0 && Number.isFinite(t) ? t * temporal : 0,
    quaternionOffset: rest.quaternionOffset.map((mm) => mm * spatial) as [number, number, number],
    sform: rest.sform.map((mm) => mm * spatial),
  }
}

/** xyzt_units: metres, mm, micrometres; seconds, ms, µs. What is not said is mm and seconds. */
const SPATIAL: Record<number, number> = { 1: 1000, 2: 1, 3: 1e-3 }
const TEMPORAL: Record<number, number> = { 8: 1000, 16: 1, 24: 1e-3 }

type Fields = Omit<NiftiHeader, 'shape' | 'littleEndian' | 'zooms' | 'handedness' | 'stepMs'> & {
  readonly dim: readonly number[]
  readonly pixdim: readonly number[]
  readonly units: number
}

function nifti1(view: DataView, le: boolean): Fields {
  const floats = (at: number, count: number) =>
    Array.from({ length: count }, (_, k) => view.getFloat32(at + 4 * k, le))
  return {
    dim: Array.from({ length: 8 }, (_, k) => view.getInt16(40 + 2 * k, le)),
    datatype: view.getInt16(70, le),
    pixdim: floats(76, 8),
    offset: view.getFloat32(108, le),
    slope: view.getFloat32(112, le),
    intercept: view.getFloat32(116, le),
    units: view.getUint8(123),
    shown: { max: view.getFloat32(124, le), min: view.getFloat32(128, le) },
    qformCode: view.getInt16(252, le),
    sformCode: view.getInt16(254, le),
    quaternion: floats(256, 3) as [number, number, number],
    quaternionOffset: floats(268, 3) as [number, number, number],
    sform: floats(280, 12),
  }
}

function nifti2(view: DataView, le: boolean): Fields {
  const doubles = (at: number, count: number) =>
    Array.from({ length: count }, (_, k) => view.getFloat64(at + 8 * k, le))
  return {
    datatype: view.getInt16(12, le),
    dim: Array.from({ length: 8 }, (_, k) => Number(view.getBigInt64(16 + 8 * k, le))),
    pixdim: doubles(104, 8),
    offset: Number(view.getBigInt64(168, le)),
    slope: view.getFloat64(176, le),
    intercept: view.getFloat64(184, le),
    shown: { max: view.getFloat64(192, le), min: view.getFloat64(200, le) },
    qformCode: view.getInt32(344, le),
    sformCode: view.getInt32(348, le),
    quaternion: doubles(352, 3) as [number, number, number],
    quaternionOffset: doubles(376, 3) as [number, number, number],
    sform: doubles(400, 12),
    units: view.getInt32(500, le),
  }
}

function shapeOf(dim: readonly number[]): NiftiHeader['shape'] {
  const [count = 0, ...sizes] = dim
  const used = sizes.slice(0, count)
  if (count < 1 || count > 7 || used.some((size) => !(size >= 1 && Number.isSafeInteger(size))))
    throw new ImagingFault('damaged', 'its dimensions are not numbers of voxels')
  if (used.slice(4).some((size) => size > 1))
    throw new ImagingFault('unsupported', 'NIfTI with more than four dimensions')
  const [x = 1, y = 1, z = 1, t = 1] = used
  return [x, y, z, t]
}

const TYPES: Record<number, VoxelType> = {
  2: 'uint8',
  4: 'int16',
  8: 'int32',
  16: 'float32',
  64: 'float64',
  128: 'rgb8',
  256: 'int8',
  512: 'uint16',
  768: 'uint32',
  1024: 'int64',
  1280: 'uint64',
}

const REFUSED: Record<number, string> = {
  1: 'voxels of one bit',
  32: 'complex numbers',
  1536: 'floating-point numbers of 128 bits',
  1792: 'complex numbers',
  2048: 'complex numbers',
  2304: 'colour with transparency',
}

export function typeOf({ datatype }: Pick<NiftiHeader, 'datatype'>): VoxelType {
  const known = TYPES[datatype]
  if (known) return known
  const what = REFUSED[datatype] ?? 'a type of voxels that is not in the standard'
  throw new ImagingFault('unsupported', `NIfTI with ${what}`)
}

/** The voxels must be in the same file: magic n+1 or n+2. */
function assertSingle(bytes: Uint8Array, length: number): void {
  const at = length === 348 ? 344 : 4
  const magic = String.fromCharCode(...bytes.subarray(at, at + 3))
  if (magic === (length === 348 ? 'n+1' : 'n+2') && bytes[at + 3] === 0) return
  if (magic === 'ni1' || magic === 'ni2') {
    throw new ImagingFault(
      'unsupported',
      'a NIfTI header whose voxels are in another file (.img); send the two joined into one .nii',
    )
  }
  if (length === 348 && magic.replaceAll('\0', '') === '')
    throw new ImagingFault('unsupported', 'Analyze 7.5, which does not say right from left')
  throw new ImagingFault('not-nifti', 'it lacks the mark of the format')
}

function refuse(bytes: Uint8Array): never {
  // An MGH volume begins with its version, 1, and four dimensions.
  if (bytes.length >= 284 && bytes[3] === 1 && bytes[0] === 0 && bytes[1] === 0 && bytes[2] === 0)
    throw new ImagingFault('unsupported', 'a FreeSurfer volume (MGH); convert it to NIfTI')
  throw new ImagingFault('not-nifti', 'it does not begin with a NIfTI header')
}
