/** A frame as a picture: windowed as a reader would see it, or in its own colours. Small for lists, pixel by pixel for whoever must look closely. */
import type { Series } from '@consilium/contract/studies'
import { axesOf, hungAtFirst, liesOnItsSide, sidesOf, type Turned } from '@consilium/imaging/hung'
import type { Samples } from '@consilium/imaging/samples'
import { encodePng } from './png.ts'

/** Longest side, pixels. */
export const PREVIEW_SIDE = 256

type Look = Pick<Series, 'rows' | 'columns' | 'photometric'> & {
  readonly windows: readonly Pick<Series['windows'][number], 'center' | 'width'>[]
  readonly rescale: Pick<Series['rescale'], 'slope' | 'intercept'>
}

/** Fitted into a square, pixels in their true proportions, hung as the series opens. */
export function drawPreview(
  pixels: Samples,
  about: Look & Pick<Series, 'spacing' | 'modality' | 'direction' | 'positions'>,
): Buffer {
  const wide = about.columns * about.spacing.column
  const tall = about.rows * about.spacing.row
  const scale = PREVIEW_SIDE / Math.max(wide, tall)
  const [width, height] = [Math.max(1, Math.round(wide * scale)), Math.max(1, Math.round(tall * scale))]
  return encode(hung(drawn(pixels, about, width, height), hungAtFirst(about, sidesOf(about))))
}

/** What the preview of a series depends on beside its pixels, which never change: another name wherever it would be another picture. */
export function previewName(about: Parameters<typeof drawPreview>[1]): string {
  const { rotation, flipped } = hungAtFirst(about, sidesOf(about))
  return `preview-${PREVIEW_SIDE}-${rotation}${flipped ? '-flipped' : ''}`
}

/** One pixel for each of the frame's. */
export const drawPicture = (pixels: Samples, about: Look): Buffer =>
  encode(drawn(pixels, about, about.columns, about.rows))

interface Picture {
  readonly levels: Uint8Array
  readonly width: number
  readonly height: number
}

const encode = ({ levels, width, height }: Picture): Buffer => encodePng(levels, width, height)

/** The same picture hung another way. */
function hung({ levels, width, height }: Picture, turned: Turned): Picture {
  const channels = levels.length / (width * height)
  const [wide, high] = liesOnItsSide(turned) ? [height, width] : [width, height]
  // Where one pixel further to the right, and one further down, lie in the picture as it was.
  const { right, down } = axesOf({ row: [1, 0, 0], column: [0, 1, 0] }, turned)
  const start = (along: 0 | 1, size: number): number => (right[along] + down[along] < 0 ? size - 1 : 0)
  const [x0, y0] = [start(0, width), start(1, height)]
  const next = new Uint8Array(levels.length)
  for (let y = 0; y < high; y++)
    for (let x = 0; x < wide; x++) {
      const from = (y0 + x * right[1] + y * down[1]) * width + x0 + x * right[0] + y * down[0]
      for (let channel = 0; channel < channels; channel++)
        next[(y * wide + x) * channels + channel] = levels[from * channels + channel]!
    }
  return { levels: next, width: wide, height: high }
}

function drawn(pixels: Samples, about: Look, width: number, height: number): Picture {
  const channels = about.photometric === 'RGB' ? 3 : 1
  const { low, high } = channels === 3 ? { low: 0, high: 255 } : rangeOf(pixels, about)
  const inverted = about.photometric === 'MONOCHROME1'
  const levels = new Uint8Array(width * height * channels)
  for (let y = 0; y < height; y++) {
    const rows = spanOf(y, height, about.rows)
    for (let x = 0; x < width; x++) {
      const columns = spanOf(x, width, about.columns)
      for (let channel = 0; channel < channels; channel++) {
        const value = meanOver(pixels, about.columns, channels, channel, rows, columns)
        const level = Math.round(Math.min(1, Math.max(0, (value - low) / (high - low))) * 255)
        levels[(y * width + x) * channels + channel] = inverted ? 255 - level : level
      }
    }
  }
  return { levels, width, height }
}

/** Stored values that become black and white: the file's first window, else what all but the extreme 1 % of the values span. */
function rangeOf(pixels: Samples, { windows, rescale }: Look): { low: number; high: number } {
  const [window] = windows
  if (window && window.width > 0 && rescale.slope !== 0) {
    const stored = (value: number) => (value - rescale.intercept) / rescale.slope
    return { low: stored(window.center - window.width / 2), high: stored(window.center + window.width / 2) }
  }
  // A sample is enough to find two percentiles.
  const step = Math.max(1, Math.floor(pixels.length / 20_000))
  const sample: number[] = []
  for (let i = 0; i < pixels.length; i += step) sample.push(pixels[i]!)
  sample.sort((a, b) => a - b)
  const low = sample[Math.floor(sample.length * 0.01)]!
  const high = sample[Math.floor(sample.length * 0.99)]!
  return { low, high: high > low ? high : low + 1 }
}

type Span = readonly [from: number, to: number]

/** Which of `of` pixels lie below pixel `at` of `among`. */
function spanOf(at: number, among: number, of: number): Span {
  const from = Math.floor((at * of) / among)
  return [from, Math.max(from + 1, Math.floor(((at + 1) * of) / among))]
}

function meanOver(
  pixels: Samples,
  columns: number,
  channels: number,
  channel: number,
  [y0, y1]: Span,
  [x0, x1]: Span,
): number {
  let sum = 0
  for (let y = y0; y < y1; y++)
    for (let x = x0; x < x1; x++) sum += pixels[(y * columns + x) * channels + channel]!
  return sum / ((x1 - x0) * (y1 - y0))
}
