/**
 * Cells as they lie in the file -> stored values (PS3.5 8.1.1): bits above HighBit and below the value go, the sign is extended.
 * Values of up to 16 bits become 16-bit numbers, wider ones 32-bit numbers. The result may share memory with the cells.
 */
import type { WholePixels } from './instance.ts'

export interface Bits {
  readonly stored: number
  readonly highBit: number
  readonly signed: boolean
}

/** What decoders give: one cell per value, 8, 16 or 32 bits wide, read as a bit pattern. */
export type Cells = Uint8Array | Int8Array | Uint16Array | Int16Array | Uint32Array | Int32Array

export function storedValues(cells: Cells, bits: Bits): WholePixels {
  const { stored, highBit, signed } = bits
  const low = highBit + 1 - stored
  const width = stored > 16 ? 4 : 2
  const [Signed, Unsigned] = width === 4 ? [Int32Array, Uint32Array] : [Int16Array, Uint16Array]
  const Whole = signed ? Signed : Unsigned
  if (stored === width * 8 && cells.BYTES_PER_ELEMENT === width)
    return new Whole(cells.buffer as ArrayBuffer, cells.byteOffset, cells.length) // the cells are the values
  const out = new Whole(cells.length)
  const up = 32 - stored - low
  const down = 32 - stored
  if (signed) for (let i = 0; i < cells.length; i++) out[i] = ((cells[i] as number) << up) >> down
  else for (let i = 0; i < cells.length; i++) out[i] = ((cells[i] as number) << up) >>> down
  return out
}
