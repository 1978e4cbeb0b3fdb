/** Huffman codes of JPEG (T.81 Annex C, F.2.2): tables that answer for the next bits at once, and the numbers that follow a code. */
import { ImagingFault } from '../../fault.ts'
import type { BitReader } from './bits.ts'

/** Most codes are short, and a table of theirs stays in the processor's nearest memory. */
const SHORT = 10

/** Code length << 8 | value; 0 where no code begins so. */
export interface Table {
  /** By the next 10 bits; 0 also where the code is longer. */
  readonly short: Uint16Array
  /** By the next 16 bits. */
  readonly long: Uint16Array
}

/** B.2.4.2: the tables of a segment as they stand there, by class << 4 | destination. Built only when a scan needs one. */
export function readTables(body: Uint8Array, tables: Map<number, Uint8Array>): void {
  for (let at = 0; at + 17 <= body.length; ) {
    const counts = body.subarray(at + 1, at + 17)
    const end = at + 17 + counts.reduce((sum, n) => sum + n, 0)
    if (end > body.length) throw new ImagingFault('damaged', 'its compressed picture has a broken code table')
    tables.set(body[at] as number, body.subarray(at + 1, end))
    at = end
  }
}

/** Annex C: 16 counts of codes by length, then their values. */
export function tableOf(stated: Uint8Array): Table {
  const short = new Uint16Array(2 ** SHORT)
  const long = new Uint16Array(2 ** 16)
  let code = 0
  let from = 16
  for (let length = 1; length <= 16; length++, code <<= 1) {
    for (let n = stated[length - 1] as number; n > 0; n--, code++, from++) {
      if (code >= 1 << length)
        throw new ImagingFault('damaged', 'its compressed picture has a broken code table')
      const value = (length << 8) | (stated[from] as number)
      long.fill(value, code << (16 - length), (code + 1) << (16 - length))
      if (length <= SHORT) short.fill(value, code << (SHORT - length), (code + 1) << (SHORT - length))
    }
  }
  return { short, long }
}

/** F.2.2.3: the code that these 16 bits begin with, as the table has it. */
export function codeIn(ahead: number, { short, long }: Table): number {
  const code = (short[ahead >> (16 - SHORT)] as number) || (long[ahead] as number)
  if (code === 0) throw new ImagingFault('damaged', 'its compressed picture holds a code that means nothing')
  return code
}

/** Takes a code of `length` bits, which `ahead` begins with, and the number of `count` bits behind it; `count` 0 to 16. */
export function numberBehind(bits: BitReader, ahead: number, length: number, count: number): number {
  const both = length + count
  if (both <= 16) {
    bits.skip(both)
    return extended((ahead >> (16 - both)) & ((1 << count) - 1), count)
  }
  bits.skip(length)
  const value = bits.peek16() >> (16 - count)
  bits.skip(count)
  return extended(value, count)
}

/** F.2.2.1: of a number of so many bits the lower half is negative. */
const extended = (value: number, count: number): number =>
  count > 0 && value < 1 << (count - 1) ? value - (1 << count) + 1 : value
