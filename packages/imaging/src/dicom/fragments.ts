/**
 * Encapsulated pixel data (PS3.5 A.4): items of coded bytes, cut into frames by the offset tables, by one item per frame, or by the
 * start codes of the codestreams. An offset or a length that does not fit is a fault; nothing is padded or guessed.
 */
import type { DataSet } from 'dicom-parser'
import { concatenated } from '../concatenated.ts'
import { grouped, ImagingFault } from '../fault.ts'
import type { Coding } from './syntaxes.ts'

interface Fragment {
  /** From the first byte after the basic offset table, to the item's tag. */
  readonly offset: number
  readonly bytes: Uint8Array
}

const ITEM = 0xe000fffe
const DELIMITER = 0xe0ddfffe

/** One run of coded bytes per frame. */
export function codedFrames(file: Uint8Array, data: DataSet, frames: number, coding: Coding): Uint8Array[] {
  const element = data.elements.x7fe00010
  if (!element?.hadUndefinedLength)
    throw new ImagingFault('damaged', 'its compressed pixels are not divided into items')
  const { table, fragments } = readItems(file, element.dataOffset)
  const starts = startsOf(file, data, table, fragments, frames, coding)
  return starts.map((start, k) => {
    const parts = fragments.slice(start, starts[k + 1] ?? fragments.length).map((fragment) => fragment.bytes)
    return parts.length === 1 ? (parts[0] as Uint8Array) : concatenated(parts)
  })
}

function readItems(file: Uint8Array, start: number): { table: number[]; fragments: Fragment[] } {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const fragments: Fragment[] = []
  let table: number[] | null = null
  let base = 0
  let ended = false
  for (let at = start; at < file.length; ) {
    if (at + 8 > file.length)
      throw new ImagingFault('truncated', 'its compressed pixels end in the middle of an item')
    const tag = view.getUint32(at, true)
    const length = view.getUint32(at + 4, true)
    if (tag === DELIMITER) {
      ended = true
      break
    }
    if (tag !== ITEM) throw new ImagingFault('damaged', 'its compressed pixels are not divided into items')
    if (length > file.length - at - 8) {
      const left = file.length - at - 8
      throw new ImagingFault(
        'truncated',
        `a part of ${grouped(length)} bytes is announced, the file holds ${grouped(left)}`,
      )
    }
    if (table === null) {
      table = offsetsIn(view, at + 8, length)
      base = at + 8 + length
    } else fragments.push({ offset: at - base, bytes: file.subarray(at + 8, at + 8 + length) })
    at += 8 + length
  }
  if (!ended) throw new ImagingFault('truncated', 'its compressed pixels lack the mark of their end')
  if (table === null || fragments.length === 0)
    throw new ImagingFault('truncated', 'it holds no compressed pixels')
  return { table, fragments }
}

function offsetsIn(view: DataView, at: number, length: number): number[] {
  return Array.from({ length: Math.floor(length / 4) }, (_, k) => view.getUint32(at + 4 * k, true))
}

/** Index of the first fragment of every frame. */
function startsOf(
  file: Uint8Array,
  data: DataSet,
  basic: number[],
  fragments: Fragment[],
  frames: number,
  coding: Coding,
): number[] {
  if (frames === 1) return [0]
  if (fragments.length === frames) return fragments.map((_, k) => k)
  const offsets = basic.length > 0 ? basic : extendedOffsets(file, data)
  if (fragments.length < frames) tooFew(frames, fragments.length)
  if (offsets.length > 0) {
    const index = new Map(fragments.map((fragment, k) => [fragment.offset, k]))
    const starts = offsets.map((offset) => index.get(offset) ?? -1)
    const rising = starts.every((start, k) => start >= 0 && (k === 0 || start > (starts[k - 1] as number)))
    if (starts.length !== frames || starts[0] !== 0 || !rising) {
      throw new ImagingFault('damaged', 'its table of frames points beside the frames')
    }
    return starts
  }
  const starts = fragments.flatMap((fragment, k) => (beginsFrame(fragment.bytes, coding) ? [k] : []))
  if (starts.length !== frames || starts[0] !== 0) tooFew(frames, starts.length)
  return starts
}

/** PS3.3 C.7.6.3.1.8: 64-bit offsets in (7FE0,0001). */
function extendedOffsets(file: Uint8Array, data: DataSet): number[] {
  const element = data.elements.x7fe00001
  if (!element || element.dataOffset + element.length > file.length) return []
  const view = new DataView(file.buffer, file.byteOffset + element.dataOffset, element.length)
  return Array.from({ length: Math.floor(element.length / 8) }, (_, k) =>
    Number(view.getBigUint64(8 * k, true)),
  )
}

/** SOI of JPEG and JPEG-LS, SOC of JPEG 2000; an RLE frame is always one fragment. */
function beginsFrame(bytes: Uint8Array, coding: Coding): boolean {
  return bytes[0] === 0xff && bytes[1] === (coding === 'jpeg-2000' || coding === 'htj2k' ? 0x4f : 0xd8)
}

function tooFew(promised: number, found: number): never {
  throw new ImagingFault(
    'truncated',
    `the header promises ${grouped(promised)} frames, the file holds ${grouped(found)}`,
  )
}
