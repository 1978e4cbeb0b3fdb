/**
 * JPEG lossless, processes 14 and 14 SV1 (T.81 Annex H): Huffman coded differences to one of seven predictions from the neighbours.
 * Ours, because the library at hand lost the last pixel of good streams, left zeros where a stream was cut, and mistook restarts.
 * A stream that ends early or holds a code that is not in its table is a fault; nothing is filled in.
 */
import { ImagingFault } from '../../fault.ts'
import { BitReader } from './bits.ts'
import type { Codec, FrameSize } from './codec.ts'
import { codeIn, numberBehind, readTables, type Table, tableOf } from './huffman.ts'
import { broken, SOS, segmentsOf, statedAs, u16 } from './markers.ts'

interface Scan {
  readonly precision: number
  readonly predictor: number
  readonly pointTransform: number
  readonly restartInterval: number
  /** One for each component. */
  readonly tables: readonly Table[]
  /** First byte of entropy-coded data. */
  readonly start: number
}

const SOF3 = 0xc3
const DHT = 0xc4
const DRI = 0xdd

function decode(coded: Uint8Array, size: FrameSize): Uint8Array | Uint16Array {
  const { precision } = statedAs(coded, size, SOF3, 'lossless JPEG')
  const scan = readScan(coded, precision, size.samples)
  const values = size.rows * size.columns * size.samples
  const out = precision > 8 ? new Uint16Array(values) : new Uint8Array(values)
  decodeScan(coded, scan, size, out)
  if (scan.pointTransform > 0)
    for (let i = 0; i < out.length; i++) out[i] = (out[i] as number) << scan.pointTransform
  return out
}

/** Components take turns, pixel by pixel; each is predicted from its own neighbours. */
function decodeScan(
  coded: Uint8Array,
  scan: Scan,
  { rows, columns, samples }: FrameSize,
  out: Uint8Array | Uint16Array,
): void {
  const bits = new BitReader(coded, scan.start)
  const { predictor, tables, restartInterval } = scan
  const initial = 1 << (scan.precision - scan.pointTransform - 1)
  const mask = scan.precision > 8 ? 0xffff : 0xff
  const above = columns * samples
  let untilRestart = restartInterval
  let fresh = 0 // first pixel of the scan or after a restart, and the line that it stands in
  let freshLine = 0
  for (let y = 0, pixel = 0, i = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++, pixel++) {
      if (restartInterval > 0 && untilRestart-- === 0) {
        bits.restart()
        untilRestart = restartInterval - 1
        fresh = pixel
        freshLine = y
      }
      for (let component = 0; component < samples; component++, i++) {
        let guess: number
        // H.1.2.1: the first line after a start is predicted from the left, the first column from above.
        if (pixel === fresh) guess = initial
        else if (y === freshLine) guess = out[i - samples] as number
        else if (x === 0) guess = out[i - above] as number
        else
          guess = predict(
            predictor,
            out[i - samples] as number,
            out[i - above] as number,
            out[i - above - samples] as number,
          )
        out[i] = (guess + difference(bits, tables[component] as Table)) & mask
      }
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
function difference(bits: BitReader, table: Table): number {
  const ahead = bits.peek16()
  const code = codeIn(ahead, table)
  const category = code & 0xff
  if (category > 16) throw new ImagingFault('damaged', 'its compressed picture has a broken code table')
  if (category < 16) return numberBehind(bits, ahead, code >> 8, category)
  bits.skip(code >> 8)
  return 32768
}

/** Tables (B.2.4.2), restart interval (B.2.4.4) and scan header (B.2.3), of all components in one scan. */
function readScan(coded: Uint8Array, precision: number, samples: number): Scan {
  const known = new Map<number, Uint8Array>()
  let restartInterval = 0
  for (const { marker, body, end } of segmentsOf(coded)) {
    if (marker === DHT) readTables(body, known)
    if (marker === DRI) restartInterval = u16(body, 0)
    if (marker !== SOS) continue
    const components = body[0] as number
    if (components !== samples) {
      throw new ImagingFault('unsupported', 'lossless JPEG with its colours in separate scans')
    }
    const stated = Array.from({ length: samples }, (_, k) => known.get((body[2 + 2 * k] as number) >> 4))
    const [predictor = 0, , shifts = 0] = body.subarray(1 + 2 * samples)
    const pointTransform = shifts & 15
    if (body.length < 4 + 2 * samples || !stated.every((table) => table !== undefined)) break
    if (predictor < 1 || predictor > 7 || pointTransform >= precision) break
    const tables = stated.map(tableOf)
    return { precision, predictor, pointTransform, restartInterval, tables, start: end }
  }
  return broken()
}

/** Every pixel takes at least one bit. */
export const jpegLossless: Codec = { decode, pixelsPerByte: 8 }
