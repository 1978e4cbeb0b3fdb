/**
 * The header of an NRRD file (teem.sourceforge.net/nrrd/format.html): fields of a closed list. Others are passed over where they change
 * nothing of the voxels or their place (content, units of values, key/value pairs), and refused where they would.
 */
import { ImagingFault } from '../fault.ts'
import type { VoxelType } from '../grid/grid.ts'
import { headerText, numbersOf } from '../grid/text.ts'

export interface NrrdHeader {
  readonly type: VoxelType
  /** Fastest first. */
  readonly sizes: readonly number[]
  readonly encoding: 'raw' | 'gzip'
  readonly littleEndian: boolean
  /** First byte of the voxels, as they are encoded. */
  readonly offset: number
  /** For each axis; null where it is none of space. Empty where the file does not say. */
  readonly directions: readonly (readonly number[] | null)[]
  readonly origin: readonly number[] | null
  /** To left, back, up; null where the space is not that of a patient. */
  readonly signs: readonly [number, number, number] | null
  /** mm of a unit. */
  readonly unit: number
  readonly spacings: readonly number[] | null
  /** In lower case; empty where the file does not say. */
  readonly kinds: readonly string[]
}

const TYPES: readonly (readonly [type: VoxelType, names: RegExp])[] = [
  ['int8', /^(signed char|int8|int8_t)$/],
  ['uint8', /^(uchar|unsigned char|uint8|uint8_t)$/],
  ['int16', /^((signed )?short( int)?|int16|int16_t)$/],
  ['uint16', /^(ushort|unsigned short( int)?|uint16|uint16_t)$/],
  ['int32', /^((signed )?int|int32|int32_t)$/],
  ['uint32', /^(uint|unsigned int|uint32|uint32_t)$/],
  ['int64', /^(longlong|(signed )?long long( int)?|int64|int64_t)$/],
  ['uint64', /^(ulonglong|unsigned long long( int)?|uint64|uint64_t)$/],
  ['float32', /^float$/],
  ['float64', /^double$/],
]

const ENCODINGS: Record<string, NrrdHeader['encoding']> = { raw: 'raw', gzip: 'gzip', gz: 'gzip' }

const SPACES: Record<string, readonly [number, number, number]> = {
  'left-posterior-superior': [1, 1, 1],
  lps: [1, 1, 1],
  'right-anterior-superior': [-1, -1, 1],
  ras: [-1, -1, 1],
}
/** ITK turns the first axis of these and not the second (nrrdSpaceLeftAnteriorSuperior in itkNrrdImageIO.cxx): right would be left. */
const DISPUTED = ['left-anterior-superior', 'las']

const UNITS: Record<string, number> = { mm: 1, um: 1e-3, µm: 1e-3, cm: 10, m: 1000 }

export function readHeader(bytes: Uint8Array): NrrdHeader {
  const { lines, end } = headerText(bytes, (line) => line === '')
  const fields = fieldsOf(lines)
  if (fields.has('data file') || fields.has('datafile'))
    throw new ImagingFault(
      'unsupported',
      'an NRRD header whose voxels are in another file; join them into one .nrrd',
    )
  const need = (name: string): string => {
    const said = fields.get(name)
    if (said === undefined) throw new ImagingFault('damaged', `its header lacks the field “${name}”`)
    return said
  }
  for (const name of ['line skip', 'lineskip', 'byte skip', 'byteskip'])
    if (Number(fields.get(name) ?? 0) !== 0)
      throw new ImagingFault('unsupported', 'an NRRD whose voxels do not follow its header')
  const sizes = numbersOf(need('sizes'))
  if (numbersOf(need('dimension'))[0] !== sizes.length || sizes.length > 5)
    throw new ImagingFault('damaged', 'its dimensions are not numbers of voxels')
  const type = typeOf(need('type').toLowerCase())
  const space = fields.get('space')?.toLowerCase() ?? ''
  const perAxis = <T>(values: T[]): T[] => {
    if (values.length !== sizes.length) throw new ImagingFault('damaged', 'its axes are of several numbers')
    return values
  }
  const spacings = fields.get('spacings')
  const origin = fields.get('space origin')
  return {
    type,
    sizes,
    encoding: encodingOf(need('encoding').toLowerCase()),
    littleEndian: /^u?int8$/.test(type) || endianOf(need('endian').toLowerCase()),
    offset: end,
    directions: perAxisOr([], fields.get('space directions'), (said) => perAxis(vectorsOf(said))),
    origin: origin === undefined ? null : (vectorsOf(origin)[0] ?? null),
    signs: signsOf(space),
    unit: unitOf(fields.get('space units')),
    spacings: perAxisOr(null, spacings, (said) => perAxis(numbersOf(said.replaceAll(/nan|none/gi, '0')))),
    kinds: perAxisOr([], fields.get('kinds'), (said) => perAxis(said.toLowerCase().split(/\s+/))),
  }
}

const perAxisOr = <T, U>(otherwise: U, said: string | undefined, read: (said: string) => T): T | U =>
  said === undefined ? otherwise : read(said)

/** `field: value`; comments (#) and key/value pairs (:=) are not looked at. */
function fieldsOf(lines: readonly string[]): Map<string, string> {
  const fields = new Map<string, string>()
  for (const line of lines.slice(1)) {
    const [, name, value] = /^([a-z ]{1,32}): (.*)$/i.exec(line) ?? []
    if (name === undefined || line.startsWith('#')) continue
    if (fields.has(name.toLowerCase()))
      throw new ImagingFault('damaged', 'a field stands twice in its header')
    fields.set(name.toLowerCase(), (value as string).trim())
  }
  return fields
}

function typeOf(said: string): VoxelType {
  const known = TYPES.find(([, names]) => names.test(said))
  if (!known) throw new ImagingFault('unsupported', 'NRRD with a type of voxels that is not read')
  return known[0]
}

function encodingOf(said: string): NrrdHeader['encoding'] {
  const known = ENCODINGS[said]
  if (known) return known
  throw new ImagingFault('unsupported', 'NRRD in an encoding other than raw and gzip')
}

function endianOf(said: string): boolean {
  if (said !== 'little' && said !== 'big')
    throw new ImagingFault('damaged', 'it does not say its order of bytes')
  return said === 'little'
}

function signsOf(space: string): NrrdHeader['signs'] {
  if (DISPUTED.includes(space))
    throw new ImagingFault(
      'unsupported',
      'NRRD in left-anterior-superior space, which readers understand in two ways; save it in LPS or RAS',
    )
  return SPACES[space] ?? null
}

/** `"mm" "mm" "mm"`: one unit for all. */
function unitOf(said: string | undefined): number {
  const names = new Set((said ?? '"mm"').match(/"[^"]*"/g)?.map((name) => name.slice(1, -1)) ?? [])
  const unit = UNITS[[...names][0] || 'mm']
  if (names.size > 1 || unit === undefined)
    throw new ImagingFault('unsupported', 'NRRD in units of space that are not read')
  return unit
}

/** `(1,0,0) none (0,1,0)`. */
function vectorsOf(said: string): (number[] | null)[] {
  const words = said.replaceAll(/\s*,\s*/g, ',').match(/none|\([^()]*\)/gi) ?? []
  return words.map((word) =>
    word.toLowerCase() === 'none' ? null : numbersOf(word.slice(1, -1).replaceAll(',', ' ')),
  )
}
