/**
 * A photograph: a grid of grey values or of colours, and nothing else. What a camera or an editor writes beside it (EXIF with place and
 * time, XMP, ICC, texts, thumbnails) is not read, except which way is up. Such a file says nothing of where in a person it was taken: no
 * position, no orientation, no spacing (dots per inch are a wish of whoever prints), and no identity.
 */
import type { Beside, Instance } from '../dicom/instance.ts'
import type { Limits } from '../dicom/limits.ts'
import { grouped, ImagingFault } from '../fault.ts'

export interface Picture {
  readonly columns: number
  readonly rows: number
  /** Grey values, or three bytes (red, green, blue) for each pixel. */
  readonly values: Uint16Array | Uint8Array
}

/** The most pixels of one photograph: its decoders hold it several times over. */
const PHOTO_PIXELS = 2 ** 26

/** @param count of pictures in the file */
export function assertPhotoSize(columns: number, rows: number, limits: Limits, count = 1): void {
  if (columns < 1 || rows < 1) throw new ImagingFault('damaged', 'it does not say its width and height')
  if (columns * rows > PHOTO_PIXELS || columns * rows * count > limits.pixels)
    throw new ImagingFault('too-large', `${grouped(columns)} × ${grouped(rows)} pixels`)
}

export interface About {
  /** Bits of a grey value; of colours always 8. */
  readonly bits: number
  readonly lossy: boolean
  /** What was left behind. */
  readonly beside: ReadonlySet<Beside>
  /** Grey values that grow darker. */
  readonly inverted?: boolean
}

/** @param pictures of one size and kind */
export function instanceOf(pictures: readonly Picture[], about: About): Instance {
  const [first] = pictures
  if (!first) throw new ImagingFault('not-an-image', 'it holds no picture')
  const colour = first.values instanceof Uint8Array
  return {
    technical: {
      sopClass: '',
      transferSyntax: '',
      rows: first.rows,
      columns: first.columns,
      photometric: colour ? 'RGB' : about.inverted ? 'MONOCHROME1' : 'MONOCHROME2',
      bits: {
        allocated: colour || about.bits <= 8 ? 8 : 16,
        stored: colour ? 8 : about.bits,
        signed: false,
      },
      padding: null,
      instanceNumber: null,
      acquisitionNumber: null,
      sliceThickness: null,
      lossy: about.lossy,
    },
    // External-camera photography (PS3.3 C.7.3.1.1.1).
    words: { modality: 'XC', bodyPart: '', rescaleType: '', windowNames: [], burnedIn: '' },
    identity: { study: null, series: null, instance: null, frameOfReference: null },
    present: [],
    ...(about.beside.size > 0 && { beside: [...about.beside].sort() }),
    frames: pictures.map(({ values }) => ({
      pixels: values,
      position: null,
      orientation: null,
      spacing: null,
      rescale: { slope: 1, intercept: 0 },
      windows: [],
    })),
  }
}
