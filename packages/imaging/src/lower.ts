/**
 * A frame in less detail: each pixel is the mean of a square of pixels, so that nothing small and bright is skipped. For a first look at
 * large pictures; nobody measures in it. Not for labels, between which there is no mean.
 */
import { type FrameShape, frameBytes } from './packs.ts'
import { type Samples, samplesOver } from './samples.ts'

/** Rows and columns of the lower frame; what is left at the edges makes smaller squares of its own. */
export const lowerShape = ({ rows, columns, samples }: FrameShape, factor: number): FrameShape => ({
  rows: Math.ceil(rows / factor),
  columns: Math.ceil(columns / factor),
  samples,
})

/**
 * @param factor pixels to the side of a square, a whole number from 1
 * @param padding the value that stands for "no picture here": it has no part in a mean, and where nothing else is it stays
 */
export function lowerOf(
  frame: Samples,
  shape: FrameShape,
  factor: number,
  padding: number | null = null,
): Samples {
  if (!Number.isInteger(factor) || factor < 1) throw new Error(`lowerOf: a factor of ${factor}`)
  if (frame.byteLength !== frameBytes(shape))
    throw new Error(`lowerOf: the frame holds ${frame.byteLength} bytes, not ${frameBytes(shape)}`)
  const lower = lowerShape(shape, factor)
  const out = samplesOver(shape.samples, new ArrayBuffer(frameBytes(lower)))
  const parts = shape.samples === 'uint8x3' ? 3 : 1
  const rounded = shape.samples !== 'float32' && shape.samples !== 'float64'
  const width = lower.columns * parts
  const sums = new Float64Array(width)
  const counts = new Uint32Array(width)
  for (let row = 0; row < lower.rows; row++) {
    sums.fill(0)
    counts.fill(0)
    const end = Math.min((row + 1) * factor, shape.rows)
    for (let from = row * factor; from < end; from++)
      addRow(frame, from * shape.columns * parts, shape.columns, parts, { factor, padding, sums, counts })
    for (let i = 0; i < width; i++) {
      const mean = counts[i] === 0 ? (padding ?? Number.NaN) : (sums[i] as number) / (counts[i] as number)
      out[row * width + i] = rounded ? Math.round(mean) : mean
    }
  }
  return out
}

/** A row of the frame into the sums of the squares that it crosses. What is no number has no part in a mean either. */
function addRow(
  frame: Samples,
  start: number,
  columns: number,
  parts: number,
  to: { factor: number; padding: number | null; sums: Float64Array; counts: Uint32Array },
): void {
  const { factor, padding, sums, counts } = to
  for (let column = 0, at = start; column < columns; column++) {
    const square = Math.floor(column / factor) * parts
    for (let part = 0; part < parts; part++, at++) {
      const value = frame[at] as number
      if (value === padding || Number.isNaN(value)) continue
      sums[square + part] = (sums[square + part] as number) + value
      counts[square + part] = (counts[square + part] as number) + 1
    }
  }
}
