/**
 * The parts of a JPEG file (T.81 annex B) that make its picture: tables, frame, scans, and the two marks that say how its colours are
 * meant (JFIF, Adobe). Only these reach the decoder; comments, EXIF, profiles, thumbnails and whatever follows the end are left behind.
 */
import { isStartOfFrame, type Segment, SOS, segmentsOf, u16 } from '../dicom/codecs/markers.ts'
import type { Beside } from '../dicom/instance.ts'
import { ascii } from '../dicom/start.ts'
import { ImagingFault } from '../fault.ts'

export interface JpegParts {
  readonly columns: number
  readonly rows: number
  readonly components: number
  /** The picture alone, from SOI to EOI. */
  readonly bare: readonly Uint8Array[]
  /** EXIF's block from its byte order on; null where there is none. */
  readonly exif: Uint8Array | null
  readonly beside: ReadonlySet<Beside>
}

const EOI = 0xd9
/** DHT, DQT, DRI. */
const TABLES = [0xc4, 0xdb, 0xdd]
/** A progressive picture is made of about ten; thousands would make a small file take hours. */
const SCANS_MOST = 100

const PROCESSES: Record<number, string> = {
  195: 'lossless JPEG outside of DICOM',
  247: 'JPEG-LS outside of DICOM',
}

export function jpegParts(file: Uint8Array): JpegParts {
  const bare: Uint8Array[] = [file.subarray(0, 2)]
  const scanned = new Set<number>()
  let frame: Uint8Array | null = null
  let exif: Uint8Array | null = null
  const beside = new Set<Beside>()
  let scans = 0
  let at = 2
  for (;;) {
    for (const segment of segmentsOf(file, at)) {
      const { marker, body, end } = segment
      at = end
      if (isStartOfFrame(marker)) frame = checkedFrame(marker, body, frame)
      if (marker === 0xe1 && ascii(body, 0, 6) === 'Exif\0\0') exif ??= body.subarray(6)
      if (marker === SOS) for (const id of scanComponents(body)) scanned.add(id)
      if (belongs(segment)) bare.push(file.subarray(end - body.length - 4, end))
      else beside.add(besideOf(segment))
    }
    if (++scans > SCANS_MOST) throw new ImagingFault('too-large', `a JPEG of more than ${SCANS_MOST} scans`)
    const end = scanEnd(file, at)
    bare.push(file.subarray(at, end))
    at = end
    if (file[at + 1] === EOI) break
  }
  if (at + 2 < file.length) beside.add('other data')
  bare.push(Uint8Array.of(0xff, EOI))
  if (frame === null) throw new ImagingFault('damaged', 'it does not say its width and height')
  const components = frame[5] as number
  const ids = Array.from({ length: components }, (_, k) => frame[6 + 3 * k])
  if (ids.some((id) => id === undefined || !scanned.has(id)))
    throw new ImagingFault('truncated', 'a part of its colours is missing')
  return { rows: u16(frame, 1), columns: u16(frame, 3), components, bare, exif, beside }
}

function checkedFrame(marker: number, body: Uint8Array, before: Uint8Array | null): Uint8Array {
  if (before !== null) throw new ImagingFault('unsupported', 'a JPEG of several frames (hierarchical)')
  if (marker > 0xc2)
    throw new ImagingFault('unsupported', PROCESSES[marker] ?? 'a JPEG of a coding that no camera uses')
  if (body.length < 6) throw new ImagingFault('damaged', 'it does not say its width and height')
  if (body[0] !== 8) throw new ImagingFault('unsupported', `a JPEG of ${body[0]} bits outside of DICOM`)
  if (body[5] === 4) throw new ImagingFault('unsupported', 'a JPEG in CMYK; save it in RGB')
  if (body[5] !== 1 && body[5] !== 3) throw new ImagingFault('unsupported', `a JPEG of ${body[5]} components`)
  return body
}

/** Components whose first coefficients this scan brings (B.2.3): those of a frame without such a scan would be invented. */
function scanComponents(body: Uint8Array): number[] {
  const count = body[0] ?? 0
  if (body.length < 1 + 2 * count + 3) throw new ImagingFault('damaged', 'one of its parts cannot be read')
  if (body[1 + 2 * count] !== 0) return []
  return Array.from({ length: count }, (_, k) => body[1 + 2 * k] as number)
}

const belongs = ({ marker, body }: Segment): boolean =>
  marker === SOS ||
  TABLES.includes(marker) ||
  isStartOfFrame(marker) ||
  (marker === 0xe0 && ascii(body, 0, 5) === 'JFIF\0') ||
  (marker === 0xee && ascii(body, 0, 5) === 'Adobe')

function besideOf({ marker, body }: Segment): Beside {
  const start = ascii(body, 0, 32)
  if (marker === 0xfe) return 'texts'
  if (marker === 0xe1 && start.startsWith('Exif')) return 'EXIF'
  if (marker === 0xe1 && start.startsWith('http://ns.adobe.com/')) return 'XMP'
  if (marker === 0xe2 && start.startsWith('ICC_PROFILE')) return 'ICC profile'
  return marker === 0xed ? 'IPTC' : 'other data'
}

/** Where entropy-coded data ends: at a marker that is no restart and no stuffed byte (B.1.1.5). */
function scanEnd(file: Uint8Array, from: number): number {
  for (
    let at = file.indexOf(0xff, from);
    at !== -1 && at + 1 < file.length;
    at = file.indexOf(0xff, at + 1)
  ) {
    const next = file[at + 1] as number
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at
  }
  throw new ImagingFault('truncated', 'its compressed picture ends early')
}
