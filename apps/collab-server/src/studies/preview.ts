/** A small picture of a frame for lists: windowed as a reader would see it, fitted into a square, pixels in their true proportions. */
import type { Series } from '@consilium/contract/studies'
import type { Samples } from '@consilium/imaging/samples'
import { encodePng } from './png.ts'

/** Longest side, pixels. */
export const PREVIEW_SIDE = 256

type About = Pick<Series, 'rows' | 'columns' | 'spacing' | 'windows' | 'rescale' | 'photometric' | 'modality'>

export function drawPreview(pixels: Samples, about: About): Buffer {
  const { low, high } = rangeOf(pixels, about)
  const wide = about.columns * about.spacing.column
  const tall = about.rows * about.spacing.row
  const scale = PREVIEW_SIDE / Math.max(wide, tall)
  const width = Math.max(1, Math.round(wide * scale))
  const height = Math.max(1, Math.round(tall * scale))
  const grey = new Uint8Array(width * height)
  const inverted = about.photometric === 'MONOCHROME1'
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const value = meanOver(pixels, about, x / width, (x + 1) / width, y / height, (y + 1) / height)
      const level = Math.round(Math.min(1, Math.max(0, (value - low) / (high - low))) * 255)
      grey[y * width + x] = inverted ? 255 - level : level
    }
  }
  return encodePng(grey, width, height)
}

/** Stored values that become black and white: the file's first window, else what all but the extreme 1 % of the values span. */
function rangeOf(pixels: Samples, { windows, rescale }: About): { low: number; high: number } {
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

/** Mean of the pixels below one pixel of the preview; the borders are shares of the picture. */
function meanOver(
  pixels: Samples,
  { rows, columns }: About,
  left: number,
  right: number,
  top: number,
  bottom: number,
): number {
  const x0 = Math.floor(left * columns)
  const x1 = Math.max(x0 + 1, Math.floor(right * columns))
  const y0 = Math.floor(top * rows)
  const y1 = Math.max(y0 + 1, Math.floor(bottom * rows))
  let sum = 0
  for (let y = y0; y < y1; y++) for (let x = x0; x < x1; x++) sum += pixels[y * columns + x]!
  return sum / ((x1 - x0) * (y1 - y0))
}
