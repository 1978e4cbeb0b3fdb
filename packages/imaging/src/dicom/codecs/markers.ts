/**
 * The size a codestream states of itself, read before any decoder sees it: JPEG and JPEG-LS frame headers (T.81 B.2.2, T.87 C.2.2),
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

export function statedByJpeg(coded: Uint8Array): Stated {
  if (coded[0] !== 0xff || coded[1] !== 0xd8) broken()
  for (let at = 2; at + 9 < coded.length; ) {
    if (coded[at] !== 0xff) broken()
    const marker = coded[at + 1] as number
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (isStartOfFrame(marker)) {
      return {
        marker,
        precision: coded[at + 4] as number,
        rows: u16(coded, at + 5),
        columns: u16(coded, at + 7),
        components: coded[at + 9] as number,
      }
    }
    if (marker === 0xda) break
    at += 2 + Math.max(2, u16(coded, at + 2))
  }
  return broken()
}

export function statedByJpeg2000(coded: Uint8Array): Stated {
  for (let at = 0; at + 43 < coded.length; at++) {
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
  if (stated.components !== 1) throw new ImagingFault('unsupported', 'a colour picture')
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

/** SOF0-15 without DHT, JPG and DAC, and SOF55 of JPEG-LS. */
const isStartOfFrame = (marker: number): boolean =>
  (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) ||
  marker === 0xf7

const u16 = (bytes: Uint8Array, at: number): number =>
  ((bytes[at] as number) << 8) | (bytes[at + 1] as number)
const u32 = (bytes: Uint8Array, at: number): number => u16(bytes, at) * 65536 + u16(bytes, at + 2)

function broken(): never {
  throw new ImagingFault('damaged', 'its compressed picture does not begin as it should')
}
