/** Bits of entropy-coded JPEG data (T.81 F.2.2.5): stuffed zeros are dropped, a marker ends the data, reading past it is a fault. */
import { ImagingFault } from '../../fault.ts'

export class BitReader {
  private readonly bytes: Uint8Array
  private at: number
  private buffer = 0
  private held = 0

  constructor(bytes: Uint8Array, at: number) {
    this.bytes = bytes
    this.at = at
  }

  /** The next 16 bits; zeros stand for what lies behind the end. */
  peek16(): number {
    if (this.held < 16) this.fill()
    return this.held >= 16
      ? (this.buffer >>> (this.held - 16)) & 0xffff
      : (this.buffer << (16 - this.held)) & 0xffff
  }

  /** Takes bits that were peeked at. */
  skip(count: number): void {
    if (count > this.held) throw new ImagingFault('truncated', 'its compressed picture ends early')
    this.held -= count
    this.buffer &= (1 << this.held) - 1
  }

  /** Drops the rest of the byte and passes a restart marker. */
  restart(): void {
    this.buffer = 0
    this.held = 0
    const marker = this.bytes[this.at + 1] ?? 0
    if (this.bytes[this.at] !== 0xff || marker < 0xd0 || marker > 0xd7) {
      throw new ImagingFault('damaged', 'its compressed picture lacks a restart mark')
    }
    this.at += 2
  }

  /** Behind the data: where the next marker stands. What is left of the bits is padding. */
  end(): number {
    let at = this.at
    while (at + 1 < this.bytes.length && !(this.bytes[at] === 0xff && this.bytes[at + 1] !== 0)) at += 1
    return at
  }

  /** Up to 24 bits, as far as there are any. */
  private fill(): void {
    const { bytes } = this
    let { at, buffer, held } = this
    while (held <= 16) {
      const byte = bytes[at]
      if (byte === undefined) break
      if (byte === 0xff) {
        if (bytes[at + 1] !== 0) break
        at += 1
      }
      at += 1
      buffer = (buffer << 8) | byte
      held += 8
    }
    this.at = at
    this.buffer = buffer
    this.held = held
  }
}

/** Bits of JPEG-LS data (T.87 A.1): after a byte of ones the next has seven bits; a marker ends the data; reading on is a fault. */
export class StuffedBits {
  private readonly bytes: Uint8Array
  private at: number
  private buffer = 0
  private held = 0
  private afterOnes = false

  constructor(bytes: Uint8Array, at: number) {
    this.bytes = bytes
    this.at = at
  }

  /** Behind the data: where the next marker stands. */
  end(): number {
    let at = this.at
    while (at + 1 < this.bytes.length && !(this.bytes[at] === 0xff && (this.bytes[at + 1] as number) >= 0x80))
      at += 1
    return at
  }

  /** @param count 0 to 16 */
  read(count: number): number {
    while (this.held < count) this.pull()
    this.held -= count
    const value = this.buffer >>> this.held
    this.buffer &= (1 << this.held) - 1
    return value
  }

  /** Zeros before the next one, which is taken too; at most `most`, then what follows is left alone but for the one. */
  zeros(most: number): number {
    let count = 0
    for (;;) {
      if (this.held === 0) this.pull()
      if (this.buffer === 0) {
        count += this.held
        this.held = 0
      } else {
        const lead = Math.clz32(this.buffer) - (32 - this.held)
        count += lead
        this.held -= lead + 1
        this.buffer &= (1 << this.held) - 1
        break
      }
      if (count > most) break
    }
    if (count > most)
      throw new ImagingFault('damaged', 'its compressed picture holds a code that means nothing')
    return count
  }

  private pull(): void {
    const byte = this.bytes[this.at]
    if (byte === undefined || (this.afterOnes && byte >= 0x80)) {
      throw new ImagingFault('truncated', 'its compressed picture ends early')
    }
    this.at += 1
    const width = this.afterOnes ? 7 : 8
    this.afterOnes = byte === 0xff
    this.buffer = (this.buffer << width) | byte
    this.held += width
  }
}
