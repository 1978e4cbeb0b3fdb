/**
 * Reads the primitives of Yjs' update format 1 (lib0) out of bytes, each either taken or stepped over. Whatever cannot be read is
 * `malformed`, and so is a number written longer than it must be: one meaning has one form, in every implementation.
 */
import { Refusal } from '@consilium/contract/refusals'
import { MAX_STRING_LENGTH } from './limits.ts'

const malformed = (): Refusal => new Refusal('malformed')
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
/** Names of fields, kinds and series come again and again: a short text that was read before is not made anew. Of each place the last. */
const SHORT = 24
const READ_BEFORE: string[] = Array.from({ length: 1_024 }, () => '')
/** A name is kept as the engine keeps names of properties: then two of them are compared at a glance. */
const NAME = 11
/** A view of all bytes would cost more than copying eight. */
const FRACTION = new DataView(new ArrayBuffer(8))

export class Reader {
  readonly bytes: Uint8Array
  pos = 0
  #buffer: Buffer | null = null
  /** How many values were read: values.ts counts them. */
  parts = 0

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }

  /** How many bytes are left. */
  get left(): number {
    return this.bytes.length - this.pos
  }

  byte(): number {
    const byte = this.bytes[this.pos++]
    if (byte === undefined) throw malformed()
    return byte
  }

  uint(): number {
    let byte = this.byte()
    if (byte < 0x80) return byte
    let n = byte & 0x7f
    let factor = 0x80
    do {
      byte = this.byte()
      n += (byte & 0x7f) * factor
      factor *= 0x80
      if (n > Number.MAX_SAFE_INTEGER) throw malformed()
    } while (byte >= 0x80)
    if (byte === 0) throw malformed()
    return n
  }

  /** The first byte has six bits and the sign. */
  int(): number {
    let byte = this.byte()
    const sign = byte & 0x40 ? -1 : 1
    let n = byte & 0x3f
    for (let factor = 0x40; byte >= 0x80; factor *= 0x80) {
      byte = this.byte()
      n += (byte & 0x7f) * factor
      if (n > Number.MAX_SAFE_INTEGER) throw malformed()
    }
    return sign * n
  }

  float32(): number {
    return this.#fraction(4).getFloat32(0)
  }

  float64(): number {
    return this.#fraction(8).getFloat64(0)
  }

  #fraction(size: number): DataView {
    const from = this.#step(size)
    for (let n = 0; n < size; n++) FRACTION.setUint8(n, this.bytes[from + n] as number)
    return FRACTION
  }

  /** Throws also `too-large`. */
  string(): string {
    const size = this.uint()
    const from = this.#step(size)
    if (size <= SHORT) {
      const text = this.#short(from)
      if (text !== null) return text
    }
    if (size > 4 * MAX_STRING_LENGTH) throw tooLong()
    let text: string
    try {
      text = utf8.decode(this.bytes.subarray(from, this.pos))
    } catch {
      throw malformed()
    }
    if (text.length > MAX_STRING_LENGTH) throw tooLong()
    return text
  }

  /** The text in [from, pos), if it is plain ASCII. */
  #short(from: number): string | null {
    const { bytes, pos } = this
    const size = pos - from
    if (size === 0) return ''
    const place =
      (size * 37 + (bytes[from] as number) * 7 + (bytes[pos - 1] as number) * 61) % READ_BEFORE.length
    const known = READ_BEFORE[place] as string
    if (known.length === size && isAt(known, bytes, from)) return known
    for (let at = from; at < pos; at++) if ((bytes[at] as number) >= 0x80) return null
    this.#buffer ??= Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    let text = this.#buffer.toString('latin1', from, pos)
    if (size <= NAME) [text = ''] = Object.keys({ [text]: 0 })
    READ_BEFORE[place] = text
    return text
  }

  /** Bytes, as they lie in the update. Throws also `too-large`. */
  binary(most: number): Uint8Array {
    const size = this.uint()
    if (size > most) throw new Refusal('too-large', { message: 'This paints more at once than one act may.' })
    const from = this.#step(size)
    return this.bytes.subarray(from, this.pos)
  }

  /** Steps over a string and returns its length in UTF-16 code units. */
  skipString(): number {
    const size = this.uint()
    const from = this.#step(size)
    let length = size
    for (let at = from; at < this.pos; at++) {
      const byte = this.bytes[at] as number
      if (byte < 0x80) continue
      // A continuation is no unit of its own; four bytes are two units.
      if (byte < 0xc0) length--
      else if (byte >= 0xf0) length++
    }
    return length
  }

  skipUint(): void {
    while (this.byte() >= 0x80);
  }

  skip(count: number): void {
    this.#step(count)
  }

  /** Returns where the step began. */
  #step(count: number): number {
    const from = this.pos
    if (count > this.bytes.length - from) throw malformed()
    this.pos = from + count
    return from
  }
}

function isAt(text: string, bytes: Uint8Array, from: number): boolean {
  for (let n = 0; n < text.length; n++) if (text.charCodeAt(n) !== bytes[from + n]) return false
  return true
}

const tooLong = (): Refusal => new Refusal('too-large', { message: 'A text in this change is too long.' })
