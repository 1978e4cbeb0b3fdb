/**
 * JPEG baseline and extended sequential (T.81 processes 1, 2 and 4): Huffman coded cosine transform, 8 or 12 bits, grey or three
 * components. Ours, because no maintained small library reads 12 bits, and those that read 8 fill in what a cut stream lacks and turn
 * colours by their own guess. Every block is paid for by bits that are there; reading past them is a fault.
 */
import { ImagingFault } from '../../fault.ts'
import { BitReader } from './bits.ts'
import type { Codec, FrameSize } from './codec.ts'
import { codeIn, numberBehind, type Table, tableOf } from './huffman.ts'
import { inverseTransform } from './idct.ts'
import { type Component, type Frame, readFrame, Tables } from './jpegDctHeader.ts'
import { broken, isStartOfFrame, SOS, u16 } from './markers.ts'
import { joined } from './upsample.ts'

/** Figure A.6: where the k-th coefficient stands. */
// biome-ignore format: a table
const ZIGZAG = Uint8Array.of(
  0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
  35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63)

const EOI = 0xd9

function decode(coded: Uint8Array, size: FrameSize): Uint8Array | Uint16Array {
  if (coded[0] !== 0xff || coded[1] !== 0xd8) broken()
  const tables = new Tables()
  let frame: Frame | null = null
  const done = new Set<Component>()
  for (let at = 2; ; ) {
    const marker = coded[at + 1]
    if (coded[at] !== 0xff || marker === undefined) {
      throw new ImagingFault('truncated', 'its compressed picture ends early')
    }
    if (marker === 0xff || marker === EOI) {
      if (marker === EOI) break
      at += 1 // fill byte (B.1.1.2)
      continue
    }
    const end = at + 2 + u16(coded, at + 2)
    if (!(end >= at + 4 && end <= coded.length)) broken()
    const body = coded.subarray(at + 4, end)
    at = end
    if (isStartOfFrame(marker)) frame = frame === null ? readFrame(marker, body, size) : broken()
    else if (marker === SOS) at = readScan(coded, end, body, frame ?? broken(), tables, done)
    else tables.read(marker, body)
  }
  if (frame === null || done.size < frame.components.length)
    throw new ImagingFault('truncated', 'its compressed picture ends early')
  return joined(frame, size)
}

interface Part {
  readonly component: Component
  readonly direct: Table
  readonly alternating: Table
  readonly quantiser: Uint16Array
  /** F.1.1.5.1: differences add up. */
  sum: number
}

/** One scan (B.2.3); returns where the segments go on. */
function readScan(
  coded: Uint8Array,
  start: number,
  header: Uint8Array,
  frame: Frame,
  tables: Tables,
  done: Set<Component>,
): number {
  const count = header[0] as number
  if (count < 1 || count > frame.components.length || header.length < 4 + 2 * count) broken()
  const parts = Array.from({ length: count }, (_, k): Part => {
    const component = frame.components.find(({ id }) => id === header[1 + 2 * k])
    const selected = header[2 + 2 * k] as number
    const direct = tables.codes.get(selected >> 4)
    const alternating = tables.codes.get(16 | (selected & 15))
    const quantiser = component && tables.quantisers.get(component.quantiser)
    if (!component || !direct || !alternating || !quantiser || done.has(component)) return broken()
    done.add(component)
    return { component, direct: tableOf(direct), alternating: tableOf(alternating), quantiser, sum: 0 }
  })
  const bits = new BitReader(coded, start)
  const block = new Int32Array(64)
  const blocks = parts.length === 1 ? alone(parts[0] as Part) : together(parts, frame)
  let untilRestart = tables.restartInterval
  for (const unit of blocks) {
    if (tables.restartInterval > 0 && untilRestart-- === 0) {
      bits.restart()
      untilRestart = tables.restartInterval - 1
      for (const part of parts) part.sum = 0
    }
    for (let k = 0; k < unit.length; k += 2) {
      const part = parts[unit[k] as number] as Part
      readBlock(bits, part, block)
      const { plane, stride } = part.component
      inverseTransform(block, frame.precision, plane, unit[k + 1] as number, stride)
    }
  }
  return bits.end()
}

/** F.2.2: one difference, then runs of zeros and values up to the end of the block. */
function readBlock(bits: BitReader, part: Part, block: Int32Array): void {
  const { direct, alternating, quantiser } = part
  block.fill(0)
  const first = bits.peek16()
  const code = codeIn(first, direct)
  const size = code & 0xff
  if (size > 15) throw new ImagingFault('damaged', 'its compressed picture holds a code that means nothing')
  part.sum += numberBehind(bits, first, code >> 8, size)
  block[0] = part.sum * (quantiser[0] as number)
  for (let k = 1; k < 64; k++) {
    const ahead = bits.peek16()
    const code = codeIn(ahead, alternating)
    const width = code & 15
    const value = numberBehind(bits, ahead, code >> 8, width)
    if (width === 0 && (code & 0xf0) !== 0xf0) return
    k += (code >> 4) & 15
    if (k > 63) throw new ImagingFault('damaged', 'its compressed picture holds a code that means nothing')
    if (width > 0) block[ZIGZAG[k] as number] = value * (quantiser[k] as number)
  }
}

/** A.2.2: a component alone comes block by block, as far as its samples reach. Part and place of each block. */
function* alone({ component }: Part): Generator<number[]> {
  const { columns, rows, stride } = component
  for (let y = 0; y < rows; y += 8) for (let x = 0; x < columns; x += 8) yield [0, y * stride + x]
}

/** A.2.3: several components take turns, unit by unit. */
function* together(parts: readonly Part[], frame: Frame): Generator<number[]> {
  for (let row = 0; row < frame.unitsDown; row++) {
    for (let column = 0; column < frame.unitsAcross; column++) {
      yield parts.flatMap(({ component: { across, down, stride } }, part) =>
        Array.from({ length: across * down }, (_, k) => {
          const y = (row * down + Math.floor(k / across)) * 8
          const x = (column * across + (k % across)) * 8
          return [part, y * stride + x]
        }).flat(),
      )
    }
  }
}

/** A block of 64 pixels takes at least two code words. */
export const jpegDct: Codec = { decode, pixelsPerByte: 256 }
