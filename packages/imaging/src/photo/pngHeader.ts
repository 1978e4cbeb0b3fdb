/** The first chunk of a PNG: its size and the form of its pixels (11.2.1). Nothing but the combinations of the standard is taken. */
import { ImagingFault } from '../fault.ts'

export interface PngHeader {
  readonly columns: number
  readonly rows: number
  /** Of a sample, or of an index into the palette. */
  readonly bits: number
  readonly samples: 1 | 2 | 3 | 4
  readonly indexed: boolean
  readonly interlaced: boolean
}

type Kind = readonly [samples: PngHeader['samples'], bits: readonly number[], indexed?: true]

const KINDS: Record<number, Kind> = {
  0: [1, [1, 2, 4, 8, 16]],
  2: [3, [8, 16]],
  3: [1, [1, 2, 4, 8], true],
  4: [2, [8, 16]],
  6: [4, [8, 16]],
}

export function readPngHeader(body: Uint8Array): PngHeader {
  const [bits = 0, colour = -1, compression, filter, interlace = 2] = body.subarray(8)
  const kind = KINDS[colour]
  if (body.length !== 13 || !kind?.[1].includes(bits) || compression !== 0 || filter !== 0 || interlace > 1)
    throw new ImagingFault('damaged', 'its header is none that a PNG can have')
  const view = new DataView(body.buffer, body.byteOffset)
  const [samples, , indexed = false] = kind
  return {
    columns: view.getUint32(0),
    rows: view.getUint32(4),
    bits,
    samples,
    indexed,
    interlaced: interlace === 1,
  }
}

/** A part that is small and decides much, held against its checksum. The pixels have one of their own (zlib's). */
export function checked(type: string, body: Uint8Array, sum: number): Uint8Array {
  let crc = -1
  for (const byte of [...type].map((letter) => letter.charCodeAt(0))) crc = step(crc, byte)
  for (const byte of body) crc = step(crc, byte)
  if (~crc >>> 0 !== sum) throw new ImagingFault('damaged', 'one of its parts is not what was written')
  return body
}

/** CRC-32 of a byte more (annex D). */
function step(crc: number, byte: number): number {
  let next = crc ^ byte
  for (let bit = 0; bit < 8; bit++) next = next & 1 ? (next >>> 1) ^ 0xedb88320 : next >>> 1
  return next
}
