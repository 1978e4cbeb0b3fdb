/**
 * Whole numbers in as few bytes as they need: seven bits to a byte, lowest first, the eighth says that more follow (LEB128).
 * By arithmetic, not by shifts: those end at 32 bits, and Lamport numbers and clientIDs do not.
 */
import { MalformedAct } from './malformed.ts'

const MORE = 0x80

/** 0, −1, 1, −2 … as 0, 1, 2, 3 … */
const zigzag = (n: number): number => (n < 0 ? -2 * n - 1 : 2 * n)
const unzigzag = (n: number): number => (n % 2 === 0 ? n / 2 : -(n + 1) / 2)

export class ByteSink {
  #bytes = new Uint8Array(128)
  #length = 0

  byte(value: number): void {
    if (this.#length === this.#bytes.length) {
      const longer = new Uint8Array(2 * this.#bytes.length)
      longer.set(this.#bytes)
      this.#bytes = longer
    }
    this.#bytes[this.#length++] = value
  }

  /** Of a whole number from 0 to 2^53 − 1. */
  varint(value: number): void {
    if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${value} is written as no varint`)
    let rest = value
    while (rest >= MORE) {
      this.byte((rest % MORE) + MORE)
      rest = Math.floor(rest / MORE)
    }
    this.byte(rest)
  }

  signed(value: number): void {
    this.varint(zigzag(value))
  }

  bytes(values: Uint8Array): void {
    for (const value of values) this.byte(value)
  }

  taken(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length)
  }
}

export class ByteSource {
  readonly #bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  get left(): number {
    return this.#bytes.length - this.#at
  }

  byte(): number {
    const value = this.#bytes[this.#at]
    if (value === undefined) throw new MalformedAct('The act ends early.')
    this.#at += 1
    return value
  }

  varint(): number {
    const first = this.byte()
    return first < MORE ? first : this.#longer(first - MORE)
  }

  #longer(lowest: number): number {
    let value = lowest
    let scale = MORE
    for (;;) {
      const byte = this.byte()
      value += (byte % MORE) * scale
      if (value > Number.MAX_SAFE_INTEGER) throw new MalformedAct('A number is too large.')
      if (byte < MORE) {
        if (byte === 0) throw new MalformedAct('A number is written longer than it is.')
        return value
      }
      scale *= MORE
      if (scale > Number.MAX_SAFE_INTEGER) throw new MalformedAct('A number is too large.')
    }
  }

  signed(): number {
    return unzigzag(this.varint())
  }

  /** How many of something follow, each of a byte at least: memory is taken for no more than the bytes present can hold. */
  count(): number {
    const count = this.varint()
    if (count > this.left) throw new MalformedAct('The act ends early.')
    return count
  }

  /** All bytes, and where reading stands: for whoever reads many of one kind at once, and then says how many with `skip`. */
  get all(): Uint8Array {
    return this.#bytes
  }

  get at(): number {
    return this.#at
  }

  /** Only over what is there. */
  skip(count: number): void {
    this.#at += count
  }

  /** So many bytes, as they lie there. */
  take(count: number): Uint8Array {
    if (count > this.left) throw new MalformedAct('The act ends early.')
    this.#at += count
    return this.#bytes.subarray(this.#at - count, this.#at)
  }

  rest(): Uint8Array {
    const rest = this.#bytes.subarray(this.#at)
    this.#at = this.#bytes.length
    return rest
  }

  end(): void {
    if (this.left > 0) throw new MalformedAct('Something follows the act.')
  }
}
