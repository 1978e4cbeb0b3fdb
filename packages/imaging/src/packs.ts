/**
 * How frames travel. The bytes of each frame are taken as whole numbers (of 16 bits, of 32 where values are wider, of 8 in colour), delta
 * coded along its rows (differences wrap) and split into one plane per byte, the lowest first; the frames of a pack follow one another.
 * Exact inverse; HTTP does the compression.
 * Why: a browser spends more on a request than on 16 frames of decoding, and split deltas compress better (zstd 1) than raw values.
 * Pure and browser-safe: no allocation per row.
 */
import { bytesPerPixel, type SampleKind, type Samples, samplesOver } from './samples.ts'

export interface FrameShape {
  readonly rows: number
  readonly columns: number
  readonly samples: SampleKind
}

export interface PackShape extends FrameShape {
  /** Frames in the pack. */
  readonly count: number
}

/** A run of neighbouring frames, indices in the series' order along the normal. */
export interface PackPlan {
  readonly first: number
  readonly count: number
}

/** Frames in a full pack. */
export const PACK_FRAMES = 16
/** Values in a pack, unless one frame has more: who looks at a frame waits for its whole pack. */
export const PACK_BYTES = 32 * 2 ** 20

/** Frames -> bytes, as many as the frames have. With `into` (at least as long) nothing is allocated. */
export function encodeFrames(frames: readonly Samples[], shape: FrameShape, into?: Uint8Array): Uint8Array {
  const size = frameBytes(shape)
  if (into && into.length < frames.length * size) throw new Error('encodeFrames: the target is too short')
  const out = into?.subarray(0, frames.length * size) ?? new Uint8Array(frames.length * size)
  frames.forEach((frame, k) => {
    if (frame.byteLength !== size)
      throw new Error(`encodeFrames: frame ${k} holds ${frame.byteLength} bytes, not ${size}`)
    const words = wordsOf(frame, shape)
    split(words, rowOf(words, shape), strideOf(shape), out, k * size)
  })
  return out
}

/**
 * Bytes of one pack -> frames. With `into` (count frames long, of the right type) nothing is allocated: frame k of the pack
 * lands behind k frames in it, so a pack goes straight into its place in a volume by a subarray.
 * Throws an Error where the bytes are not exactly as long as the shape says.
 */
export function decodeFrames(bytes: Uint8Array, shape: PackShape, into?: Samples): Samples[] {
  const size = frameBytes(shape)
  if (bytes.length !== shape.count * size) {
    throw new Error(
      `decodeFrames: ${bytes.length} bytes, not the ${shape.count * size} of ${shape.count} frames`,
    )
  }
  const all = into ?? samplesOver(shape.samples, new ArrayBuffer(shape.count * size))
  const perFrame = size / all.BYTES_PER_ELEMENT
  if (all.length < shape.count * perFrame) throw new Error('decodeFrames: the target is too short')
  const frames: Samples[] = []
  for (let k = 0; k < shape.count; k++) {
    const frame = all.subarray(k * perFrame, (k + 1) * perFrame)
    const words = wordsOf(frame, shape)
    join(bytes, k * size, rowOf(words, shape), strideOf(shape), words)
    frames.push(frame)
  }
  return frames
}

/** Bytes of one frame, coded or not. */
export const frameBytes = ({ rows, columns, samples }: FrameShape): number =>
  rows * columns * bytesPerPixel(samples)

/**
 * In the order to fetch: the middle frame alone, so that a picture stands at once, then packs of 16 alternating above and below it,
 * nearest first, fewer where frames are large. Every frame is in exactly one pack; frames of a pack are contiguous and ascending.
 */
export function planPacks(frames: number, bytesPerFrame: number): PackPlan[] {
  if (!Number.isInteger(frames) || frames < 0) throw new Error('planPacks: not a number of frames')
  if (frames === 0) return []
  const most = Math.max(1, Math.min(PACK_FRAMES, Math.floor(PACK_BYTES / bytesPerFrame)))
  const middle = Math.floor(frames / 2)
  const plan: PackPlan[] = [{ first: middle, count: 1 }]
  let above = middle + 1
  let below = middle
  while (above < frames || below > 0) {
    if (above < frames) {
      const count = Math.min(most, frames - above)
      plan.push({ first: above, count })
      above += count
    }
    if (below > 0) {
      const count = Math.min(most, below)
      plan.push({ first: below - count, count })
      below -= count
    }
  }
  return plan
}

/** Whole numbers over the same memory; a 64-bit number counts as two. */
type Words = Uint8Array | Uint16Array | Uint32Array

function wordsOf(frame: Samples, { samples }: FrameShape): Words {
  const { buffer, byteOffset, byteLength } = frame
  if (samples === 'uint8x3') return new Uint8Array(buffer, byteOffset, byteLength)
  if (samples === 'int16' || samples === 'uint16') return new Uint16Array(buffer, byteOffset, byteLength / 2)
  return new Uint32Array(buffer, byteOffset, byteLength / 4)
}

/** Words in a row of the picture. */
const rowOf = (words: Words, { rows }: FrameShape): number => words.length / rows

/** How far back the word lies that a word is compared with. */
const strideOf = ({ samples }: FrameShape): number =>
  samples === 'uint8x3' ? 3 : samples === 'float64' ? 2 : 1

