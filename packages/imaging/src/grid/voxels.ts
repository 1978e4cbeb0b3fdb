/**
 * Voxels -> one array per slice. Integers come in 16 bits where the whole file fits into them, else in 32; floating-point numbers as
 * they are; RGB as three bytes. Nothing is scaled: slope and intercept stay beside the values, as everywhere in this package.
 */

import type { Pixels } from '../dicom/instance.ts'
import { grouped, ImagingFault } from '../fault.ts'
import type { Grid, VoxelType } from './grid.ts'

type Read = (view: DataView, at: number, littleEndian: boolean) => number

interface Stored {
  readonly bytes: number
  readonly kind: 'signed' | 'unsigned' | 'float' | 'rgb'
  readonly read: Read
}

const TYPES: Record<VoxelType, Stored> = {
  uint8: { bytes: 1, kind: 'unsigned', read: (view, at) => view.getUint8(at) },
  int8: { bytes: 1, kind: 'signed', read: (view, at) => view.getInt8(at) },
  int16: { bytes: 2, kind: 'signed', read: (view, at, le) => view.getInt16(at, le) },
  uint16: { bytes: 2, kind: 'unsigned', read: (view, at, le) => view.getUint16(at, le) },
  int32: { bytes: 4, kind: 'signed', read: (view, at, le) => view.getInt32(at, le) },
  uint32: { bytes: 4, kind: 'unsigned', read: (view, at, le) => view.getUint32(at, le) },
  int64: { bytes: 8, kind: 'signed', read: (view, at, le) => Number(view.getBigInt64(at, le)) },
  uint64: { bytes: 8, kind: 'unsigned', read: (view, at, le) => Number(view.getBigUint64(at, le)) },
  float32: { bytes: 4, kind: 'float', read: (view, at, le) => view.getFloat32(at, le) },
  float64: { bytes: 8, kind: 'float', read: (view, at, le) => view.getFloat64(at, le) },
  rgb8: { bytes: 3, kind: 'rgb', read: (view, at) => view.getUint8(at) },
}

type Voxels = Pick<Grid, 'shape' | 'type' | 'littleEndian'>

/** Bits of a value; of colours those of each. */
export const voxelBits = (type: VoxelType): number => (type === 'rgb8' ? 8 : TYPES[type].bytes * 8)

/** Bytes of all voxels. */
export const voxelBytes = ({ shape, type }: Pick<Voxels, 'shape' | 'type'>): number =>
  shape.reduce((product, size) => product * size, 1) * TYPES[type].bytes

/** Slices of the first moment, then of the second, … */
export function readVoxels(file: Uint8Array, offset: number, voxels: Voxels): Pixels[] {
  const { shape, littleEndian } = voxels
  const { bytes, kind, read } = TYPES[voxels.type]
  const needed = voxelBytes(voxels)
  if (file.length - offset < needed) {
    const held = `${grouped(Math.max(0, file.length - offset))}`
    throw new ImagingFault(
      'truncated',
      `the header promises ${grouped(needed)} bytes of voxels, the file holds ${held}`,
    )
  }
  const size = shape[0] * shape[1]
  const slices = shape[2] * shape[3]
  const slice = (k: number): Uint8Array =>
    file.slice(offset + k * size * bytes, offset + (k + 1) * size * bytes)
  if (kind === 'rgb') return Array.from({ length: slices }, (_, k) => slice(k))
  const view = new DataView(file.buffer, file.byteOffset + offset, needed)
  const Values = arrayFor(view, voxels)
  return Array.from({ length: slices }, (_, k) => {
    const out = new Values(size)
    for (let i = 0, at = k * size * bytes; i < size; i++, at += bytes) out[i] = read(view, at, littleEndian)
    return out
  })
}

function arrayFor(view: DataView, { littleEndian, type }: Voxels) {
  const { bytes, kind, read } = TYPES[type]
  if (kind === 'float') return bytes === 4 ? Float32Array : Float64Array
  if (bytes <= 2) return kind === 'signed' ? Int16Array : Uint16Array
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  for (let at = 0; at < view.byteLength; at += bytes) {
    const value = read(view, at, littleEndian)
    if (value < min) min = value
    if (value > max) max = value
  }
  if (min >= -32768 && max <= 32767) return Int16Array
  if (min >= 0 && max <= 65535) return Uint16Array
  if (min >= -(2 ** 31) && max < 2 ** 31) return Int32Array
  if (min >= 0 && max < 2 ** 32) return Uint32Array
  throw new ImagingFault('unsupported', 'whole numbers of more than 32 bits')
}
