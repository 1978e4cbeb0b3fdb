/** Pixel data -> stored values per frame. Every size is held against the bytes present before memory is taken for it. */
import { grouped, ImagingFault } from '../fault.ts'
import { CODECS } from './codecs/all.ts'
import type { Layout } from './describe.ts'
import { codedFrames } from './fragments.ts'
import type { StoredPixels, Technical } from './instance.ts'
import type { Header } from './parse.ts'
import { type Cells, storedValues } from './stored.ts'

export async function readPixels(
  header: Header,
  technical: Technical,
  layout: Layout,
): Promise<StoredPixels[]> {
  const { coding } = header.syntax
  // Native and RLE cells lie as the header says; the other codings give the value at the bottom of the cell.
  const inPlace = coding === 'native' || coding === 'rle'
  const bits = { ...technical.bits, highBit: inPlace ? layout.highBit : technical.bits.stored - 1 }
  if (coding === 'native')
    return nativeFrames(header, technical, layout).map((cells) => storedValues(cells, bits))
  if (coding === null) throw new Error('readPixels: describe() lets no unknown coding pass')
  const { rows, columns } = technical
  const size = { rows, columns, allocated: technical.bits.allocated }
  const codec = CODECS[coding]
  const coded = codedFrames(header.bytes, header.data, layout.frames, coding)
  for (const frame of coded) assertPlausible(frame, rows * columns, codec.pixelsPerByte)
  const frames: StoredPixels[] = []
  for (const frame of coded) {
    const cells = await codec.decode(frame, size)
    frames.push(storedValues(cells, bits))
  }
  return frames
}

function assertPlausible(coded: Uint8Array, pixels: number, pixelsPerByte: number): void {
  if (coded.length === 0) throw new ImagingFault('truncated', 'a compressed frame is empty')
  if (pixels > coded.length * pixelsPerByte) {
    const held = `${grouped(coded.length)} compressed bytes`
    throw new ImagingFault(
      'truncated',
      `the header promises ${grouped(pixels)} pixels, and ${held} cannot hold them`,
    )
  }
}

function nativeFrames({ bytes, data, syntax }: Header, technical: Technical, { frames }: Layout): Cells[] {
  const element = data.elements.x7fe00010
  if (!element || element.hadUndefinedLength) {
    throw new ImagingFault('damaged', 'its pixels are divided into items although they are not compressed')
  }
  const width = technical.bits.allocated / 8
  const size = technical.rows * technical.columns * width
  const held = Math.min(element.length, bytes.length - element.dataOffset)
  if (held < size * frames) {
    throw new ImagingFault(
      'truncated',
      `the header promises ${grouped(size * frames)} bytes of pixels, the file holds ${grouped(held)}`,
    )
  }
  // A copy, so that the frames outlive the file and are aligned.
  const copy = bytes.slice(element.dataOffset, element.dataOffset + size * frames)
  if (syntax.bigEndian && (width === 2 || element.vr === 'OW')) swap(copy)
  return Array.from({ length: frames }, (_, k) =>
    width === 2
      ? new Uint16Array(copy.buffer, k * size, size / 2)
      : new Uint8Array(copy.buffer, k * size, size),
  )
}

/** 16-bit words from big to little endian, in place. */
function swap(bytes: Uint8Array): void {
  for (let i = 0; i + 1 < bytes.length; i += 2) {
    const high = bytes[i] as number
    bytes[i] = bytes[i + 1] as number
    bytes[i + 1] = high
  }
}
