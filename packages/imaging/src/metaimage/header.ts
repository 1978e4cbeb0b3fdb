/**
 * The header of a MetaImage file (itk.org/Wiki/MetaIO/Documentation): fields of a closed list, the last of which says that the voxels
 * follow. Names, comments and dates are not read.
 */
import { ImagingFault } from '../fault.ts'
import type { VoxelType } from '../grid/grid.ts'
import { headerText, numbersOf } from '../grid/text.ts'

export interface MetaHeader {
  readonly type: VoxelType
  /** Fastest first. */
  readonly sizes: readonly number[]
  readonly littleEndian: boolean
  readonly compressed: boolean
  /** First byte of the voxels, as they are stored, and the first behind them where the file says. */
  readonly offset: number
  readonly end: number
  /** null where the file does not say. */
  readonly spacing: readonly number[] | null
  /** A row for each axis: where it points, in left, back, up. */
  readonly directions: readonly (readonly number[])[]
  readonly origin: readonly number[]
  readonly modality: string
}

const TYPES: Record<string, VoxelType> = {
  MET_CHAR: 'int8',
  MET_UCHAR: 'uint8',
  MET_SHORT: 'int16',
  MET_USHORT: 'uint16',
  MET_INT: 'int32',
  MET_UINT: 'uint32',
  // MetaIO stores a long in four bytes on every machine (metaTypes.h).
  MET_LONG: 'int32',
  MET_ULONG: 'uint32',
  MET_LONG_LONG: 'int64',
  MET_ULONG_LONG: 'uint64',
  MET_FLOAT: 'float32',
  MET_DOUBLE: 'float64',
}

const MODALITIES: Record<string, string> = {
  MET_MOD_CT: 'CT',
  MET_MOD_MR: 'MR',
  MET_MOD_NM: 'NM',
  MET_MOD_US: 'US',
}

export function readHeader(bytes: Uint8Array): MetaHeader {
  const { lines, end } = headerText(bytes, (line) => /^ElementDataFile\s*=/.test(line))
  const fields = fieldsOf(lines)
  const said = (...names: string[]): string | undefined =>
    names.map((name) => fields.get(name)).find((value) => value !== undefined)
  if (said('ElementDataFile')?.toUpperCase() !== 'LOCAL')
    throw new ImagingFault(
      'unsupported',
      'a MetaImage header whose voxels are in another file (.raw); save the two as one .mha',
    )
  if ((said('ObjectType') ?? 'Image').toLowerCase() !== 'image')
    throw new ImagingFault('not-an-image', 'it is another object of MetaIO than an image')
  if (Number(said('HeaderSize') ?? 0) !== 0)
    throw new ImagingFault('unsupported', 'a MetaImage whose voxels do not follow its header')
  if (!isTrue(said('BinaryData') ?? 'True'))
    throw new ImagingFault('unsupported', 'MetaImage with voxels as text')
  const sizes = numbersOf(said('DimSize') ?? '')
  const many = (text: string | undefined, count: number): number[] | null => {
    if (text === undefined) return null
    const values = numbersOf(text)
    if (values.length !== count) throw new ImagingFault('damaged', 'its axes are of several numbers')
    return values
  }
  if (many(said('NDims'), 1)?.[0] !== sizes.length || sizes.length < 2 || sizes.length > 4)
    throw new ImagingFault('unsupported', 'MetaImage that is not of two to four dimensions')
  const n = sizes.length
  const packed = said('CompressedDataSize')
  const matrix = many(said('TransformMatrix', 'Rotation', 'Orientation'), n * n)
  return {
    type: typeOf(said('ElementType') ?? '', Number(said('ElementNumberOfChannels') ?? 1)),
    sizes,
    littleEndian: !isTrue(said('BinaryDataByteOrderMSB', 'ElementByteOrderMSB') ?? 'False'),
    compressed: isTrue(said('CompressedData') ?? 'False'),
    offset: end,
    end: packed === undefined ? bytes.length : end + (numbersOf(packed)[0] as number),
    spacing: many(said('ElementSpacing', 'ElementSize'), n),
    directions: sizes.map((_, axis) => sizes.map((__, k) => matrix?.[axis * n + k] ?? (axis === k ? 1 : 0))),
    origin: many(said('Offset', 'Position', 'Origin'), n) ?? sizes.map(() => 0),
    modality: MODALITIES[said('Modality') ?? ''] ?? '',
  }
}

function fieldsOf(lines: readonly string[]): Map<string, string> {
  const fields = new Map<string, string>()
  for (const line of lines) {
    const [, name, value] = /^\s*([A-Za-z]{1,40})\s*=(.*)$/.exec(line) ?? []
    if (name === undefined) continue
    if (fields.has(name)) throw new ImagingFault('damaged', 'a field stands twice in its header')
    fields.set(name, (value as string).trim())
  }
  return fields
}

function typeOf(said: string, channels: number): VoxelType {
  const type = TYPES[said.replace(/_ARRAY$/, '')]
  if (!type) throw new ImagingFault('unsupported', 'MetaImage with a type of voxels that is not read')
  if (channels === 1) return type
  if (channels === 3 && type === 'uint8') return 'rgb8'
  throw new ImagingFault('unsupported', 'MetaImage with several values in a voxel')
}

const isTrue = (said: string): boolean => /^(t|1)/i.test(said)
