/**
 * JPEG photographs, baseline and progressive. What the library only warns of (a scan that breaks off and is filled up with grey) is a
 * fault here: nothing is shown that was not in the file.
 */
import type { Instance } from '../dicom/instance.ts'
import { DEFAULT_LIMITS, type Limits } from '../dicom/limits.ts'
import { faulted, plain } from '../dicom/read.ts'
import { grouped, ImagingFault } from '../fault.ts'
import { type JpegParts, jpegParts } from './jpegParts.ts'
import { mozjpeg } from './mozjpeg.ts'
import { orientationOf, upright } from './orientation.ts'
import { assertPhotoSize, instanceOf, type Picture } from './picture.ts'

/** A block of 64 pixels has at least one bit of its own, in the scan of its first coefficients. */
const PIXELS_PER_BYTE = 512

/** @throws ImagingFault where the file is not one that can be shown; no other error leaves */
export function readJpeg(file: Uint8Array, limits: Partial<Limits> = {}): Promise<Instance> {
  return faulted(async () => {
    const parts = jpegParts(plain(file))
    const { columns, rows, exif, beside } = parts
    assertPhotoSize(columns, rows, { ...DEFAULT_LIMITS, ...limits })
    const picture = await decoded(parts)
    return instanceOf([upright(picture, exif === null ? 1 : orientationOf(exif))], {
      bits: 8,
      lossy: true,
      beside,
    })
  })
}

async function decoded({ columns, rows, components, bare }: JpegParts): Promise<Picture> {
  const coded = new Uint8Array(await new Blob(bare as Uint8Array<ArrayBuffer>[]).arrayBuffer())
  if (columns * rows > coded.length * PIXELS_PER_BYTE)
    throw new ImagingFault(
      'truncated',
      `the header promises ${grouped(columns)} × ${grouped(rows)} pixels, and ${grouped(coded.length)} compressed bytes cannot hold them`,
    )
  const warnings: string[] = []
  const rgba = await decode(coded, (words) => void warnings.push(words))
  // Bytes between parts are what some cameras pad with; everything else the library made up for.
  const broken = warnings.some((words) => !/^Corrupt JPEG data: \d+ extraneous bytes/.test(words))
  if (broken || rgba.length !== columns * rows * 4)
    throw new ImagingFault('damaged', 'its compressed picture cannot be decoded')
  return { columns, rows, values: components === 1 ? greys(rgba) : colours(rgba) }
}

async function decode(coded: Uint8Array, warn: (words: string) => void): Promise<Uint8ClampedArray> {
  const library = await mozjpeg(warn)
  try {
    return library.decode(coded as Uint8Array<ArrayBuffer>, false)?.data ?? new Uint8ClampedArray(0)
  } catch (cause) {
    throw new ImagingFault('damaged', 'its compressed picture cannot be decoded', cause)
  }
}

function greys(rgba: Uint8ClampedArray): Uint16Array {
  const out = new Uint16Array(rgba.length / 4)
  for (let k = 0; k < out.length; k++) out[k] = rgba[4 * k] as number
  return out
}

function colours(rgba: Uint8ClampedArray): Uint8Array {
  const out = new Uint8Array((rgba.length / 4) * 3)
  for (let from = 0, to = 0; to < out.length; from += 4) {
    out[to++] = rgba[from] as number
    out[to++] = rgba[from + 1] as number
    out[to++] = rgba[from + 2] as number
  }
  return out
}
