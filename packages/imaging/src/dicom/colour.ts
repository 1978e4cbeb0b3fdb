/** Samples of any colour space (PS3.3 C.7.6.3.1.2) -> red, green, blue, eight bits each: the one form of colour from here on. */
import { adobeTransform, isMixedJpeg2000 } from './codecs/markers.ts'
import type { Pixels } from './instance.ts'
import type { Layout, Model } from './layout.ts'
import type { Coding } from './syntaxes.ts'

/**
 * What the samples are after decoding. JPEG 2000 undoes its own mixing of components; for JPEG Adobe's segment, where there is one,
 * knows better than the header what the encoder did.
 */
export function decodedModel(model: Model, coding: Coding, coded: Uint8Array): Model {
  if (coding === 'jpeg-2000' || coding === 'htj2k') return isMixedJpeg2000(coded) ? 'RGB' : model
  if (coding !== 'jpeg') return model
  const transform = adobeTransform(coded)
  if (transform === null) return model
  return transform === 0 ? 'RGB' : 'YBR_FULL'
}

/** @param values three for each pixel, unsigned */
export function toRgb(values: Pixels, model: Model, { stored }: Pick<Layout, 'stored'>): Uint8Array {
  const bytes = eightBits(values, stored)
  if (model === 'YBR_FULL' || model === 'YBR_FULL_422') return converted(bytes, 0, 1)
  if (model === 'YBR_PARTIAL_422') return converted(bytes, 16, 255 / 219)
  return bytes
}

function eightBits(values: Pixels, stored: number): Uint8Array {
  if (values instanceof Uint8Array && stored === 8) return values
  const scale = stored < 8 ? 255 / (2 ** stored - 1) : 2 ** (8 - stored)
  return Uint8Array.from(values, (value) => Math.floor(value * scale))
}

/** Full range as in PS3.3; partial range (16 to 235, 16 to 240) first stretched (BT.601). */
function converted(bytes: Uint8Array, black: number, stretch: number): Uint8Array {
  const out = new Uint8ClampedArray(bytes.length) // rounds and clamps
  const chroma = black === 0 ? 1 : 255 / 224
  for (let i = 0; i < bytes.length; i += 3) {
    const y = ((bytes[i] as number) - black) * stretch
    const blue = ((bytes[i + 1] as number) - 128) * chroma
    const red = ((bytes[i + 2] as number) - 128) * chroma
    out[i] = y + 1.402 * red
    out[i + 1] = y - 0.344136 * blue - 0.714136 * red
    out[i + 2] = y + 1.772 * blue
  }
  return new Uint8Array(out.buffer)
}
