/** The frame of a DCT coded picture (T.81 B.2.2) and the state its segments leave behind: quantisers, code tables, restarts. */
import { ImagingFault } from '../../fault.ts'
import type { FrameSize } from './codec.ts'
import { readTables } from './huffman.ts'
import { assertSize, broken, type Stated, u16 } from './markers.ts'

export interface Component {
  readonly id: number
  /** Blocks of this component, across and down, in the smallest unit of an interleaved scan. */
  readonly across: number
  readonly down: number
  readonly quantiser: number
  /** Samples that count; the plane is padded to whole units. */
  readonly columns: number
  readonly rows: number
  readonly stride: number
  readonly plane: Uint8Array | Uint16Array
}

export interface Frame {
  readonly precision: number
  readonly components: readonly Component[]
  /** Units across and down. */
  readonly unitsAcross: number
  readonly unitsDown: number
  readonly mostAcross: number
  readonly mostDown: number
}

/** What DQT, DHT and DRI said last. */
export class Tables {
  readonly quantisers = new Map<number, Uint16Array>()
  readonly codes = new Map<number, Uint8Array>()
  restartInterval = 0

  read(marker: number, body: Uint8Array): void {
    if (marker === 0xdb) this.#quantisers(body)
    else if (marker === 0xc4) readTables(body, this.codes)
    else if (marker === 0xdd) this.restartInterval = u16(body, 0)
    else if (marker === 0xcc) throw new ImagingFault('unsupported', 'JPEG with arithmetic coding')
  }

  /** B.2.4.1; in zigzag order, as the coefficients come. */
  #quantisers(body: Uint8Array): void {
    for (let at = 0; at < body.length; ) {
      const wide = (body[at] as number) >> 4
      const size = wide ? 128 : 64
      if (wide > 1 || at + 1 + size > body.length) broken()
      const table = Uint16Array.from({ length: 64 }, (_, k) =>
        wide ? u16(body, at + 1 + 2 * k) : (body[at + 1 + k] as number),
      )
      this.quantisers.set((body[at] as number) & 15, table)
      at += 1 + size
    }
  }
}

/** SOF0 and SOF1: baseline and extended sequential, Huffman coded; the other processes are refused by name. */
export function readFrame(marker: number, body: Uint8Array, size: FrameSize): Frame {
  const [precision = 0, , , , , count = 0] = body
  const stated: Stated = { marker, precision, rows: u16(body, 1), columns: u16(body, 3), components: count }
  if (marker > 0xc1) throw new ImagingFault('unsupported', PROCESSES[marker] ?? 'JPEG of a rare process')
  assertSize(stated, size)
  if ((precision !== 8 && precision !== 12) || body.length < 6 + 3 * count) broken()
  const parts = Array.from({ length: count }, (_, k) => body.subarray(6 + 3 * k, 9 + 3 * k))
  const factors = parts.map(([, shape = 0]) => ({ across: shape >> 4, down: shape & 15 }))
  if (factors.some(({ across, down }) => across < 1 || across > 4 || down < 1 || down > 4)) broken()
  const mostAcross = Math.max(...factors.map(({ across }) => across))
  const mostDown = Math.max(...factors.map(({ down }) => down))
  const unitsAcross = Math.ceil(size.columns / (8 * mostAcross))
  const unitsDown = Math.ceil(size.rows / (8 * mostDown))
  const components = parts.map(([id = 0, , quantiser = 0], k): Component => {
    const { across, down } = factors[k] as { across: number; down: number }
    const stride = unitsAcross * across * 8
    const length = stride * unitsDown * down * 8
    return {
      id,
      across,
      down,
      quantiser,
      columns: Math.ceil((size.columns * across) / mostAcross),
      rows: Math.ceil((size.rows * down) / mostDown),
      stride,
      plane: precision === 8 ? new Uint8Array(length) : new Uint16Array(length),
    }
  })
  return { precision, components, unitsAcross, unitsDown, mostAcross, mostDown }
}

const PROCESSES: Record<number, string> = {
  0xc2: 'progressive JPEG',
  0xc3: 'lossless JPEG under the name of another',
  0xc9: 'JPEG with arithmetic coding',
  0xca: 'progressive JPEG with arithmetic coding',
}
