/** Header -> everything but the pixels: what kind of object this is, whether its pixels are of a kind we read, and what is said of them. */
import type { DataSet } from 'dicom-parser'
import { ImagingFault } from '../fault.ts'
import { patientOrientationOf } from '../patientOrientation.ts'
import type { Identity, Technical, Words } from './instance.ts'
import type { Layout } from './layout.ts'
import { objectOf } from './objects.ts'
import type { Header } from './parse.ts'
import { regionsOf } from './regions.ts'
import { syntaxTitle } from './syntaxes.ts'
import { decimal, decimals, integer, items, uid, word, words } from './values.ts'

/** @throws ImagingFault where the object is no picture, or its pixels are coded in a way we do not read */
export function assertReadable({ data, syntax, mediaClass, transferSyntax }: Header): void {
  const object = objectOf(sopClassOf(data, mediaClass))
  if (object) throw new ImagingFault('not-an-image', `it is ${object}`)
  if (syntax.coding === null) throw new ImagingFault('unsupported', syntaxTitle(transferSyntax))
}

export function technicalOf(header: Header, layout: Layout): Technical {
  const { data, syntax } = header
  const { rows, columns, model, samples, allocated, stored, signed } = layout
  const grey = samples === 1 && model !== 'PALETTE COLOR'
  const regions = regionsOf(data)
  const aspect = aspectOf(data)
  const orientation =
    word(data, 'x00102210') === 'QUADRUPED' ? null : patientOrientationOf(words(data, 'x00200020'))
  return {
    sopClass: sopClassOf(data, header.mediaClass),
    transferSyntax: header.transferSyntax,
    rows,
    columns,
    photometric: !grey ? 'RGB' : isInverse(data, model) ? 'MONOCHROME1' : 'MONOCHROME2',
    bits: { allocated, stored, signed },
    padding: paddingOf(data, signed),
    instanceNumber: integer(data, 'x00200013'),
    acquisitionNumber: integer(data, 'x00200012'),
    sliceThickness: decimal(data, 'x00180050'),
    lossy: syntax.lossy === true || word(data, 'x00282110') === '01',
    ...(aspect !== 1 && { aspect }),
    ...(orientation && { patientOrientation: orientation }),
    ...(items(data, 'x00283000').length > 0 && { mapped: true as const }),
    ...(regions.length > 0 && { regions }),
  }
}

export const wordsOf = (data: DataSet): Words => ({
  modality: word(data, 'x00080060'),
  bodyPart: word(data, 'x00180015'),
  // What the values are after a Modality LUT, its item says itself (ModalityLUTType).
  rescaleType: word(items(data, 'x00283000')[0] ?? data, 'x00283004') || word(data, 'x00281054'),
  units: word(data, 'x00541001'),
  windowNames: words(data, 'x00281055'),
  burnedIn: word(data, 'x00280301'),
  conversion: word(data, 'x00080064'),
})

export const identityOf = (data: DataSet): Identity => ({
  study: uid(data, 'x0020000d'),
  series: uid(data, 'x0020000e'),
  instance: uid(data, 'x00080018'),
  frameOfReference: uid(data, 'x00200052'),
})

export const sopClassOf = (data: DataSet, mediaClass: string): string =>
  standardUid(uid(data, 'x00080016') ?? mediaClass)

/**
 * The least value is white. Files of radiography say it a second time, as the shape of a presentation table (PS3.3 C.11.6); where that alone
 * says so, it counts, as the pictures were meant.
 */
const isInverse = (data: DataSet, model: Layout['model']): boolean =>
  model === 'MONOCHROME1' || word(data, 'x20500020') === 'INVERSE'

/** Vertical to horizontal size of a pixel (PS3.3 C.7.6.3.1.7); 1 where nothing or nonsense is said. */
function aspectOf(data: DataSet): number {
  const [vertical = 1, horizontal = 1] = decimals(data, 'x00280034') ?? []
  const aspect = vertical / horizontal
  return vertical > 0 && horizontal > 0 && aspect > 1e-3 && aspect < 1e3 ? aspect : 1
}

/** US or SS by PixelRepresentation, whatever VR the file names. */
function paddingOf(data: DataSet, signed: boolean): number | null {
  if (data.elements.x00280120?.length !== 2) return null
  return (signed ? data.int16('x00280120') : data.uint16('x00280120')) ?? null
}

/** Only UIDs of the standard itself pass: they name a kind of object, never a person. */
const standardUid = (text: string | null): string =>
  text && /^1\.2\.840\.10008\.[0-9.]{1,40}$/.test(text) ? text : ''
