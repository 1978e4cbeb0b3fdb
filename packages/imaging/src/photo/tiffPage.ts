/** One page of a TIFF file: how its pixels are stored, checked against what is read here before any of them is touched. */
import type { Limits } from '../dicom/limits.ts'
import { ImagingFault } from '../fault.ts'
import { assertPhotoSize } from './picture.ts'
import { type Fields, TAG } from './tiffFields.ts'
import type { Compression } from './tiffUnpack.ts'

export interface Page {
  readonly columns: number
  readonly rows: number
  readonly bits: 1 | 2 | 4 | 8 | 16
  /** Stored for each pixel, those that are left out included. */
  readonly samples: number
  /** Of them: grey or colours, and opacity. */
  readonly used: 1 | 2 | 3 | 4
  readonly premultiplied: boolean
  readonly inverted: boolean
  /** Red, then green, then blue, of 16 bits. */
  readonly palette: readonly number[] | null
  readonly compression: Compression
  /** Differences to the pixel before instead of values (section 14). */
  readonly differences: boolean
  /** Each sample of all pixels by itself. */
  readonly planar: boolean
  readonly orientation: number
  /** Strips are tiles as wide as the picture. */
  readonly tile: { readonly columns: number; readonly rows: number; readonly padded: boolean }
  readonly offsets: readonly number[]
  readonly byteCounts: readonly number[]
}

const COMPRESSIONS: Record<number, Compression> = {
  1: 'none',
  5: 'lzw',
  8: 'deflate',
  32773: 'packbits',
  32946: 'deflate',
}
const REFUSED: Record<number, string> = {
  2: 'fax coding',
  3: 'fax coding',
  4: 'fax coding',
  6: 'JPEG inside',
  7: 'JPEG inside',
  50000: 'zstd inside',
}
const INVERTED = 0
const RGB = 2
const PALETTE = 3
const PHOTOMETRICS: Record<number, string> = { 5: 'CMYK', 6: 'luminance and chrominance', 8: 'CIE L*a*b*' }

export function pageOf(fields: Fields, limits: Limits, pages: number): Page {
  const one = (tag: number, otherwise: number): number => fields.get(tag)?.[0] ?? otherwise
  const [columns, rows] = [one(TAG.columns, 0), one(TAG.rows, 0)]
  assertPhotoSize(columns, rows, limits, pages)
  if (one(TAG.fillOrder, 1) !== 1)
    throw new ImagingFault('unsupported', 'a TIFF file whose bits run backwards')
  const samples = one(TAG.samples, 1)
  const photometric = one(TAG.photometric, -1)
  const tiled = fields.has(TAG.tileOffsets)
  const tile = tiled
    ? { columns: one(TAG.tileColumns, 0), rows: one(TAG.tileRows, 0), padded: true }
    : { columns, rows: Math.min(rows, one(TAG.rowsPerStrip, rows)), padded: false }
  if (!(tile.columns >= 1 && tile.rows >= 1)) throw new ImagingFault('damaged', 'its parts have no size')
  // Padding of tiles is bounded with the picture: a tile is never much larger.
  if (tile.columns > columns + 4096 || tile.rows > rows + 4096)
    throw new ImagingFault('damaged', 'its parts are larger than the picture')
  const palette = photometric === PALETTE ? (fields.get(TAG.palette) ?? null) : null
  const bits = bitsOf(fields, samples)
  if (photometric === PALETTE && (palette?.length !== 3 * 2 ** bits || samples !== 1 || bits > 8))
    throw new ImagingFault('damaged', 'it lacks its palette')
  const page: Page = {
    columns,
    rows,
    bits,
    samples,
    palette,
    tile,
    ...usedOf(fields, photometric, samples),
    inverted: photometric === INVERTED,
    compression: compressionOf(one(TAG.compression, 1)),
    differences: differencesOf(one(TAG.predictor, 1), bits),
    planar: one(TAG.planar, 1) === 2 && samples > 1,
    orientation: one(TAG.orientation, 1),
    offsets: fields.get(tiled ? TAG.tileOffsets : TAG.stripOffsets) ?? [],
    byteCounts: fields.get(tiled ? TAG.tileBytes : TAG.stripBytes) ?? [],
  }
  const across = Math.ceil(columns / tile.columns)
  const parts = across * Math.ceil(rows / tile.rows) * (page.planar ? samples : 1)
  if (page.offsets.length < parts || page.byteCounts.length < parts)
    throw new ImagingFault('damaged', 'it does not say where its pixels are')
  return page
}

function bitsOf(fields: Fields, samples: number): Page['bits'] {
  const all = fields.get(TAG.bits) ?? [1]
  const [bits = 1] = all
  if (all.some((other) => other !== bits))
    throw new ImagingFault('unsupported', 'a TIFF file of uneven samples')
  const formats = fields.get(TAG.sampleFormat) ?? []
  if (formats.some((format) => format !== 1 && format !== 4))
    throw new ImagingFault('unsupported', 'a TIFF file of floating-point or signed numbers')
  if (bits !== 8 && bits !== 16 && !(samples === 1 && (bits === 1 || bits === 2 || bits === 4)))
    throw new ImagingFault('unsupported', `a TIFF file of ${bits} bits`)
  return bits
}

/** Opacity is the sample after the colours where the file says so (section 18); what comes after that is left out. */
function usedOf(fields: Fields, photometric: number, samples: number): Pick<Page, 'used' | 'premultiplied'> {
  if (photometric < INVERTED || photometric > PALETTE)
    throw new ImagingFault('unsupported', `a TIFF file in ${PHOTOMETRICS[photometric] ?? 'unknown colours'}`)
  const colours = photometric === RGB ? 3 : 1
  if (samples < colours || samples > 64) throw new ImagingFault('damaged', 'its pixels have too few samples')
  const extra = fields.get(TAG.extraSamples)?.[0] ?? 0
  const alpha = samples > colours && (extra === 1 || extra === 2) && photometric !== INVERTED
  return { used: (colours + (alpha ? 1 : 0)) as Page['used'], premultiplied: extra === 1 }
}

function compressionOf(code: number): Compression {
  const known = COMPRESSIONS[code]
  if (known) return known
  throw new ImagingFault(
    'unsupported',
    `a TIFF file with ${REFUSED[code] ?? 'a compression that is not read'}`,
  )
}

function differencesOf(predictor: number, bits: number): boolean {
  if (predictor === 1) return false
  if (predictor === 2 && bits >= 8) return true
  throw new ImagingFault('unsupported', 'a TIFF file with a predictor that is not read')
}
