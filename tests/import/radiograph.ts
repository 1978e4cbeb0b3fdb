/** Made X-ray films, larger than a screen: sixteen bits, a border that is no picture, and every pixel unlike its neighbours. */
import { type Element, writePart10 } from '@consilium/imaging/write'
import type { SentFile } from './door.ts'

const PADDING = 7
const BORDER = 50

interface Wanted {
  readonly rows: number
  readonly columns: number
  readonly frames?: number
  /** Tells one study and its pixels from another. */
  readonly variant: number
}

export interface Radiograph extends SentFile {
  /** Of each frame. */
  readonly pixels: readonly Uint16Array[]
}

export async function madeRadiograph({ rows, columns, frames = 1, variant }: Wanted): Promise<Radiograph> {
  const all = new Uint16Array(rows * columns * frames)
  for (let i = 0; i < all.length; i++) {
    const column = i % columns
    const row = Math.floor(i / columns) % rows
    all[i] = Math.min(row, column) < BORDER ? PADDING : noise(i + variant * 0x1000000)
  }
  const uid = `1.2.826.0.1.3680043.99.4712.${variant}`
  const elements: Element[] = [
    { tag: 0x00080008, vr: 'CS', value: ['ORIGINAL', 'PRIMARY'] },
    { tag: 0x00080016, vr: 'UI', value: '1.2.840.10008.5.1.4.1.1.12.1' },
    { tag: 0x00080018, vr: 'UI', value: `${uid}.3` },
    { tag: 0x00080060, vr: 'CS', value: 'XA' },
    { tag: 0x0020000d, vr: 'UI', value: `${uid}.1` },
    { tag: 0x0020000e, vr: 'UI', value: `${uid}.2` },
    { tag: 0x00280002, vr: 'US', value: [1] },
    { tag: 0x00280004, vr: 'CS', value: 'MONOCHROME2' },
    { tag: 0x00280008, vr: 'IS', value: [frames] },
    { tag: 0x00280010, vr: 'US', value: [rows] },
    { tag: 0x00280011, vr: 'US', value: [columns] },
    { tag: 0x00280100, vr: 'US', value: [16] },
    { tag: 0x00280101, vr: 'US', value: [16] },
    { tag: 0x00280102, vr: 'US', value: [15] },
    { tag: 0x00280103, vr: 'US', value: [0] },
    { tag: 0x00280120, vr: 'US', value: [PADDING] },
    { tag: 0x7fe00010, vr: 'OW', value: new Uint8Array(all.buffer) },
  ]
  const size = rows * columns
  return {
    name: `${variant}.dcm`,
    bytes: await writePart10(elements),
    pixels: Array.from({ length: frames }, (_, k) => all.subarray(k * size, (k + 1) * size)),
  }
}

/** Sixteen bits (the last step of MurmurHash3). */
function noise(i: number): number {
  const once = Math.imul(i ^ (i >>> 16), 0x85ebca6b)
  return Math.imul(once ^ (once >>> 13), 0xc2b2ae35) >>> 16
}

/** The same frame by the means of squares of four pixels, counted one by one; where there is no picture it stays so. */
export function reduced(pixels: Uint16Array, rows: number, columns: number): Uint16Array {
  const [down, across] = [Math.ceil(rows / 4), Math.ceil(columns / 4)]
  return Uint16Array.from({ length: down * across }, (_, i) => {
    const values: number[] = []
    for (let k = 0; k < 16; k++) {
      const row = Math.floor(i / across) * 4 + (k >> 2)
      const column = (i % across) * 4 + (k & 3)
      if (row < rows && column < columns) values.push(pixels[row * columns + column]!)
    }
    const shown = values.filter((value) => value !== PADDING)
    return shown.length === 0 ? PADDING : Math.round(shown.reduce((sum, n) => sum + n, 0) / shown.length)
  })
}
