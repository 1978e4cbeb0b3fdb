/**
 * The directories of a TIFF file (TIFF 6.0 section 2), one per page: the few fields that describe pixels, and no other. A value is read
 * only where it lies inside of the file, a page counts once however the chain runs, and their number is bounded.
 */
import type { Beside } from '../dicom/instance.ts'
import { ImagingFault } from '../fault.ts'

export type Fields = ReadonlyMap<number, readonly number[]>

export interface TiffFile {
  readonly bytes: Uint8Array
  readonly view: DataView
  readonly littleEndian: boolean
  readonly pages: readonly Fields[]
  readonly beside: ReadonlySet<Beside>
}

export const TAG = {
  subfile: 254,
  columns: 256,
  rows: 257,
  bits: 258,
  compression: 259,
  photometric: 262,
  fillOrder: 266,
  stripOffsets: 273,
  orientation: 274,
  samples: 277,
  rowsPerStrip: 278,
  stripBytes: 279,
  planar: 284,
  predictor: 317,
  palette: 320,
  tileColumns: 322,
  tileRows: 323,
  tileOffsets: 324,
  tileBytes: 325,
  extraSamples: 338,
  sampleFormat: 339,
} as const

const WANTED: ReadonlySet<number> = new Set(Object.values(TAG))
/** Of the others those that are known by name; texts from what was seen to who held the camera. */
const BESIDE: Record<number, Beside> = {
  ...Object.fromEntries(
    [269, 270, 271, 272, 285, 305, 315, 316, 33432].map((tag) => [tag, 'texts'] as const),
  ),
  282: 'resolution',
  283: 'resolution',
  296: 'resolution',
  306: 'time',
  700: 'XMP',
  33723: 'IPTC',
  34665: 'EXIF',
  34675: 'ICC profile',
  34853: 'GPS',
}
/** BYTE, SHORT, LONG: every field above is one of these. */
const WIDTHS: Record<number, number> = { 1: 1, 3: 2, 4: 4 }
const PAGES_MOST = 4096
/** Numbers in the fields of all pages: where each strip or tile lies, and how long it is. */
const VALUES_MOST = 2 ** 22

export function tiffFile(bytes: Uint8Array): TiffFile {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const littleEndian = bytes[0] === 0x49
  if (bytes.length < 8) throw new ImagingFault('truncated', 'the file ends in the middle of its header')
  if (view.getUint16(2, littleEndian) !== 42) throw new ImagingFault('unsupported', 'a BigTIFF file')
  const pages: Fields[] = []
  const seen = new Set<number>()
  const beside = new Set<Beside>()
  let values = 0
  for (let at = view.getUint32(4, littleEndian); at !== 0; ) {
    if (seen.has(at)) throw new ImagingFault('damaged', 'its pages run in a circle')
    if (pages.length === PAGES_MOST)
      throw new ImagingFault('too-large', `a TIFF file of more than ${PAGES_MOST} pages`)
    seen.add(at)
    within(view, at, 2)
    const entries = view.getUint16(at, littleEndian)
    const end = at + 2 + entries * 12
    within(view, at, 2 + entries * 12 + 4)
    pages.push(fieldsOf(view, littleEndian, at + 2, end, VALUES_MOST - values))
    for (let entry = at + 2; entry < end; entry += 12) {
      const tag = view.getUint16(entry, littleEndian)
      if (!WANTED.has(tag)) beside.add(BESIDE[tag] ?? 'other data')
    }
    for (const field of (pages.at(-1) as Fields).values()) values += field.length
    at = view.getUint32(end, littleEndian)
  }
  if (pages.length === 0) throw new ImagingFault('not-an-image', 'it holds no picture')
  return { bytes, view, littleEndian, pages, beside }
}

function fieldsOf(view: DataView, le: boolean, from: number, end: number, most: number): Fields {
  const fields = new Map<number, number[]>()
  let left = most
  for (let at = from; at < end; at += 12) {
    const tag = view.getUint16(at, le)
    const width = WIDTHS[view.getUint16(at + 2, le)]
    if (!WANTED.has(tag) || width === undefined || fields.has(tag)) continue
    const count = view.getUint32(at + 4, le)
    left -= count
    if (left < 0) throw new ImagingFault('too-large', 'its pages are in too many parts')
    const values = count * width <= 4 ? at + 8 : view.getUint32(at + 8, le)
    within(view, values, count * width)
    fields.set(
      tag,
      Array.from({ length: count }, (_, k) => numberAt(view, values + k * width, width, le)),
    )
  }
  return fields
}

function numberAt(view: DataView, at: number, width: number, le: boolean): number {
  if (width === 1) return view.getUint8(at)
  return width === 2 ? view.getUint16(at, le) : view.getUint32(at, le)
}

function within(view: DataView, at: number, length: number): void {
  if (at + length > view.byteLength) throw new ImagingFault('truncated', 'a part of it lies behind its end')
}
