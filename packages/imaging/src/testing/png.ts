/** For tests only: PNG files of every kind, in which every field can be made to lie. */
import { crc32, deflateSync } from 'node:zlib'

export interface PngOptions {
  columns: number
  rows: number
  bits: number
  /** 0 grey, 2 colour, 3 palette, 4 grey with alpha, 6 colour with alpha. */
  colour: number
  /** One per sample. */
  values: ArrayLike<number>
  interlaced?: boolean
  /** Of each line in turn. */
  filters?: number[]
  /** Chunks between the header and the pixels. */
  also?: [type: string, body: Uint8Array][]
  /** The size in the header, where it differs. */
  says?: [columns: number, rows: number]
  /** In place of the packed lines. */
  packed?: Uint8Array
}

const SAMPLES: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }
const ADAM7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const

export function pngBytes(options: PngOptions): Uint8Array {
  const { columns, rows, bits, colour, interlaced = false, also = [], says = [columns, rows] } = options
  const header = Buffer.alloc(13)
  header.writeUInt32BE(says[0], 0)
  header.writeUInt32BE(says[1], 4)
  header.set([bits, colour, 0, 0, interlaced ? 1 : 0], 8)
  const packed = options.packed ?? deflateSync(Buffer.concat(linesOf(options)))
  const middle = packed.length >> 1
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    ...also.map(([type, body]) => chunk(type, body)),
    chunk('IDAT', packed.subarray(0, middle)),
    chunk('IDAT', packed.subarray(middle)),
    chunk('IEND', new Uint8Array(0)),
  ])
}

export function chunk(type: string, body: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(type), body])
  const around = Buffer.alloc(8)
  around.writeUInt32BE(body.length, 0)
  around.writeUInt32BE(crc32(named), 4)
  return Buffer.concat([around.subarray(0, 4), named, around.subarray(4)])
}

function linesOf({ columns, rows, bits, colour, values, interlaced, filters = [0] }: PngOptions): Buffer[] {
  const samples = SAMPLES[colour] as number
  const step = Math.max(1, (samples * bits) / 8)
  const lines: Buffer[] = []
  for (const [x, y, stepX, stepY] of interlaced ? ADAM7 : ([[0, 0, 1, 1]] as const)) {
    let above: Buffer | null = null
    for (let row = y; row < rows; row += stepY) {
      const line: number[] = []
      for (let column = x; column < columns; column += stepX)
        for (let k = 0; k < samples; k++) line.push(values[(row * columns + column) * samples + k] as number)
      if (line.length === 0) continue
      const bytes = packedLine(line, bits)
      const filter = filters[lines.length % filters.length] as number
      lines.push(Buffer.concat([Buffer.of(filter), filtered(filter, bytes, above, step)]))
      above = bytes
    }
  }
  return lines
}

function packedLine(line: readonly number[], bits: number): Buffer {
  const out = Buffer.alloc(Math.ceil((line.length * bits) / 8))
  line.forEach((value, k) => {
    if (bits === 16) out.writeUInt16BE(value, 2 * k)
    else out[(k * bits) >> 3]! |= value << (8 - bits - ((k * bits) & 7))
  })
  return out
}

function filtered(filter: number, line: Buffer, above: Buffer | null, step: number): Buffer {
  return Buffer.from(
    line.map((byte, k) => {
      const left = line[k - step] ?? 0
      const up = above?.[k] ?? 0
      const corner = above?.[k - step] ?? 0
      const near = [left, up, corner].toSorted(
        (a, b) => Math.abs(left + up - corner - a) - Math.abs(left + up - corner - b),
      )
      return byte - ([0, left, up, (left + up) >> 1, near[0] as number][filter] ?? 0)
    }),
  )
}
