/**
 * Cells as they lie in the file -> stored values (PS3.5 8.1.1): bits above HighBit and below the value go, the sign is extended.
 * The result may share memory with the cells.
 */
import type { StoredPixels } from './instance.ts'

export interface Bits {
  readonly stored: number
  readonly highBit: number
  readonly signed: boolean
}

/** What decoders give: one cell per pixel, 8 or 16 bits wide, read as a bit pattern. */
export type Cells = Uint8Array | Int8Array | Uint16Array | Int16Array

export function storedValues(cells: Cells, bits: Bits): StoredPixels {
  const { stored, highBit, signed } = bits
  const low = highBit + 1 - stored
  if (stored === 16 && cells.BYTES_PER_ELEMENT === 2) {
    const Whole = signed ? Int16Array : Uint16Array
    return new Whole(cells.buffer as ArrayBuffer, cells.byteOffset, cells.length) // the cells are the values
  }
  const out = signed ? new Int16Array(cells.length) : new Uint16Array(cells.length)
  if (signed) {
    const up = 32 - stored - low
    const down = 32 - stored
    for (let i = 0; i < cells.length; i++) out[i] = ((cells[i] as number) << up) >> down
  } else {
    const mask = (1 << stored) - 1
    for (let i = 0; i < cells.length; i++) out[i] = ((cells[i] as number) >> low) & mask
  }
  return out
}
