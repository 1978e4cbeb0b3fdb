/** RLE lossless (PS3.5 Annex G): up to 15 segments per frame, one per sample and byte of the cell, most significant first, PackBits coded. */
import { ImagingFault } from '../../fault.ts'
import type { Codec, FrameSize } from './codec.ts'

const HEADER = 64

function decode(coded: Uint8Array, size: FrameSize): Uint8Array | Uint16Array | Uint32Array {
  const width = size.allocated / 8
  const planes = width * size.samples
  if (coded.length < HEADER) throw new ImagingFault('truncated', 'an RLE frame ends in its header')
  const view = new DataView(coded.buffer, coded.byteOffset, coded.byteLength)
  const segments = view.getUint32(0, true)
  if (segments !== planes)
    throw new ImagingFault('damaged', `an RLE frame has ${segments} segments where ${planes} are needed`)
  const out = new Uint8Array(size.rows * size.columns * planes)
  for (let plane = 0; plane < planes; plane++) {
    const start = view.getUint32(4 + 4 * plane, true)
    const end = plane + 1 < planes ? view.getUint32(8 + 4 * plane, true) : coded.length
    if (start < HEADER || end < start || end > coded.length) {
      throw new ImagingFault('damaged', 'an RLE frame points past its end')
    }
    const sample = Math.floor(plane / width)
    unpack(coded.subarray(start, end), out, sample * width + (width - 1 - (plane % width)), planes)
  }
  if (width === 4) return new Uint32Array(out.buffer)
  return width === 2 ? new Uint16Array(out.buffer) : out
}

/** G.3.2: 0..127 literal run of n+1, 129..255 repeat 257-n times, 128 nothing. Fills one byte of every pixel. */
function unpack(segment: Uint8Array, out: Uint8Array, first: number, stride: number): void {
  let at = 0
  let to = first
  while (to < out.length && at < segment.length) {
    const control = segment[at++] as number
    if (control < 128) {
      const end = Math.min(to + (control + 1) * stride, out.length)
      if (at + Math.ceil((end - to) / stride) > segment.length) break
      for (; to < end; to += stride) out[to] = segment[at++] as number
    } else if (control > 128) {
      if (at >= segment.length) break
      const value = segment[at++] as number
      const end = Math.min(to + (257 - control) * stride, out.length)
      for (; to < end; to += stride) out[to] = value
    }
  }
  if (to < out.length)
    throw new ImagingFault('truncated', 'an RLE frame holds fewer pixels than rows × columns')
}

/** Two coded bytes give at most 128 equal ones. */
export const rle: Codec = { decode, pixelsPerByte: 64 }
