/** The decoders by coding. Each is loaded when the first frame needs it. */
import type { Coding } from '../syntaxes.ts'
import type { Codec } from './codec.ts'
import { jpegDct } from './jpegDct.ts'
import { jpegLossless } from './jpegLossless.ts'
import { jpegLs } from './jpegLs.ts'
import { assertEnded, assertSize, statedByJpeg2000 } from './markers.ts'
import { rle } from './rle.ts'
import { type Factory, wasmDecoder } from './wasm.ts'

// The codec packages ship no types; Factory says what is used of them.
const openjpeg = wasmDecoder(async () => {
  // @ts-expect-error untyped
  return (await import('@cornerstonejs/codec-openjpeg/decodewasmjs')).default as Factory
}, 'J2KDecoder')

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

export const CODECS: Record<Exclude<Coding, 'native' | 'items'>, Codec> = {
  rle,
  jpeg: jpegDct,
  'jpeg-lossless': jpegLossless,
  'jpeg-ls': jpegLs,
  'jpeg-2000': jpeg2000,
  htj2k: jpeg2000, // T.814: the same frame, other code blocks
}
