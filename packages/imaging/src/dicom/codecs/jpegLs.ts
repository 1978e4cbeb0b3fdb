/**
 * JPEG-LS, lossless and near lossless, grey or three components (ITU-T T.87; section numbers below are its). Every step is bounded by the picture:
 * a run ends at its line, a code at its length limit, and reading past the data is a fault.
 * Ours, because the library at hand counts zero bits without a limit: one changed byte kept it busy for minutes.
 */
import { ImagingFault } from '../../fault.ts'
import { StuffedBits } from './bits.ts'
import type { Codec, FrameSize } from './codec.ts'
import { type Presets, readPresets } from './jpegLsHeader.ts'
import { broken, statedAs } from './markers.ts'

/** Table of run lengths, as powers of two (A.7.1.1). */
// biome-ignore format: a table
const J = Uint8Array.of(0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 9, 10, 11, 12, 13, 14, 15)
/** Contexts of the regular mode; two more follow for the ends of runs (A.2.1). */
const REGULAR = 365

const SOF55 = 0xf7

function decode(coded: Uint8Array, size: FrameSize): Uint8Array | Uint16Array {
  const { precision } = statedAs(coded, size, SOF55, 'JPEG-LS')
  const values = size.rows * size.columns * size.samples
  const out = precision > 8 ? new Uint16Array(values) : new Uint8Array(values)
  let from: number | undefined
  for (let first = 0; first < size.samples; ) {
    const presets = readPresets(coded, precision, from)
    if (first + presets.components > size.samples) broken()
    const bits = new StuffedBits(coded, presets.start)
    decodeScan(presets, bits, size, first, out)
    first += presets.components
    from = bits.end()
  }
  return out
}

/** The components of one scan, the first of them number `first`. */
function decodeScan(
  presets: Presets,
  bits: StuffedBits,
  { rows, columns, samples }: FrameSize,
  first: number,
  out: Uint8Array | Uint16Array,
): void {
  const scan = new Scan(presets, bits)
  const { components, interleave, pointTransform } = presets
  // One sample before and one after each line, so that every neighbour has a place (A.2.1).
  const lines = () => Array.from({ length: components }, () => new Int32Array(columns + 2))
  let above = lines()
  let line = lines()
  const runs = new Int32Array(components)
  for (let y = 0; y < rows; y++) {
    for (let k = 0; k < components; k++) {
      const before = above[k] as Int32Array
      before[columns + 1] = before[columns] as number
      ;(line[k] as Int32Array)[0] = before[1] as number
    }
    if (interleave === 2) scan.pixels(line, above, columns)
    else {
      for (let k = 0; k < components; k++) {
        scan.run = runs[k] as number
        scan.line(line[k] as Int32Array, above[k] as Int32Array, columns)
        runs[k] = scan.run
      }
    }
    for (let k = 0; k < components; k++) {
      const values = line[k] as Int32Array
      for (let x = 0, to = y * columns * samples + first + k; x < columns; x++, to += samples)
        out[to] = (values[x + 1] as number) << pointTransform
    }
    const done = line
    line = above
    above = done
  }
}

/** The state that runs through all lines: statistics per context and the length of runs. */
class Scan {
  private readonly p: Presets
  private readonly bits: StuffedBits
  private readonly a: Int32Array
  private readonly n = new Int32Array(REGULAR + 2).fill(1)
  private readonly b = new Int32Array(REGULAR)
  private readonly c = new Int32Array(REGULAR)
  /** Negative errors at the ends of runs. */
  private readonly nn = new Int32Array(2)
  /** Of the component at work, where lines take turns (B.1.2). */
  run = 0

  constructor(presets: Presets, bits: StuffedBits) {
    this.p = presets
    this.bits = bits
    this.a = new Int32Array(REGULAR + 2).fill(Math.max(2, (presets.range + 32) >> 6))
  }

  line(line: Int32Array, above: Int32Array, columns: number): void {
    for (let x = 1; x <= columns; ) {
      const context = this.context(line, above, x)
      if (context === 0) x = this.runMode([line], [above], x, columns)
      else {
        line[x] = this.regular(context, line[x - 1] as number, above[x] as number, above[x - 1] as number)
        x += 1
      }
    }
  }

  /** B.1.3: the components of a pixel one after the other; a run is one of all of them. */
  pixels(lines: Int32Array[], aboves: Int32Array[], columns: number): void {
    const contexts = new Int32Array(lines.length)
    for (let x = 1; x <= columns; ) {
      let flat = true
      lines.forEach((line, k) => {
        contexts[k] = this.context(line, aboves[k] as Int32Array, x)
        if (contexts[k] !== 0) flat = false
      })
      if (flat) x = this.runMode(lines, aboves, x, columns)
      else {
        lines.forEach((line, k) => {
          const above = aboves[k] as Int32Array
          const context = contexts[k] as number
          line[x] = this.regular(context, line[x - 1] as number, above[x] as number, above[x - 1] as number)
        })
        x += 1
      }
    }
  }

  private context(line: Int32Array, above: Int32Array, x: number): number {
    const up = above[x] as number
    const corner = above[x - 1] as number
    const q1 = this.quantized((above[x + 1] as number) - up)
    const q2 = this.quantized(up - corner)
    return 81 * q1 + 9 * q2 + this.quantized(corner - (line[x - 1] as number))
  }

