/** Huffman codes of JPEG (T.81 Annex C, F.2.2): tables that answer for the next 16 bits at once, and the numbers that follow a code. */
import { ImagingFault } from '../../fault.ts'
import type { BitReader } from './bits.ts'

/** By the next 16 bits: code length << 8 | value; 0 where no code begins so. */
export type Table = Uint16Array

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
  const table = new Uint16Array(65536)
  let code = 0
  let from = 16
  for (let length = 1; length <= 16; length++, code <<= 1) {
    for (let n = stated[length - 1] as number; n > 0; n--, code++, from++) {
      if (code >= 1 << length)
        throw new ImagingFault('damaged', 'its compressed picture has a broken code table')
      const value = stated[from] as number
      table.fill((length << 8) | value, code << (16 - length), (code + 1) << (16 - length))
    }
  }
  return table
}

/** F.2.2.3 */
export function codeAt(bits: BitReader, table: Table): number {
  const code = table[bits.peek16()] as number
  if (code === 0) throw new ImagingFault('damaged', 'its compressed picture holds a code that means nothing')
  bits.skip(code >> 8)
  return code & 0xff
}

/** F.2.2.1: a number of so many bits, the lower half of them negative. `count` 0 to 16 */
export function extended(bits: BitReader, count: number): number {
  if (count === 0) return 0
  const value = bits.peek16() >> (16 - count)
  bits.skip(count)
  return value < 1 << (count - 1) ? value - (1 << count) + 1 : value
}
