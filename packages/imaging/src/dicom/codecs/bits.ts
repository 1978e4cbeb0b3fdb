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
    while (this.held < 16 && this.pull());
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

  private pull(): boolean {
    const byte = this.bytes[this.at]
    if (byte === undefined) return false
    if (byte === 0xff) {
      if (this.bytes[this.at + 1] !== 0) return false
      this.at += 1
    }
    this.at += 1
    this.buffer = ((this.buffer << 8) | byte) & 0xffffff
    this.held += 8
    return true
  }
}
