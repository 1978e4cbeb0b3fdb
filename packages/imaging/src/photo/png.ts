/**
 * PNG (W3C PNG, third edition; ISO/IEC 15948): the header, palette, transparency and pixels. Every other chunk (texts, times, profiles) is
 * passed over unread; of EXIF only which way is up. Unpacked bytes are bounded by what width, height and depth make of the header.
 */
import type { Beside, Instance } from '../dicom/instance.ts'
import { DEFAULT_LIMITS, type Limits } from '../dicom/limits.ts'
import { faulted, plain } from '../dicom/read.ts'
import { ascii } from '../dicom/start.ts'
import { ImagingFault } from '../fault.ts'
import { inflateTo } from '../inflate.ts'
import { orientationOf, upright } from './orientation.ts'
import { assertPhotoSize, instanceOf } from './picture.ts'
import { checked, type PngHeader, readPngHeader } from './pngHeader.ts'
import { linesBytes, unfiltered } from './pngLines.ts'
import { pictureOf, type Raster } from './samples.ts'

/** @throws ImagingFault where the file is not one that can be shown; no other error leaves */
export function readPng(file: Uint8Array, limits: Partial<Limits> = {}): Promise<Instance> {
  return faulted(async () => {
    const { header, palette, transparency, exif, packed, beside } = chunksOf(plain(file))
    assertPhotoSize(header.columns, header.rows, { ...DEFAULT_LIMITS, ...limits })
    const lines = await inflateTo(linesBytes(header), packed, 'deflate')
    const raster = coloured(header, unfiltered(lines, header), palette, transparency)
    const picture = upright(pictureOf(raster), exif === null ? 1 : orientationOf(exif))
    return instanceOf([picture], { bits: header.bits, lossy: false, beside })
  })
}

interface Chunks {
  readonly header: PngHeader
  readonly palette: Uint8Array | null
  readonly transparency: Uint8Array | null
  readonly exif: Uint8Array | null
  /** Parts of one zlib stream. */
  readonly packed: readonly Uint8Array[]
  readonly beside: ReadonlySet<Beside>
}

const BESIDE: Record<string, Beside> = {
  eXIf: 'EXIF',
  iCCP: 'ICC profile',
  tEXt: 'texts',
  zTXt: 'texts',
  iTXt: 'texts',
  tIME: 'time',
  pHYs: 'resolution',
}

const SIGNATURE_BYTES = 8

function chunksOf(file: Uint8Array): Chunks {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  let header: PngHeader | null = null
  let palette: Uint8Array | null = null
  let transparency: Uint8Array | null = null
  let exif: Uint8Array | null = null
  const packed: Uint8Array[] = []
  const beside = new Set<Beside>()
  for (let at = SIGNATURE_BYTES; ; ) {
    if (at + 12 > file.length) throw new ImagingFault('truncated', 'the file ends before its end mark')
    const length = view.getUint32(at)
    const type = ascii(file, at + 4, 4)
    if (at + 12 + length > file.length)
      throw new ImagingFault('truncated', 'the file ends inside of one of its parts')
    const body = file.subarray(at + 8, at + 8 + length)
    const sum = view.getUint32(at + 8 + length)
    if (header === null && type !== 'IHDR')
      throw new ImagingFault('damaged', 'it does not begin with its header')
    if (type === 'IHDR') header = readPngHeader(checked(type, body, sum))
    else if (type === 'PLTE') palette = checked(type, body, sum)
    else if (type === 'tRNS') transparency = checked(type, body, sum)
    else if (type === 'acTL') throw new ImagingFault('unsupported', 'an animated PNG')
    else if (type === 'IDAT') packed.push(body)
    else if (type === 'IEND') break
    else beside.add(BESIDE[type] ?? 'other data')
    if (type === 'eXIf') exif = body
    at += 12 + length
  }
  return { header: header as PngHeader, palette, transparency, exif, packed, beside }
}

function coloured(
  header: PngHeader,
  values: Uint8Array | Uint16Array,
  palette: Uint8Array | null,
  transparency: Uint8Array | null,
): Raster {
  const { columns, rows, bits, samples } = header
  if (header.indexed) return throughPalette(header, values, palette, transparency)
  const raster = { columns, rows, values, samples, bits } as const
  if (transparency === null || samples === 2 || samples === 4) return raster
  // One colour, in 16 bits per sample, stands for "nothing here" (11.3.1.1).
  const nothing = Array.from(
    { length: samples },
    (_, k) => ((transparency[2 * k] ?? 0) << 8) | (transparency[2 * k + 1] ?? 0),
  )
  for (let at = 0; at < values.length; at += samples)
    if (nothing.every((value, k) => values[at + k] === value)) values.fill(0, at, at + samples)
  return raster
}

function throughPalette(
  { columns, rows }: PngHeader,
  indices: Uint8Array | Uint16Array,
  palette: Uint8Array | null,
  transparency: Uint8Array | null,
): Raster {
  if (palette === null || palette.length % 3 !== 0) throw new ImagingFault('damaged', 'it lacks its palette')
  const values = new Uint8Array(indices.length * 4)
  for (let k = 0, to = 0; k < indices.length; k++, to += 4) {
    const index = indices[k] as number
    if (index * 3 >= palette.length) throw new ImagingFault('damaged', 'a pixel has no colour in its palette')
    values.set(palette.subarray(index * 3, index * 3 + 3), to)
    values[to + 3] = transparency?.[index] ?? 255
  }
  return { columns, rows, values, samples: 4, bits: 8 }
}