  /** A.3.3 */
  private quantized(d: number): number {
    const { t1, t2, t3, near } = this.p
    const size = d < 0 ? -d : d
    const q = size <= near ? 0 : size < t1 ? 1 : size < t2 ? 2 : size < t3 ? 3 : 4
    return d < 0 ? -q : q
  }

  /** A.4 to A.6 */
  private regular(signed: number, left: number, up: number, corner: number): number {
    const { a, b, c, n } = this
    const { near, maximum, reset } = this.p
    const sign = signed < 0 ? -1 : 1
    const q = signed * sign
    let guess = median(left, up, corner) + sign * (c[q] as number)
    guess = guess < 0 ? 0 : guess > maximum ? maximum : guess
    const k = this.golomb(n[q] as number, a[q] as number)
    const mapped = this.value(k, this.p.limit)
    let error = mapped & 1 ? -((mapped + 1) >> 1) : mapped >> 1
    if (near === 0 && k === 0 && 2 * (b[q] as number) <= -(n[q] as number)) error = -error - 1
    let bias = (b[q] as number) + error * (2 * near + 1)
    let sum = (a[q] as number) + Math.abs(error)
    let count = n[q] as number
    if (count === reset) {
      sum >>= 1
      bias >>= 1
      count >>= 1
    }
    count += 1
    if (bias <= -count) {
      bias = Math.max(bias + count, 1 - count)
      if ((c[q] as number) > -128) (c[q] as number)--
    } else if (bias > 0) {
      bias = Math.min(bias - count, 0)
      if ((c[q] as number) < 127) (c[q] as number)++
    }
    a[q] = sum
    b[q] = bias
    n[q] = count
    return this.restored(guess, sign * error)
  }

  /** A.7: a run of one value, then the sample that ended it, in each of the lines. Returns the next column. */
  private runMode(lines: Int32Array[], aboves: Int32Array[], from: number, columns: number): number {
    let x = from
    while (x <= columns && this.bits.read(1) === 1) {
      const whole = 1 << (J[this.run] as number)
      const left = columns + 1 - x
      x += Math.min(whole, left)
      if (whole <= left && this.run < 31) this.run += 1
    }
    const ended = x <= columns
    if (ended) x += this.bits.read(J[this.run] as number)
    if (ended && x > columns)
      throw new ImagingFault('damaged', 'its compressed picture holds a run that leaves its line')
    for (const line of lines) line.fill(line[from - 1] as number, from, x)
    if (!ended) return x
    lines.forEach((line, k) => {
      line[x] = this.runEnd(line[from - 1] as number, (aboves[k] as Int32Array)[x] as number, lines.length)
    })
    if (this.run > 0) this.run -= 1
    return x + 1
  }

  /** A.7.2; of several components at once, all are coded as unlike (B.1.3). */
  private runEnd(left: number, up: number, together: number): number {
    const { a, n, nn } = this
    const alike = together === 1 && Math.abs(left - up) <= this.p.near ? 1 : 0
    const q = REGULAR + alike
    const sum = (a[q] as number) + (alike ? (n[q] as number) >> 1 : 0)
    const k = this.golomb(n[q] as number, sum)
    const mapped = this.value(k, this.p.limit - (J[this.run] as number) - 1)
    const odd = (mapped + alike) & 1
    const size = (mapped + alike + odd) >> 1
    const mostlyNegative = k !== 0 || 2 * (nn[alike] as number) >= (n[q] as number)
    const error = mostlyNegative === (odd === 1) ? -size : size
    if (error < 0) (nn[alike] as number)++
    a[q] = (a[q] as number) + ((mapped + 1 - alike) >> 1)
    if (n[q] === this.p.reset) {
      a[q] = (a[q] as number) >> 1
      n[q] = (n[q] as number) >> 1
      nn[alike] = (nn[alike] as number) >> 1
    }
    ;(n[q] as number)++
    return alike ? this.restored(left, error) : this.restored(up, left > up ? -error : error)
  }

  private golomb(count: number, sum: number): number {
    let k = 0
    while (count << k < sum && k < 24) k++
    return k
  }

  /** A.5.3: zeros, a one, then k bits; after too many zeros the value itself. */
  private value(k: number, limit: number): number {
    const most = limit - this.p.bitsPerError - 1
    const zeros = this.bits.zeros(most)
    return zeros < most ? (zeros << k) + this.bits.read(k) : this.bits.read(this.p.bitsPerError) + 1
  }

  /** A.4.4, A.4.5 backwards */
  private restored(guess: number, error: number): number {
    const { near, maximum, range } = this.p
    const step = 2 * near + 1
    let value = guess + error * step
    if (value < -near) value += range * step
    else if (value > maximum + near) value -= range * step
    return value < 0 ? 0 : value > maximum ? maximum : value
  }
}

function median(left: number, up: number, corner: number): number {
  const low = left < up ? left : up
  const high = left < up ? up : left
  return corner >= high ? low : corner <= low ? high : left + up - corner
}

/** Runs double their length as they go on, so a blank picture takes next to nothing; real ones stay far below this. */
export const jpegLs: Codec = { decode, pixelsPerByte: 20_000 }
