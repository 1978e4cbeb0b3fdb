/** How the pixels lie in the file (PS3.3 C.7.6.3): what only their readers need. Impossible combinations are faults here, once. */
import type { DataSet } from 'dicom-parser'
import { grouped, ImagingFault } from '../fault.ts'
import type { Limits } from './limits.ts'
import { integer, ushort, word } from './values.ts'

/** What the samples mean in the file; after reading there are grey values and RGB only. */
export type Model =
  | 'MONOCHROME1'
  | 'MONOCHROME2'
  | 'PALETTE COLOR'
  | 'RGB'
  | 'YBR_FULL'
  | 'YBR_FULL_422'
  | 'YBR_PARTIAL_422'
  | 'YBR_RCT'
  | 'YBR_ICT'

export interface Layout {
  readonly rows: number
  readonly columns: number
  readonly frames: number
  /** Values per pixel. */
  readonly samples: 1 | 3
  readonly model: Model
  /** One plane per sample, instead of sample beside sample (PlanarConfiguration 1). */
  readonly planar: boolean
  readonly number: 'integer' | 'float'
  readonly allocated: number
  readonly stored: number
  readonly highBit: number
  readonly signed: boolean
}

export function layoutOf(data: DataSet, limits: Limits): Layout {
  const number = data.elements.x7fe00008 || data.elements.x7fe00009 ? 'float' : 'integer'
  if (number === 'integer' && !data.elements.x7fe00010)
    throw new ImagingFault('not-an-image', 'it holds no pixel data')
  const rows = needed(ushort(data, 'x00280010', 'Rows'), 'Rows')
  const columns = needed(ushort(data, 'x00280011', 'Columns'), 'Columns')
  const frames = framesOf(data)
  if (rows === 0 || columns === 0) throw new ImagingFault('damaged', 'its picture has no rows or no columns')
  const model = modelOf(data)
  const samples = GREY.has(model) ? 1 : 3
  const bits = number === 'float' ? floatOf(data) : bitsOf(data, samples)
  // Two bytes per pixel is the usual; what takes more is counted as more pixels.
  const width = Math.max(2, bits.allocated / 8, samples)
  if (frames > FRAMES_MOST) throw new ImagingFault('too-large', `${grouped(frames)} frames`)
  if ((rows * columns * frames * width) / 2 > limits.pixels) {
    throw new ImagingFault('too-large', `${grouped(rows)} × ${grouped(columns)} × ${grouped(frames)} frames`)
  }
  const planar = samples === 3 && ushort(data, 'x00280006', 'PlanarConfiguration') === 1
  return { rows, columns, frames, samples, model, planar, number, ...bits }
}

/** Frames take memory beside their pixels; no film or volume has so many. */
const FRAMES_MOST = 100_000
const GREY = new Set<Model>(['MONOCHROME1', 'MONOCHROME2', 'PALETTE COLOR'])

const MODELS: readonly Model[] = [
  ...GREY,
  'RGB',
  'YBR_FULL',
  'YBR_FULL_422',
  'YBR_PARTIAL_422',
  'YBR_RCT',
  'YBR_ICT',
]
/** Retired, or of moving pictures; named so that the refusal can say which (PS3.3 C.7.6.3.1.2). */
const NAMED = ['HSV', 'ARGB', 'CMYK', 'YBR_PARTIAL_420', 'XYB']

function modelOf(data: DataSet): Model {
  const samples = ushort(data, 'x00280002', 'SamplesPerPixel') ?? 1
  const said = word(data, 'x00280004').toUpperCase()
  const model = MODELS.find((known) => known === said)
  if (said === '') throw new ImagingFault('damaged', 'it does not say how its values are meant')
  if (!model) {
    const name = NAMED.includes(said) ? ` ${said}` : ''
    throw new ImagingFault('unsupported', `a picture in the colour space${name || ' that it names'}`)
  }
  if (samples !== (GREY.has(model) ? 1 : 3))
    throw new ImagingFault('damaged', `its pixels cannot be ${model} with ${samples} values each`)
  return model
}

type Bits = Pick<Layout, 'allocated' | 'stored' | 'highBit' | 'signed'>

/** Rows and columns of 32 or 64-bit IEEE numbers (PS3.3 C.7.6.24); the bits are all of them. */
function floatOf(data: DataSet): Bits {
  const allocated = data.elements.x7fe00009 ? 64 : 32
  const said = needed(ushort(data, 'x00280100', 'BitsAllocated'), 'BitsAllocated')
  if (said !== allocated)
    throw new ImagingFault('damaged', `its floating-point pixels cannot have ${said} bits`)
  return { allocated, stored: allocated, highBit: allocated - 1, signed: true }
}

function bitsOf(data: DataSet, samples: number): Bits {
  const allocated = needed(ushort(data, 'x00280100', 'BitsAllocated'), 'BitsAllocated')
  const stored = ushort(data, 'x00280101', 'BitsStored') ?? allocated
  const highBit = ushort(data, 'x00280102', 'HighBit') ?? stored - 1
  const representation = ushort(data, 'x00280103', 'PixelRepresentation') ?? 0
  const known = allocated === 8 || allocated === 16 || allocated === 32 || (allocated === 1 && samples === 1)
  if (!known) throw new ImagingFault('unsupported', `${allocated} bits per value`)
  const fits = stored >= 1 && stored <= allocated && highBit < allocated && highBit >= stored - 1
  if (!fits || representation > 1) {
    throw new ImagingFault(
      'damaged',
      `its pixels cannot have ${stored} bits of ${allocated} ending at bit ${highBit}`,
    )
  }
  return { allocated, stored, highBit, signed: representation === 1 }
}

function framesOf(data: DataSet): number {
  if (word(data, 'x00280008') === '') return 1
  const frames = integer(data, 'x00280008')
  if (frames === null || frames < 1)
    throw new ImagingFault('damaged', 'its number of frames is not a number of frames')
  return frames
}

function needed(value: number | null, name: string): number {
  if (value === null) throw new ImagingFault('damaged', `it does not say its ${name}`)
  return value
}
