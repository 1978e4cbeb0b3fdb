/** For tests only: NRRD and MetaImage files in which every field can be made to lie. */
import { deflateSync, gzipSync } from 'node:zlib'

const ARRAYS = {
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  int64: BigInt64Array,
  uint64: BigUint64Array,
  float32: Float32Array,
  float64: Float64Array,
} as const
export type Cell = keyof typeof ARRAYS

export function cellBytes(cell: Cell, values: readonly number[], littleEndian = true): Buffer {
  const wide = cell === 'int64' || cell === 'uint64'
  const cells = wide ? ARRAYS[cell].from(values.map(BigInt)) : ARRAYS[cell].from(values)
  const bytes = Buffer.from(cells.buffer as ArrayBuffer)
  if (littleEndian || cells.BYTES_PER_ELEMENT === 1) return bytes
  if (cells.BYTES_PER_ELEMENT === 2) return bytes.swap16()
  return cells.BYTES_PER_ELEMENT === 4 ? bytes.swap32() : bytes.swap64()
}

/** Fields in this order; undefined leaves one out. */
export type FieldsSaid = Record<string, string | undefined>

const said = (fields: FieldsSaid, sign: string): string =>
  Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}${sign}${value}\n`)
    .join('')

export function nrrdBytes(fields: FieldsSaid, voxels: Uint8Array): Uint8Array {
  const packed = fields.encoding?.startsWith('gz') ? gzipSync(voxels) : voxels
  return Buffer.concat([Buffer.from(`NRRD0005\n# made for a test\n${said(fields, ': ')}\n`), packed])
}

export function metaBytes(fields: FieldsSaid, voxels: Uint8Array): Uint8Array {
  const packed = fields.CompressedData === 'True' ? deflateSync(voxels) : voxels
  const all = { ObjectType: 'Image', ...fields, ElementDataFile: fields.ElementDataFile ?? 'LOCAL' }
  return Buffer.concat([Buffer.from(said(all, ' = ')), packed])
}
