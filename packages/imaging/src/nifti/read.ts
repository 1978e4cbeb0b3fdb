/**
 * One NIfTI file in, one Instance out, the same form that a DICOM file has: a frame for every slice of every moment, placed in the
 * patient (LPS, mm), stored values beside slope and intercept. Or an ImagingFault that names what is wrong with it.
 * NIfTI has no identity of its own; its free texts are not read.
 */
import { length, scale, type Vec3 } from '@consilium/geometry/vec3'
import type { Frame, Instance, Pixels } from '../dicom/instance.ts'
import { DEFAULT_LIMITS, type Limits } from '../dicom/limits.ts'
import { faulted, plain } from '../dicom/read.ts'
import { grouped, ImagingFault } from '../fault.ts'
import { type Affine, affineOf } from './affine.ts'
import { HEADER_MOST, type NiftiHeader, readHeader } from './header.ts'
import { isGzip, unpack } from './unpack.ts'
import { datatypeOf, readVoxels, voxelBytes } from './voxels.ts'

/** @throws ImagingFault where the file is not one that can be shown; no other error leaves */
export function readNifti(file: Uint8Array, limits: Partial<Limits> = {}): Promise<Instance> {
  const bounds = { ...DEFAULT_LIMITS, ...limits }
  return faulted(async () => {
    const bytes = plain(file)
    const size = (head: Uint8Array): number => sizeOf(readHeader(head), bounds)
    const whole = isGzip(bytes) ? await unpack(bytes, HEADER_MOST, size) : bytes
    const header = readHeader(whole)
    sizeOf(header, bounds)
    const affine = affineOf(header)
    return instanceOf(header, affine, readVoxels(whole, header))
  })
}

/** Bytes of the file unpacked. */
function sizeOf(header: NiftiHeader, limits: Limits): number {
  const [columns, rows, slices, moments] = header.shape
  const bytes = voxelBytes(header)
  if (columns * rows * slices * moments > limits.pixels || header.offset + bytes > limits.inflatedBytes) {
    const shape = header.shape.map(grouped).join(' × ')
    throw new ImagingFault('too-large', `${shape} voxels`)
  }
  return header.offset + bytes
}

function instanceOf(header: NiftiHeader, affine: Affine, pixels: readonly Pixels[]): Instance {
  const { kind, bytes } = datatypeOf(header)
  const [columns, rows, slices] = header.shape
  const first = pixels[0] as Pixels
  return {
    technical: {
      sopClass: '',
      transferSyntax: '',
      rows,
      columns,
      photometric: kind === 'rgb' ? 'RGB' : 'MONOCHROME2',
      bits: {
        allocated: kind === 'rgb' ? 8 : bytes * 8,
        stored: first.BYTES_PER_ELEMENT * 8,
        signed: !(
          first instanceof Uint8Array ||
          first instanceof Uint16Array ||
          first instanceof Uint32Array
        ),
      },
      padding: null,
      instanceNumber: null,
      acquisitionNumber: null,
      sliceThickness: null,
      lossy: false,
    },
    words: { modality: '', bodyPart: '', rescaleType: '', windowNames: [], burnedIn: '' },
    identity: { study: null, series: null, instance: null, frameOfReference: null },
    present: [],
    frames: pixels.map((values, k) => ({
      ...placeOf(header, affine, k % slices),
      ...momentOf(header, Math.floor(k / slices)),
      pixels: values,
    })),
  }
}

function placeOf(
  header: NiftiHeader,
  { column, row, slice, origin }: Affine,
  k: number,
): Omit<Frame, 'pixels'> {
  const { slope, intercept, shown } = header
  const spacing = { row: length(row), column: length(column), at: 'patient' as const }
  const at = [0, 1, 2].map((axis) => (origin[axis] as number) + k * (slice[axis] as number))
  const width = shown.max - shown.min
  return {
    position: at as unknown as Vec3,
    // Growing column index is the first axis of the file, growing row index the second.
    orientation: { row: scale(column, 1 / spacing.column), column: scale(row, 1 / spacing.row) },
    spacing,
    rescale: { slope, intercept },
    windows: width > 0 && Number.isFinite(width) ? [{ center: (shown.max + shown.min) / 2, width }] : [],
  }
}

function momentOf({ shape, stepMs }: NiftiHeader, moment: number): Pick<Frame, 'temporal' | 'timeMs'> {
  if (shape[3] === 1) return {}
  return stepMs > 0 ? { temporal: moment + 1, timeMs: moment * stepMs } : { temporal: moment + 1 }
}
