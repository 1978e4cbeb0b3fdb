/**
 * TIFF (TIFF 6.0, Adobe's supplement for deflate): one page, or several of one shape, which become frames; pages that are smaller copies
 * of another are passed over. Grey of 1 to 16 bits, colours, palettes; strips and tiles. A reader of ours: see docs/decisions/0014.
 */
import type { Instance } from '../dicom/instance.ts'
import { DEFAULT_LIMITS, type Limits } from '../dicom/limits.ts'
import { faulted, plain } from '../dicom/read.ts'
import { ImagingFault } from '../fault.ts'
import { upright, valid } from './orientation.ts'
import { instanceOf, type Picture } from './picture.ts'
import { pictureOf, type Raster } from './samples.ts'
import { TAG, type TiffFile, tiffFile } from './tiffFields.ts'
import { type Page, pageOf } from './tiffPage.ts'
import { unpackTo } from './tiffUnpack.ts'

/** @throws ImagingFault where the file is not one that can be shown; no other error leaves */
export function readTiff(file: Uint8Array, limits: Partial<Limits> = {}): Promise<Instance> {
  const bounds = { ...DEFAULT_LIMITS, ...limits }
  return faulted(async () => {
    const tiff = tiffFile(plain(file))
    const whole = tiff.pages.filter((fields) => ((fields.get(TAG.subfile)?.[0] ?? 0) & SMALLER_OR_MASK) === 0)
    const pages = whole.map((fields) => pageOf(fields, bounds, whole.length))
    const [first] = pages
    if (!first) throw new ImagingFault('not-an-image', 'it holds no picture')
    if (pages.some((page) => !alike(page, first)))
      throw new ImagingFault(
        'unsupported',
        'a TIFF file whose pages are of several shapes; bring them one by one',
      )
    const stored = pages.flatMap((page) => page.byteCounts).reduce((sum, count) => sum + count, 0)
    if (stored > file.length)
      throw new ImagingFault('damaged', 'its parts share their bytes, or lie behind its end')
    const pictures: Picture[] = []
    for (const page of pages) pictures.push(await pictureFrom(tiff, page))
    return instanceOf(pictures, {
      bits: first.bits,
      lossy: false,
      inverted: first.inverted,
      beside: tiff.beside,
    })
  })
}

/** NewSubfileType: a copy of lower resolution, a transparency mask. */
const SMALLER_OR_MASK = 1 | 4

const alike = (a: Page, b: Page): boolean =>
  (['columns', 'rows', 'bits', 'used', 'inverted', 'orientation'] as const).every(
    (key) => a[key] === b[key],
  ) && (a.palette === null) === (b.palette === null)

async function pictureFrom(tiff: TiffFile, page: Page): Promise<Picture> {
  const values = await samplesOf(tiff, page)
  const raster =
    page.palette === null ? { ...page, values, samples: page.used } : throughPalette(page, values)
  return upright(pictureOf(raster), valid(page.orientation))
}

function throughPalette({ columns, rows, palette, bits }: Page, indices: Uint8Array | Uint16Array): Raster {
  const values = new Uint8Array(indices.length * 3)
  const step = 2 ** bits
  for (let k = 0; k < indices.length; k++)
    for (let colour = 0; colour < 3; colour++)
      values[k * 3 + colour] = (palette?.[colour * step + (indices[k] as number)] as number) >> 8
  return { columns, rows, values, samples: 3, bits: 8 }
}

/** The used samples of every pixel, sample beside sample. */
async function samplesOf(
  { bytes, view, littleEndian }: TiffFile,
  page: Page,
): Promise<Uint8Array | Uint16Array> {
  const { columns, rows, bits, samples, used, tile, planar } = page
  const values = new (bits === 16 ? Uint16Array : Uint8Array)(columns * rows * used)
  const across = Math.ceil(columns / tile.columns)
  const down = Math.ceil(rows / tile.rows)
  const inPart = planar ? 1 : samples
  const lineBytes = Math.ceil((tile.columns * inPart * bits) / 8)
  for (let part = 0; part < across * down * (planar ? used : 1); part++) {
    const plane = Math.floor(part / (across * down))
    const [x, y] = [(part % across) * tile.columns, (Math.floor(part / across) % down) * tile.rows]
    // The last strip ends with the picture, the last tile does not.
    const lines = tile.padded ? tile.rows : Math.min(tile.rows, rows - y)
    const [offset, length] = [page.offsets[part] as number, page.byteCounts[part] as number]
    if (offset + length > view.byteLength)
      throw new ImagingFault('truncated', 'a part of it lies behind its end')
    const packed = bytes.subarray(offset, offset + length)
    const read = readerOf(
      await unpackTo(lineBytes * lines, packed, page.compression),
      page,
      littleEndian,
      lineBytes,
    )
    for (let line = 0; line < lines && y + line < rows; line++) {
      const row = read(line, Math.min(tile.columns, columns - x) * inPart, inPart)
      for (let k = 0, to = ((y + line) * columns + x) * used; k < row.length; k += inPart, to += used)
        if (planar) values[to + plane] = row[k] as number
        else for (let sample = 0; sample < used; sample++) values[to + sample] = row[k + sample] as number
    }
  }
  return values
}

type ReadLine = (line: number, count: number, samples: number) => Uint16Array

function readerOf(part: Uint8Array, page: Page, littleEndian: boolean, lineBytes: number): ReadLine {
  const { bits, differences } = page
  const view = new DataView(part.buffer, part.byteOffset, part.byteLength)
  return (line, count, samples) => {
    const out = new Uint16Array(count)
    const start = line * lineBytes
    for (let k = 0; k < count; k++) {
      if (bits === 16) out[k] = view.getUint16(start + 2 * k, littleEndian)
      else
        out[k] =
          ((part[start + ((k * bits) >> 3)] as number) >> (8 - bits - ((k * bits) & 7))) & (2 ** bits - 1)
      if (differences && k >= samples)
        out[k] = ((out[k] as number) + (out[k - samples] as number)) & (2 ** bits - 1)
    }
    return out
  }
}
