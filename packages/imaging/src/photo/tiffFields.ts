/**
 * The directories of a TIFF file (TIFF 6.0 section 2), one per page: the few fields that describe pixels, and no other. A value is read
 * only where it lies inside of the file, a page counts once however the chain runs, and their number is bounded.
 */
import { ImagingFault } from '../fault.ts'

export type Fields = ReadonlyMap<number, readonly number[]>

export interface TiffFile {
  readonly bytes: Uint8Array
  readonly view: DataView
  readonly littleEndian: boolean
  readonly pages: readonly Fields[]
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
    for (const field of (pages.at(-1) as Fields).values()) values += field.length
    at = view.getUint32(end, littleEndian)
  }
  if (pages.length === 0) throw new ImagingFault('not-an-image', 'it holds no picture')
  return { bytes, view, littleEndian, pages }
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
