/** RLE lossless (PS3.5 Annex G): up to 15 segments per frame, one per byte of the cell, most significant first, PackBits coded. */
import { ImagingFault } from '../../fault.ts'
import type { Codec, FrameSize } from './codec.ts'

const HEADER = 64

function decode(coded: Uint8Array, size: FrameSize): Uint8Array | Uint16Array {
  const planes = size.allocated / 8
  if (coded.length < HEADER) throw new ImagingFault('truncated', 'an RLE frame ends in its header')
  const view = new DataView(coded.buffer, coded.byteOffset, coded.byteLength)
  const segments = view.getUint32(0, true)
  if (segments !== planes)
    throw new ImagingFault('damaged', `an RLE frame has ${segments} segments where ${planes} are needed`)
  const pixels = size.rows * size.columns
  const out = planes === 1 ? new Uint8Array(pixels) : new Uint16Array(pixels)
  for (let plane = 0; plane < planes; plane++) {
    const start = view.getUint32(4 + 4 * plane, true)
    const end = plane + 1 < planes ? view.getUint32(8 + 4 * plane, true) : coded.length
    if (start < HEADER || end < start || end > coded.length) {
      throw new ImagingFault('damaged', 'an RLE frame points past its end')
    }
    unpack(coded.subarray(start, end), out, 8 * (planes - 1 - plane))
  }
  return out
}

/** G.3.2: 0..127 literal run of n+1, 129..255 repeat 257-n times, 128 nothing. Ors each byte into its cell. */
function unpack(segment: Uint8Array, out: Uint8Array | Uint16Array, shift: number): void {
  let at = 0
  let pixel = 0
  while (pixel < out.length && at < segment.length) {
    const control = segment[at++] as number
    if (control < 128) {
      const end = Math.min(pixel + control + 1, out.length)
      if (at + (end - pixel) > segment.length) break
      for (; pixel < end; pixel++) out[pixel] = (out[pixel] as number) | ((segment[at++] as number) << shift)
    } else if (control > 128) {
      if (at >= segment.length) break
      const value = (segment[at++] as number) << shift
      const end = Math.min(pixel + 257 - control, out.length)
      for (; pixel < end; pixel++) out[pixel] = (out[pixel] as number) | value
    }
  }
  if (pixel < out.length)
    throw new ImagingFault('truncated', 'an RLE frame holds fewer pixels than rows × columns')
}

/** Two coded bytes give at most 128 equal ones. */
export const rle: Codec = { decode, pixelsPerByte: 64 }
