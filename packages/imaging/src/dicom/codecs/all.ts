/// <reference path="./modules.d.ts" />
/** The decoders by coding. Each is loaded when the first frame needs it. */
import { ImagingFault } from '../../fault.ts'
import type { Coding } from '../syntaxes.ts'
import type { Codec } from './codec.ts'
import { jpegLossless } from './jpegLossless.ts'
import { assertSize, statedByJpeg, statedByJpeg2000 } from './markers.ts'
import { rle } from './rle.ts'
import { type Factory, wasmDecoder } from './wasm.ts'

const turbo = wasmDecoder(
  async () => (await import('@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs')).default as Factory,
  'JPEGDecoder',
)
const charls = wasmDecoder(
  async () => (await import('@cornerstonejs/codec-charls/decodewasmjs')).default as Factory,
  'JpegLSDecoder',
)
const openjpeg = wasmDecoder(
  async () => (await import('@cornerstonejs/codec-openjpeg/decodewasmjs')).default as Factory,
  'J2KDecoder',
)

/** T.81: a block of 64 pixels takes at least two code words. */
const jpeg: Codec = {
  decode(coded, size) {
    const stated = statedByJpeg(coded)
    assertSize(stated, size)
    if (stated.precision !== 8) throw new ImagingFault('unsupported', `JPEG with ${stated.precision} bits`)
    return turbo(coded, size)
  },
  pixelsPerByte: 256,
}

/** Runs (T.87) and empty code blocks (T.800) have no such bound; these are far beyond what real pictures reach. */
const BLANK_PIXELS_PER_BYTE = 20_000

const jpegLs: Codec = {
  decode(coded, size) {
    assertSize(statedByJpeg(coded), size)
    return charls(coded, size)
  },
  pixelsPerByte: BLANK_PIXELS_PER_BYTE,
}

const jpeg2000: Codec = {
  decode(coded, size) {
    assertSize(statedByJpeg2000(coded), size)
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
