/**
 * Uncompressed pixel data (PS3.5 8.1.1, Annex D) -> cells, sample beside sample. Each frame is a copy, so that it outlives the file, or, for
 * whoever is done with the frames before the file goes, where it can be a view on the file.
 */
import { grouped, ImagingFault } from '../fault.ts'
import type { Layout } from './layout.ts'
import type { Header } from './parse.ts'
import type { Cells } from './stored.ts'

/** `views`: what is made of a file may share memory with it; nobody may write to either. */
export type FrameMemory = 'copies' | 'views'

export type NativeCells = Cells | Float32Array | Float64Array

export function* nativeFrames(
  { bytes, data, syntax }: Header,
  layout: Layout,
  memory: FrameMemory = 'copies',
): Generator<NativeCells> {
  const tag = layout.number === 'integer' ? 'x7fe00010' : layout.allocated === 64 ? 'x7fe00009' : 'x7fe00008'
  const element = data.elements[tag]
  if (!element || element.hadUndefinedLength) {
    throw new ImagingFault('damaged', 'its pixels are divided into items although they are not compressed')
  }
  const bits = frameBits(layout)
  const size = Math.ceil((bits * layout.frames) / 8)
  const held = Math.min(element.length, bytes.length - element.dataOffset)
  assertHeld(size, held)
  let source = bytes.subarray(element.dataOffset, element.dataOffset + held)
  // Words are the unit of the byte order (PS3.5 7.3): bytes in words of 16 bits are turned too.
  const word = Math.max(layout.allocated / 8, element.vr === 'OW' ? 2 : 1)
  if (syntax.bigEndian && word > 1) source = turned(source, word)
  for (let k = 0; k < layout.frames; k++) {
    const first = Math.floor((bits * k) / 8)
    const frame = source.subarray(first, Math.ceil((bits * (k + 1)) / 8))
    const own = memory === 'views' && frame.byteOffset % word === 0 ? frame : frame.slice()
    yield nativeCells(own, layout, (bits * k) % 8)
  }
}

/** @param bytes of one frame, where its cells may lie; `skip` bits of the first byte belong to the frame before */
export function nativeCells(bytes: Uint8Array, layout: Layout, skip = 0): NativeCells {
  assertHeld(Math.ceil((frameBits(layout) + skip) / 8), bytes.length)
  const count = layout.rows * layout.columns * layout.samples
  if (layout.allocated === 1) return unpacked(bytes, skip, count)
  if (isHalved(layout)) return doubled(bytes, count)
  const cells = typed(bytes, layout, count)
  return layout.planar ? interleaved(cells as Cells, layout.samples) : cells
}

export const frameBits = (layout: Layout): number =>
  layout.rows * layout.columns * layout.allocated * (isHalved(layout) ? 2 : layout.samples)

/** Chrominance for every second column only, and the file holds it so. */
function isHalved({ model, columns, allocated }: Layout): boolean {
  if (model !== 'YBR_FULL_422' && model !== 'YBR_PARTIAL_422') return false
  if (columns % 2 === 1 || allocated !== 8)
    throw new ImagingFault('damaged', 'its columns cannot share their colour two by two')
  return true
}

function typed(bytes: Uint8Array, { number, allocated }: Layout, count: number): NativeCells {
  const { buffer, byteOffset } = bytes
  if (number === 'float')
    return allocated === 64
      ? new Float64Array(buffer, byteOffset, count)
      : new Float32Array(buffer, byteOffset, count)
  if (allocated === 32) return new Uint32Array(buffer, byteOffset, count)
  if (allocated === 16) return new Uint16Array(buffer, byteOffset, count)
  return new Uint8Array(buffer, byteOffset, count)
}

/** Lowest bit of a byte first (PS3.5 8.1.1). */
function unpacked(bytes: Uint8Array, skip: number, count: number): Uint8Array {
  const out = new Uint8Array(count)
  for (let i = 0; i < count; i++) {
    const at = i + skip
    out[i] = ((bytes[at >> 3] as number) >> (at & 7)) & 1
  }
  return out
}

/** Luminance, luminance, blue, red for two pixels (PS3.3 C.7.6.3.1.2) -> three values for each. */
function doubled(bytes: Uint8Array, count: number): Uint8Array {
  const out = new Uint8Array(count)
  for (let i = 0, at = 0; i < count; i += 6, at += 4) {
    out[i] = bytes[at] as number
    out[i + 3] = bytes[at + 1] as number
    out[i + 1] = bytes[at + 2] as number
    out[i + 4] = bytes[at + 2] as number
    out[i + 2] = bytes[at + 3] as number
    out[i + 5] = bytes[at + 3] as number
  }
  return out
}

function interleaved(planes: Cells, samples: number): Cells {
  const out = planes.slice()
  const pixels = planes.length / samples
  for (let sample = 0; sample < samples; sample++)
    for (let i = 0, at = sample; i < pixels; i++, at += samples)
      out[at] = planes[sample * pixels + i] as number
  return out
}

/** Words from big to little endian, in a copy. */
function turned(bytes: Uint8Array, width: number): Uint8Array {
  const out = bytes.slice()
  for (let i = 0; i + width <= out.length; i += width)
    for (let k = 0; k < width; k++) out[i + k] = bytes[i + width - 1 - k] as number
  return out
}

function assertHeld(promised: number, held: number): void {
  if (held >= promised) return
  throw new ImagingFault(
    'truncated',
    `the header promises ${grouped(promised)} bytes of pixels, the file holds ${grouped(held)}`,
  )
}
