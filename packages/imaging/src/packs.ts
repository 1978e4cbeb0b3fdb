/**
 * How frames travel. Each frame is delta coded along its rows (differences wrap in 16 bits) and split into a plane of low bytes and a
 * plane of high bytes; the frames of a pack follow one another. Exact inverse; HTTP does the compression.
 * Why: a browser spends more on a request than on 16 frames of decoding, and split deltas compress better (zstd 1) than raw values.
 * Pure and browser-safe: no allocation per row, no imports.
 */
import type { StoredPixels } from './dicom/instance.ts'

export interface FrameShape {
  readonly rows: number
  readonly columns: number
}

export interface PackShape extends FrameShape {
  /** Frames in the pack. */
  readonly count: number
  readonly signed: boolean
}

/** A run of neighbouring frames, indices in the series' order along the normal. */
export interface PackPlan {
  readonly first: number
  readonly count: number
}

/** Frames in a full pack. */
export const PACK_FRAMES = 16

/** Stored frames -> bytes: per frame rows x columns low bytes, then rows x columns high bytes. */
export function encodeFrames(frames: readonly StoredPixels[], shape: FrameShape): Uint8Array {
  const size = shape.rows * shape.columns
  const out = new Uint8Array(frames.length * size * 2)
  frames.forEach((frame, k) => {
    if (frame.length !== size)
      throw new Error(`encodeFrames: frame ${k} holds ${frame.length} values, not ${size}`)
    split(frame, shape.columns, out, k * size * 2)
  })
  return out
}

/**
 * Bytes of one pack -> stored frames. With `into` (count frames long, of the right type) nothing is allocated: frame k of the pack
 * lands at `into[k * rows * columns …]`, so a pack goes straight into its place in a volume by a subarray.
 * Throws an Error where the bytes are not exactly as long as the shape says.
 */
export function decodeFrames(bytes: Uint8Array, shape: PackShape, into?: StoredPixels): StoredPixels[] {
  const size = shape.rows * shape.columns
  if (bytes.length !== shape.count * size * 2) {
    throw new Error(
      `decodeFrames: ${bytes.length} bytes, not the ${shape.count * size * 2} of ${shape.count} frames`,
    )
  }
  const all =
    into ?? (shape.signed ? new Int16Array(shape.count * size) : new Uint16Array(shape.count * size))
  if (all.length < shape.count * size) throw new Error('decodeFrames: the target is too short')
  const frames: StoredPixels[] = []
  for (let k = 0; k < shape.count; k++) {
    const frame = all.subarray(k * size, (k + 1) * size)
    join(bytes, k * size * 2, shape.columns, frame)
    frames.push(frame)
  }
  return frames
}

/**
 * In the order to fetch: the middle frame alone, so that a picture stands at once, then packs of 16 alternating above and below it,
 * nearest first. Every frame is in exactly one pack; frames of a pack are contiguous and ascending.
 */
export function planPacks(frames: number): PackPlan[] {
  if (!Number.isInteger(frames) || frames < 0) throw new Error('planPacks: not a number of frames')
  if (frames === 0) return []
  const middle = Math.floor(frames / 2)
  const plan: PackPlan[] = [{ first: middle, count: 1 }]
  let above = middle + 1
  let below = middle
  while (above < frames || below > 0) {
    if (above < frames) {
      const count = Math.min(PACK_FRAMES, frames - above)
      plan.push({ first: above, count })
      above += count
    }
    if (below > 0) {
      const count = Math.min(PACK_FRAMES, below)
      plan.push({ first: below - count, count })
      below -= count
    }
  }
  return plan
}

function split(frame: StoredPixels, columns: number, out: Uint8Array, offset: number): void {
  const size = frame.length
  for (let start = 0, low = offset, high = offset + size; start < size; start += columns) {
    let before = 0
    for (let i = start; i < start + columns; i++) {
      const value = frame[i] as number
      const difference = value - before
      out[low++] = difference
      out[high++] = difference >> 8
      before = value
    }
  }
}

function join(bytes: Uint8Array, offset: number, columns: number, frame: StoredPixels): void {
  const size = frame.length
  for (let start = 0, low = offset, high = offset + size; start < size; start += columns) {
    let value = 0
    for (let i = start; i < start + columns; i++) {
      value = (value + ((bytes[low++] as number) | ((bytes[high++] as number) << 8))) & 0xffff
      frame[i] = value
    }
  }
}
