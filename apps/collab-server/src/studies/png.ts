/** A picture as PNG (ISO/IEC 15948), 8 bits, for lists and for eyes only. Writes only what those need: one IDAT, filter "up". */
import { crc32, deflateSync } from 'node:zlib'

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)
const GREY = 0
const TRUE_COLOUR = 2

/** `levels` has width * height bytes, row by row, 0 black; in colour three for each pixel: red, green, blue. */
export function encodePng(levels: Uint8Array, width: number, height: number): Buffer {
  const channels = levels.length / (width * height)
  if (channels !== 1 && channels !== 3)
    throw new Error('encodePng: the picture does not have width x height pixels')
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  // Bit depth 8, colour type, deflate, adaptive filters, not interlaced.
  header.set([8, channels === 1 ? GREY : TRUE_COLOUR, 0, 0, 0], 8)
  const row = width * channels
  const filtered = Buffer.alloc((row + 1) * height)
  for (let y = 0; y < height; y++) {
    const line = y * (row + 1)
    filtered[line] = 2
    for (let x = 0; x < row; x++) {
      const above = y > 0 ? levels[(y - 1) * row + x]! : 0
      filtered[line + 1 + x] = levels[y * row + x]! - above
    }
  }
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(filtered, { level: 6 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const check = Buffer.alloc(4)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}
