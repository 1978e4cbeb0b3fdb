/** Header -> everything but the pixels: what kind of object this is, whether its pixels are of a kind we read, and how they are stored. */
import type { DataSet } from 'dicom-parser'
import { grouped, ImagingFault } from '../fault.ts'
import type { Identity, Photometric, Technical, Words } from './instance.ts'
import type { Limits } from './limits.ts'
import { objectOf } from './objects.ts'
import type { Header } from './parse.ts'
import { syntaxTitle } from './syntaxes.ts'
import { decimal, integer, uid, ushort, word, words } from './values.ts'

/** How pixels lie in the file; the part of the description only the decoder needs. */
export interface Layout {
  readonly frames: number
  readonly highBit: number
}

export function describe(header: Header, limits: Limits): { technical: Technical; layout: Layout } {
  const { data, syntax } = header
  const sopClass = standardUid(uid(data, 'x00080016') ?? header.mediaClass)
  assertImage(data, sopClass)
  if (syntax.coding === null) throw new ImagingFault('unsupported', syntaxTitle(header.transferSyntax))
  const rows = needed(ushort(data, 'x00280010', 'Rows'), 'Rows')
  const columns = needed(ushort(data, 'x00280011', 'Columns'), 'Columns')
  const frames = framesOf(data)
  if (rows === 0 || columns === 0) throw new ImagingFault('damaged', 'its picture has no rows or no columns')
  if (rows * columns * frames > limits.pixels) {
    throw new ImagingFault('too-large', `${grouped(rows)} × ${grouped(columns)} × ${grouped(frames)} frames`)
  }
  const photometric = photometricOf(data)
  const { allocated, stored, highBit, signed } = bitsOf(data)
  return {
    technical: {
      sopClass,
      transferSyntax: header.transferSyntax,
      rows,
      columns,
      photometric,
      bits: { allocated, stored, signed },
      padding: paddingOf(data, signed),
      instanceNumber: integer(data, 'x00200013'),
      acquisitionNumber: integer(data, 'x00200012'),
      sliceThickness: decimal(data, 'x00180050'),
      lossy: syntax.lossy === true || word(data, 'x00282110') === '01',
    },
    layout: { frames, highBit },
  }
}

export const wordsOf = (data: DataSet): Words => ({
  modality: word(data, 'x00080060'),
  bodyPart: word(data, 'x00180015'),
  rescaleType: word(data, 'x00281054'),
  windowNames: words(data, 'x00281055'),
  burnedIn: word(data, 'x00280301'),
})

export const identityOf = (data: DataSet): Identity => ({
  study: uid(data, 'x0020000d'),
  series: uid(data, 'x0020000e'),
  instance: uid(data, 'x00080018'),
  frameOfReference: uid(data, 'x00200052'),
})

function assertImage(data: DataSet, sopClass: string): void {
  const object = objectOf(sopClass)
  if (object) throw new ImagingFault('not-an-image', `it is ${object}`)
  if (data.elements.x7fe00008 || data.elements.x7fe00009) {
    throw new ImagingFault('unsupported', 'floating-point pixels')
  }
  if (!data.elements.x7fe00010) throw new ImagingFault('not-an-image', 'it holds no pixel data')
}

function photometricOf(data: DataSet): Photometric {
  const samples = ushort(data, 'x00280002', 'SamplesPerPixel') ?? 1
  const photometric = word(data, 'x00280004').toUpperCase()
  if (photometric === 'PALETTE COLOR')
    throw new ImagingFault('unsupported', 'a picture with a colour palette')
  if (samples !== 1) throw new ImagingFault('unsupported', 'a colour picture')
  if (photometric === 'MONOCHROME1' || photometric === 'MONOCHROME2') return photometric
  if (photometric === '') throw new ImagingFault('damaged', 'it does not say how its grey values are meant')
  throw new ImagingFault('unsupported', 'a colour picture')
}

function bitsOf(data: DataSet): { allocated: number; stored: number; highBit: number; signed: boolean } {
  const allocated = needed(ushort(data, 'x00280100', 'BitsAllocated'), 'BitsAllocated')
  const stored = ushort(data, 'x00280101', 'BitsStored') ?? allocated
  const highBit = ushort(data, 'x00280102', 'HighBit') ?? stored - 1
  const representation = ushort(data, 'x00280103', 'PixelRepresentation') ?? 0
  if (allocated !== 8 && allocated !== 16)
    throw new ImagingFault('unsupported', `${allocated} bits per pixel`)
  if (
    stored < 1 ||
    stored > allocated ||
    highBit >= allocated ||
    highBit < stored - 1 ||
    representation > 1
  ) {
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

/** US or SS by PixelRepresentation, whatever VR the file names. */
function paddingOf(data: DataSet, signed: boolean): number | null {
  if (data.elements.x00280120?.length !== 2) return null
  return (signed ? data.int16('x00280120') : data.uint16('x00280120')) ?? null
}

/** Only UIDs of the standard itself pass: they name a kind of object, never a person. */
const standardUid = (text: string | null): string =>
  text && /^1\.2\.840\.10008\.[0-9.]{1,40}$/.test(text) ? text : ''

function needed(value: number | null, name: string): number {
  if (value === null) throw new ImagingFault('damaged', `it does not say its ${name}`)
  return value
}
