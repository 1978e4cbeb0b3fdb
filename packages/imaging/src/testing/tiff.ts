/** For tests only: TIFF files in strips and tiles, of every coding that is read, in which every field can be made to lie. */
import { deflateSync } from 'node:zlib'

export interface TiffPage {
  columns: number
  rows: number
  bits: number
  samples: number
  /** One per sample, sample beside sample. */
  values: ArrayLike<number>
  photometric: number
  compression?: 1 | 5 | 8 | 32773
  predictor?: 1 | 2
  planar?: boolean
  /** Rows of a strip, or columns and rows of a tile. */
  strip?: number
  tile?: [columns: number, rows: number]
  /** More fields, or others in the place of these: SHORTs. */
  fields?: Record<number, number[]>
}

export function tiffBytes(pages: readonly TiffPage[], littleEndian = true): Uint8Array {
  const parts: Buffer[] = [Buffer.alloc(8)]
  let at = 8
  const place = (bytes: Buffer): number => {
    const padded = Buffer.concat([bytes, Buffer.alloc(bytes.length & 1)])
    parts.push(padded)
    at += padded.length
    return at - padded.length
  }
  const number = (value: number, width: 2 | 4): Buffer => {
    const out = Buffer.alloc(width)
    if (littleEndian) out.writeUIntLE(value, 0, width)
    else out.writeUIntBE(value, 0, width)
    return out
  }
  const list = (values: readonly number[], width: 2 | 4) =>
    Buffer.concat(values.map((value) => number(value, width)))
  let link: [part: number, at: number] = [0, 4]
  parts[0] = Buffer.concat([Buffer.from(littleEndian ? 'II' : 'MM'), number(42, 2), number(0, 4)])
  for (const page of pages) {
    const { columns, rows, bits, samples, compression = 1, predictor = 1, planar = false, tile } = page
    const packed = partsOf(page, littleEndian)
    const offsets = packed.map(place)
    const longs: Record<number, number[]> = tile
      ? { 324: offsets, 325: packed.map(({ length }) => length) }
      : { 273: offsets, 279: packed.map(({ length }) => length) }
    const shorts: Record<number, number[]> = {
      256: [columns],
      257: [rows],
      258: Array<number>(samples).fill(bits),
      259: [compression],
      262: [page.photometric],
      277: [samples],
      284: [planar ? 2 : 1],
      317: [predictor],
      ...(tile ? { 322: [tile[0]], 323: [tile[1]] } : { 278: [page.strip ?? rows] }),
      ...page.fields,
    }
    const all = [...Object.entries(shorts), ...Object.entries(longs)].toSorted(
      ([a], [b]) => Number(a) - Number(b),
    )
    const entries = all.map(([tag, values]) => {
      const width = Number(tag) in longs ? 4 : 2
      const bytes = list(values, width)
      const held =
        bytes.length <= 4 ? Buffer.concat([bytes, Buffer.alloc(4)]).subarray(0, 4) : number(place(bytes), 4)
      return Buffer.concat([
        number(Number(tag), 2),
        number(width === 4 ? 4 : 3, 2),
        number(values.length, 4),
        held,
      ])
    })
    const directory = Buffer.concat([number(entries.length, 2), ...entries, number(0, 4)])
    const start = place(directory)
    number(start, 4).copy(parts[link[0]] as Buffer, link[1])
    link = [parts.length - 1, directory.length - 4]
  }
  return Buffer.concat(parts)
}

function partsOf(page: TiffPage, littleEndian: boolean): Buffer[] {
  const { columns, rows, samples, planar = false, tile } = page
  const [width, height] = tile ?? [columns, page.strip ?? rows]
  const parts: Buffer[] = []
  for (const plane of planar
    ? Array.from({ length: samples }, (_, k) => [k])
    : [Array.from({ length: samples }, (_, k) => k)])
    for (let y = 0; y < rows; y += height)
      for (let x = 0; x < columns; x += width) {
        const lines: Buffer[] = []
        for (let row = y; row < (tile ? y + height : Math.min(rows, y + height)); row++) {
          const line: number[] = []
          for (let column = x; column < x + width; column++)
            for (const k of plane) {
              const inside = row < rows && column < columns
              line.push(inside ? (page.values[(row * columns + column) * samples + k] as number) : 0)
            }
          lines.push(lineBytes(line, page, plane.length, littleEndian))
        }
        parts.push(packed(Buffer.concat(lines), page.compression ?? 1))
      }
  return parts
}

function lineBytes(
  line: number[],
  { bits, predictor = 1 }: TiffPage,
  step: number,
  littleEndian: boolean,
): Buffer {
  const stored =
    predictor === 2 ? line.map((value, k) => (value - (line[k - step] ?? 0)) & (2 ** bits - 1)) : line
  const out = Buffer.alloc(Math.ceil((stored.length * bits) / 8))
  stored.forEach((value, k) => {
    if (bits !== 16) out[(k * bits) >> 3]! |= value << (8 - bits - ((k * bits) & 7))
    else if (littleEndian) out.writeUInt16LE(value, 2 * k)
    else out.writeUInt16BE(value, 2 * k)
  })
  return out
}

function packed(bytes: Buffer, compression: number): Buffer {
  if (compression === 8) return deflateSync(bytes)
  if (compression === 5) return lzw(bytes)
  return compression === 32773 ? packBits(bytes) : bytes
}

function packBits(bytes: Buffer): Buffer {
  const out: number[] = []
  for (let at = 0; at < bytes.length; ) {
    let run = 1
    while (run < 128 && bytes[at + run] === bytes[at]) run += 1
    if (run > 1) out.push(257 - run, bytes[at] as number)
    else out.push(0, bytes[at] as number)
    at += run
  }
  return Buffer.from(out)
}

/** Section 13: the table is begun anew before its codes would need 13 bits. */
function lzw(bytes: Buffer): Buffer {
  let bits = ''
  let table = new Map<string, number>()
  let width = 9
  const write = (code: number) => {
    bits += code.toString(2).padStart(width, '0')
  }
  const clear = () => {
    write(256)
    table = new Map(Array.from({ length: 256 }, (_, k) => [String.fromCharCode(k), k]))
    width = 9
  }
  clear()
  let string = ''
  for (const byte of bytes) {
    const letter = String.fromCharCode(byte)
    if (table.has(string + letter)) {
      string += letter
      continue
    }
    write(table.get(string) as number)
    table.set(string + letter, table.size + 2)
    if ([512, 1024, 2048].includes(table.size + 2)) width += 1
    if (table.size + 2 === 4095) clear()
    string = letter
  }
  write(table.get(string) as number)
  write(257)
  return Buffer.from(bits.match(/.{1,8}/g)?.map((byte) => Number.parseInt(byte.padEnd(8, '0'), 2)) ?? [])
}
