/**
 * Pixel data -> stored values, frame by frame, and from them the normal form: grey values as they are, colour as red, green and blue.
 * Every size is held against the bytes present before memory is taken for it.
 */
import { grouped, ImagingFault } from '../fault.ts'
import { CODECS } from './codecs/all.ts'
import { decodedModel, toRgb } from './colour.ts'
import { codedFrames } from './fragments.ts'
import type { Pixels, WholePixels } from './instance.ts'
import type { Layout, Model } from './layout.ts'
import { type FrameMemory, type NativeCells, nativeCells, nativeFrames } from './native.ts'
import { coloured, paletteOf } from './palette.ts'
import type { Header } from './parse.ts'
import { storedValues } from './stored.ts'

/** The values of one frame as they are stored, sample beside sample, and what they mean. */
export interface Stored {
  readonly values: Pixels
  readonly model: Model
}

/** The normal form of every frame. */
export async function readPixels(header: Header, layout: Layout, memory: FrameMemory): Promise<Pixels[]> {
  const { data, syntax } = header
  const palette =
    layout.model === 'PALETTE COLOR' ? paletteOf(data, layout.signed, syntax.bigEndian === true) : null
  const frames: Pixels[] = []
  for await (const { values, model } of storedFrames(header, layout, memory)) {
    if (palette) frames.push(coloured(values as WholePixels, palette))
    else frames.push(layout.samples === 3 ? toRgb(values, model, layout) : values)
  }
  return frames
}

export async function* storedFrames(
  header: Header,
  layout: Layout,
  memory: FrameMemory = 'copies',
): AsyncGenerator<Stored> {
  const { coding } = header.syntax
  const { rows, columns, samples, allocated, model } = layout
  if (coding === null) throw new Error('storedFrames: describe() lets no unknown coding pass')
  if (coding === 'native') {
    for (const cells of nativeFrames(header, layout, memory))
      yield { values: valuesOf(cells, layout, true), model }
    return
  }
  if (layout.number === 'float')
    throw new ImagingFault('damaged', 'floating-point pixels cannot be compressed')
  const coded = codedFrames(header.bytes, header.data, layout.frames, coding)
  if (coding === 'items') {
    for (const frame of coded)
      yield { values: valuesOf(nativeCells(frame.slice(), layout), layout, true), model }
    return
  }
  const codec = CODECS[coding]
  for (const frame of coded) assertPlausible(frame, rows * columns, codec.pixelsPerByte)
  for (const frame of coded) {
    const cells = await codec.decode(frame, { rows, columns, samples, allocated })
    // RLE cells lie as the header says; the other codings give the value at the bottom of the cell.
    yield { values: valuesOf(cells, layout, coding === 'rle'), model: decodedModel(model, coding, frame) }
  }
}

function valuesOf(cells: NativeCells, layout: Layout, inPlace: boolean): Pixels {
  if (cells instanceof Float32Array || cells instanceof Float64Array) return cells
  // Colour of eight bits goes on as bytes.
  if (layout.samples === 3 && layout.stored === 8 && cells instanceof Uint8Array) return cells
  const { stored, signed, highBit } = layout
  return storedValues(cells, { stored, signed, highBit: inPlace ? highBit : stored - 1 })
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
