/** The decoders by coding. Each is loaded when the first frame needs it. */
import { ImagingFault } from '../../fault.ts'
import type { Coding } from '../syntaxes.ts'
import type { Codec } from './codec.ts'
import { jpegLossless } from './jpegLossless.ts'
import { jpegLs } from './jpegLs.ts'
import { assertEnded, assertSize, statedByJpeg, statedByJpeg2000 } from './markers.ts'
import { rle } from './rle.ts'
import { type Factory, wasmDecoder } from './wasm.ts'

// The codec packages ship no types; Factory says what is used of them.
const turbo = wasmDecoder(async () => {
  // @ts-expect-error untyped
  return (await import('@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs')).default as Factory
}, 'JPEGDecoder')
const openjpeg = wasmDecoder(async () => {
  // @ts-expect-error untyped
  return (await import('@cornerstonejs/codec-openjpeg/decodewasmjs')).default as Factory
}, 'J2KDecoder')

/** T.81: a block of 64 pixels takes at least two code words. */
const jpeg: Codec = {
  decode(coded, size) {
    const stated = statedByJpeg(coded)
    assertSize(stated, size)
    assertEnded(coded)
    if (stated.precision !== 8) throw new ImagingFault('unsupported', `JPEG with ${stated.precision} bits`)
    return turbo(coded, size)
  },
  pixelsPerByte: 256,
}

/** Empty code blocks (T.800) have no such bound; this is far beyond what real pictures reach. */
const BLANK_PIXELS_PER_BYTE = 20_000

const jpeg2000: Codec = {
  decode(coded, size) {
    assertSize(statedByJpeg2000(coded), size)
    assertEnded(coded)
    return openjpeg(coded, size)
  },
  pixelsPerByte: BLANK_PIXELS_PER_BYTE,
}

export const CODECS: Record<Exclude<Coding, 'native'>, Codec> = {
  rle,
  jpeg,
  'jpeg-lossless': jpegLossless,
  'jpeg-ls': jpegLs,
  'jpeg-2000': jpeg2000,
}
