/** A frame as a picture: windowed as a reader would see it, or in its own colours. Small for lists, pixel by pixel for whoever must look closely. */
import type { Series } from '@consilium/contract/studies'
import type { Samples } from '@consilium/imaging/samples'
import { encodePng } from './png.ts'

/** Longest side, pixels. */
export const PREVIEW_SIDE = 256

type Look = Pick<Series, 'rows' | 'columns' | 'photometric'> & {
  readonly windows: readonly Pick<Series['windows'][number], 'center' | 'width'>[]
  readonly rescale: Pick<Series['rescale'], 'slope' | 'intercept'>
}

/** Fitted into a square, pixels in their true proportions. */
export function drawPreview(pixels: Samples, about: Look & Pick<Series, 'spacing'>): Buffer {
  const wide = about.columns * about.spacing.column
  const tall = about.rows * about.spacing.row
  const scale = PREVIEW_SIDE / Math.max(wide, tall)
  return draw(pixels, about, Math.max(1, Math.round(wide * scale)), Math.max(1, Math.round(tall * scale)))
}

/** One pixel for each of the frame's. */
export const drawPicture = (pixels: Samples, about: Look): Buffer =>
  draw(pixels, about, about.columns, about.rows)

function draw(pixels: Samples, about: Look, width: number, height: number): Buffer {
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
  return encodePng(levels, width, height)
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