function split(words: Words, row: number, stride: number, out: Uint8Array, offset: number): void {
  if (words.BYTES_PER_ELEMENT === 2) return split16(words, row, out, offset)
  const size = words.length
  for (let start = 0; start < size; start += row) {
    for (let i = start; i < start + row; i++) {
      const difference = (words[i] as number) - (i < start + stride ? 0 : (words[i - stride] as number))
      for (let plane = 0; plane < words.BYTES_PER_ELEMENT; plane++)
        out[offset + plane * size + i] = difference >>> (8 * plane)
    }
  }
}

function join(bytes: Uint8Array, offset: number, row: number, stride: number, words: Words): void {
  if (words.BYTES_PER_ELEMENT === 2) return join16(bytes, offset, row, words)
  const size = words.length
  for (let start = 0; start < size; start += row) {
    for (let i = start; i < start + row; i++) {
      let difference = 0
      for (let plane = 0; plane < words.BYTES_PER_ELEMENT; plane++)
        difference |= (bytes[offset + plane * size + i] as number) << (8 * plane)
      words[i] = difference + (i < start + stride ? 0 : (words[i - stride] as number))
    }
  }
}

/** The usual width, by itself because it is what people wait for: four values at a time where they lie so. */
function split16(words: Words, row: number, out: Uint8Array, offset: number): void {
  const isAligned = words.byteOffset % 4 === 0 && (out.byteOffset + offset) % 4 === 0
  if (row % 4 === 0 && isAligned) return split16InFours(words, row, out, offset)
  const size = words.length
  for (let start = 0, low = offset, high = offset + size; start < size; start += row) {
    let before = 0
    for (let i = start; i < start + row; i++) {
      const value = words[i] as number
      const difference = value - before
      out[low++] = difference
      out[high++] = difference >> 8
      before = value
    }
  }
}

/** The highest bit of either value in a word of two. */
const TOPS = 0x80008000

/**
 * Two values in each 32-bit word, the earlier one below (little endian, as everywhere that this runs). They are subtracted as pairs: with the
 * upper one's top bit set and the lower one's cleared nothing is borrowed across, and the true top bit is put in afterwards.
 */
function split16InFours(words: Words, row: number, out: Uint8Array, offset: number): void {
  const size = words.length
  const pairs = new Int32Array(words.buffer, words.byteOffset, size / 2)
  const low = new Int32Array(out.buffer, out.byteOffset + offset, size / 4)
  const high = new Int32Array(out.buffer, out.byteOffset + offset + size, size / 4)
  for (let start = 0, four = 0; start < pairs.length; start += row / 2) {
    let before = 0
    for (let i = start; i < start + row / 2; i += 2, four++) {
      const first = pairs[i] as number
      const second = pairs[i + 1] as number
      const a = pairwise(first, (first << 16) | (before >>> 16))
      const b = pairwise(second, (second << 16) | (first >>> 16))
      low[four] = (a & 0xff) | ((a >>> 8) & 0xff00) | ((b & 0xff) << 16) | ((b & 0xff0000) << 8)
      high[four] = ((a >>> 8) & 0xff) | ((a >>> 16) & 0xff00) | ((b & 0xff00) << 8) | (b & 0xff000000)
      before = second
    }
  }
}

const pairwise = (values: number, before: number): number =>
  ((values | TOPS) - (before & ~TOPS)) ^ (~(values ^ before) & TOPS)

function join16(bytes: Uint8Array, offset: number, row: number, words: Words): void {
  const isAligned = words.byteOffset % 4 === 0 && (bytes.byteOffset + offset) % 4 === 0
  if (row % 4 === 0 && isAligned) return join16InFours(bytes, offset, row, words)
  const size = words.length
  for (let start = 0, low = offset, high = offset + size; start < size; start += row) {
    let value = 0
    for (let i = start; i < start + row; i++) {
      value = (value + ((bytes[low++] as number) | ((bytes[high++] as number) << 8))) & 0xffff
      words[i] = value
    }
  }
}

/** The same four values at a time: two 32-bit words are read and two written, for eight bytes and four values. Sums wrap where they are cut to 16 bits. */
function join16InFours(bytes: Uint8Array, offset: number, row: number, words: Words): void {
  const size = words.length
  const pairs = new Int32Array(words.buffer, words.byteOffset, size / 2)
  const low = new Int32Array(bytes.buffer, bytes.byteOffset + offset, size / 4)
  const high = new Int32Array(bytes.buffer, bytes.byteOffset + offset + size, size / 4)
  for (let start = 0, four = 0; start < pairs.length; start += row / 2) {
    let value = 0
    for (let i = start; i < start + row / 2; i += 2, four++) {
      const l = low[four] as number
      const h = high[four] as number
      const first = (value + ((l & 0xff) | ((h & 0xff) << 8))) | 0
      const second = (first + (((l >>> 8) & 0xff) | (h & 0xff00))) | 0
      pairs[i] = (first & 0xffff) | (second << 16)
      const third = (second + (((l >>> 16) & 0xff) | ((h >>> 8) & 0xff00))) | 0
      value = (third + ((l >>> 24) | ((h >>> 16) & 0xff00))) | 0
      pairs[i + 1] = (third & 0xffff) | (value << 16)
    }
  }
}
