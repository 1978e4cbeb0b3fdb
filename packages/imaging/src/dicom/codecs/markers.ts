/**
 * The segments before the pixels. The size a codestream states of itself is read before any decoder sees it: JPEG and JPEG-LS frame headers (T.81 B.2.2, T.87 C.2.2),
 * JPEG 2000 SIZ (T.800 A.5.1). A stream whose size is not that of the picture is a fault.
 */
import { grouped, ImagingFault } from '../../fault.ts'
import type { FrameSize } from './codec.ts'

export interface Stated {
  readonly rows: number
  readonly columns: number
  readonly components: number
  readonly precision: number
  /** Second byte of the start-of-frame marker, or 0x51 for JPEG 2000. */
  readonly marker: number
}

/** Start of scan: the last segment before entropy-coded data. */
export const SOS = 0xda

export interface Segment {
  /** Second byte of its marker. */
  readonly marker: number
  /** What follows its length. */
  readonly body: Uint8Array
  /** First byte behind it. */
  readonly end: number
}

/**
 * The segments of a JPEG or JPEG-LS stream up to its scan header, which is the last one given (T.81 B.1.1); from the start, or from
 * behind a scan. A broken chain is a fault.
 */
export function* segmentsOf(coded: Uint8Array, from = 2): Generator<Segment> {
  if (coded[0] !== 0xff || coded[1] !== 0xd8) broken()
  for (let at = from; ; ) {
    if (coded[at] !== 0xff) broken()
    const marker = coded[at + 1] as number
    if (marker === 0xff) {
      at += 1 // fill byte (B.1.1.2)
      continue
    }
    const end = at + 2 + u16(coded, at + 2)
    if (end < at + 4 || end > coded.length) broken()
    yield { marker, body: coded.subarray(at + 4, end), end }
    if (marker === SOS) return
    at = end
  }
}

export function statedByJpeg(coded: Uint8Array): Stated {
  for (const { marker, body } of segmentsOf(coded)) {
    if (!isStartOfFrame(marker) || body.length < 6) continue
    return {
      marker,
      precision: body[0] as number,
      rows: u16(body, 1),
      columns: u16(body, 3),
      components: body[5] as number,
    }
  }
  return broken()
}

/** For decoders of one process: also that the stream is of that process. */
export function statedAs(coded: Uint8Array, size: FrameSize, marker: number, name: string): Stated {
  const stated = statedByJpeg(coded)
  assertSize(stated, size)
  if (stated.marker !== marker)
    throw new ImagingFault('damaged', `its compressed picture is not ${name} as announced`)
  return stated
}

export function statedByJpeg2000(coded: Uint8Array): Stated {
  for (let at = 0; at + 43 < coded.length; at++) {
    // A JP2 box may stand before the codestream, though it should not (PS3.5 A.4.4).
    if (coded[at] !== 0xff || coded[at + 1] !== 0x4f || coded[at + 2] !== 0xff || coded[at + 3] !== 0x51)
      continue
    const siz = at + 4
    return {
      marker: 0x51,
      columns: u32(coded, siz + 4) - u32(coded, siz + 12),
      rows: u32(coded, siz + 8) - u32(coded, siz + 16),
      components: u16(coded, siz + 36),
      precision: ((coded[siz + 38] as number) & 0x7f) + 1,
    }
  }
  return broken()
}

export function assertSize(stated: Stated, size: FrameSize): void {
  if (stated.components !== size.samples) {
    throw new ImagingFault(
      'damaged',
      `the header says ${size.samples} values per pixel, the compressed picture ${stated.components}`,
    )
  }
  if (stated.rows !== size.rows || stated.columns !== size.columns) {
    const says = `${grouped(size.rows)} × ${grouped(size.columns)}`
    throw new ImagingFault(
      'damaged',
      `the header says ${says}, the compressed picture ${grouped(stated.rows)} × ${grouped(stated.columns)}`,
    )
  }
  if (stated.precision > 16) throw new ImagingFault('unsupported', `${stated.precision} bits per pixel`)
}

/** Both libraries fill in what a cut stream lacks without a word; a whole one ends with its end mark (EOI, EOC), before any padding. */
export function assertEnded(coded: Uint8Array): void {
  let end = coded.length
  while (end > 2 && (coded[end - 1] === 0 || coded[end - 1] === 0xff)) end -= 1
  if (coded[end - 1] !== 0xd9 || coded[end - 2] !== 0xff) {
    throw new ImagingFault('truncated', 'its compressed picture ends early')
  }
}

/** What Adobe's segment says of the colours: 0 as they are, 1 luminance and chrominance; null where there is none (T.872 6.5.3). */
export function adobeTransform(coded: Uint8Array): number | null {
  for (const { marker, body } of segmentsOf(coded)) {
    const name = String.fromCharCode(...body.subarray(0, 5))
    if (marker === 0xee && name === 'Adobe' && body.length >= 12) return body[11] as number
  }
  return null
}

/** Whether the components were mixed before coding, so that the decoder gives red, green and blue (T.800 A.6.1). */
export function isMixedJpeg2000(coded: Uint8Array): boolean {
  for (let at = 0; at + 8 < coded.length && !(coded[at] === 0xff && coded[at + 1] === 0x90); at++)
    if (coded[at] === 0xff && coded[at + 1] === 0x52) return coded[at + 8] === 1
  return false
}

/** SOF0-15 without DHT, JPG and DAC, and SOF55 of JPEG-LS. */
export const isStartOfFrame = (marker: number): boolean =>
  (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) ||
  marker === 0xf7

export const u16 = (bytes: Uint8Array, at: number): number =>
  ((bytes[at] as number) << 8) | (bytes[at + 1] as number)
const u32 = (bytes: Uint8Array, at: number): number => u16(bytes, at) * 65536 + u16(bytes, at + 2)

export function broken(): never {
  throw new ImagingFault('damaged', 'its compressed picture does not begin as it should')
}
