/**
 * JPEG lossless, processes 14 and 14 SV1 (T.81 Annex H): Huffman coded differences to one of seven predictions from the neighbours.
 * Ours, because the library at hand lost the last pixel of good streams, left zeros where a stream was cut, and mistook restarts.
 * A stream that ends early or holds a code that is not in its table is a fault; nothing is filled in.
 */
import { ImagingFault } from '../../fault.ts'
import { BitReader } from './bits.ts'
import type { Codec, FrameSize } from './codec.ts'
import { broken, SOS, segmentsOf, statedAs, u16 } from './markers.ts'

interface Scan {
  readonly precision: number
  readonly predictor: number
  readonly pointTransform: number
  readonly restartInterval: number
  /** By the next 16 bits: code length << 8 | value; 0 where no code begins so. */
  readonly table: Uint16Array
  /** First byte of entropy-coded data. */
  readonly start: number
}

const SOF3 = 0xc3
const DHT = 0xc4
const DRI = 0xdd

function decode(coded: Uint8Array, size: FrameSize): Uint8Array | Uint16Array {
  const { precision } = statedAs(coded, size, SOF3, 'lossless JPEG')
  const scan = readScan(coded, precision)
  const pixels = size.rows * size.columns
  const out = precision > 8 ? new Uint16Array(pixels) : new Uint8Array(pixels)
  decodeScan(coded, scan, size, out)
  if (scan.pointTransform > 0)
    for (let i = 0; i < out.length; i++) out[i] = (out[i] as number) << scan.pointTransform
  return out
}

function decodeScan(
  coded: Uint8Array,
  scan: Scan,
  { rows, columns }: FrameSize,
  out: Uint8Array | Uint16Array,
): void {
  const bits = new BitReader(coded, scan.start)
  const { predictor, table, restartInterval } = scan
  const initial = 1 << (scan.precision - scan.pointTransform - 1)
  const mask = scan.precision > 8 ? 0xffff : 0xff
  let untilRestart = restartInterval
  let fresh = 0 // first sample of the scan or after a restart
  for (let y = 0, i = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++, i++) {
      if (restartInterval > 0 && untilRestart-- === 0) {
        bits.restart()
        untilRestart = restartInterval - 1
        fresh = i
      }
      let guess: number
      // H.1.2.1: the first line after a start is predicted from the left, the first column from above.
      if (i === fresh) guess = initial
      else if (y === Math.floor(fresh / columns)) guess = out[i - 1] as number
      else if (x === 0) guess = out[i - columns] as number
      else
        guess = predict(
          predictor,
          out[i - 1] as number,
          out[i - columns] as number,
          out[i - columns - 1] as number,
        )
      out[i] = (guess + difference(bits, table)) & mask
    }
  }
}

/** Table H.1: a left, b above, c above left. */
function predict(predictor: number, a: number, b: number, c: number): number {
  switch (predictor) {
    case 1:
      return a
    case 2:
      return b
    case 3:
      return c
    case 4:
      return a + b - c
    case 5:
      return a + ((b - c) >> 1)
    case 6:
      return b + ((a - c) >> 1)
    default:
      return (a + b) >> 1
  }
}

/** H.1.2.2: category, then that many bits; category 16 stands for 32768 alone. */
function difference(bits: BitReader, table: Uint16Array): number {
  const code = table[bits.peek16()] as number
  if (code === 0) throw new ImagingFault('damaged', 'its compressed picture holds a code that means nothing')
  bits.skip(code >> 8)
  const category = code & 0xff
  if (category === 0) return 0
  if (category === 16) return 32768
  const value = bits.peek16() >> (16 - category)
  bits.skip(category)
  return value < 1 << (category - 1) ? value - (1 << category) + 1 : value
}

/** Tables (B.2.4.2), restart interval (B.2.4.4) and scan header (B.2.3, of one component). */
function readScan(coded: Uint8Array, precision: number): Scan {
  const tables = new Map<number, Uint16Array>()
  let restartInterval = 0
  for (const { marker, body, end } of segmentsOf(coded)) {
    if (marker === DHT) readTables(body, tables)
    if (marker === DRI) restartInterval = u16(body, 0)
    if (marker !== SOS) continue
    const [components, , selectors = 0, predictor = 0, , shifts = 0] = body
    const table = tables.get(selectors >> 4)
    const pointTransform = shifts & 15
    if (body.length < 6 || components !== 1 || !table) break
    if (predictor < 1 || predictor > 7 || pointTransform >= precision) break
    return { precision, predictor, pointTransform, restartInterval, table, start: end }
  }
  return broken()
}

/** B.2.4.2 and Annex C: 16 counts, then values, for each table of the segment. */
function readTables(body: Uint8Array, tables: Map<number, Uint16Array>): void {
  for (let at = 0; at + 17 <= body.length; ) {
    const id = body[at] as number
    const table = new Uint16Array(65536)
    let code = 0
    let value = at + 17
    for (let length = 1; length <= 16; length++, code <<= 1) {
      for (let n = body[at + length] as number; n > 0; n--, code++, value++) {
        const category = body[value]
        if (category === undefined || category > 16 || code >= 1 << length) {
          throw new ImagingFault('damaged', 'its compressed picture has a broken code table')
        }
        table.fill((length << 8) | category, code << (16 - length), (code + 1) << (16 - length))
      }
    }
    tables.set(id & 15, table)
    at = value
  }
}

/** Every pixel takes at least one bit. */
export const jpegLossless: Codec = { decode, pixelsPerByte: 8 }
