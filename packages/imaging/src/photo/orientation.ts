/**
 * Which way is up: EXIF's Orientation (tag 274 of TIFF 6.0), the one word of a camera that is obeyed, since without it the picture is not
 * what was seen. 1 as stored, 2 mirrored, 3 half a turn, 4 upside down, 5 transposed, 6 to be turned right, 7 transversed, 8 to be turned left.
 */
import type { Picture } from './picture.ts'

/** 1 where the block does not say, or cannot be read. @param exif begins with its byte order: 'II' or 'MM' */
export function orientationOf(exif: Uint8Array): number {
  const view = new DataView(exif.buffer, exif.byteOffset, exif.byteLength)
  if (exif.length < 14 || (exif[0] !== 0x49 && exif[0] !== 0x4d) || exif[1] !== exif[0]) return 1
  const le = exif[0] === 0x49
  const start = view.getUint32(4, le)
  if (view.getUint16(2, le) !== 42 || start + 2 > exif.length) return 1
  const entries = view.getUint16(start, le)
  for (let k = 0, at = start + 2; k < entries && at + 12 <= exif.length; k++, at += 12)
    if (view.getUint16(at, le) === 274) return valid(view.getUint16(at + 8, le))
  return 1
}

export const valid = (orientation: number): number => (orientation >= 1 && orientation <= 8 ? orientation : 1)

/** The picture as it was seen. */
export function upright(picture: Picture, orientation: number): Picture {
  if (orientation === 1) return picture
  const { columns, rows, values } = picture
  const turned = orientation >= 5
  const [width, height] = turned ? [rows, columns] : [columns, rows]
  const samples = values.length / (columns * rows)
  const out = values instanceof Uint8Array ? new Uint8Array(values.length) : new Uint16Array(values.length)
  for (let y = 0, to = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [column, row] = storedAt(orientation, x, y, columns, rows)
      const from = (row * columns + column) * samples
      for (let k = 0; k < samples; k++) out[to++] = values[from + k] as number
    }
  return { columns: width, rows: height, values: out }
}

/** Where the pixel seen at x, y is stored. */
function storedAt(orientation: number, x: number, y: number, columns: number, rows: number) {
  const right = columns - 1
  const bottom = rows - 1
  switch (orientation) {
    case 2:
      return [right - x, y] as const
    case 3:
      return [right - x, bottom - y] as const
    case 4:
      return [x, bottom - y] as const
    case 5:
      return [y, x] as const
    case 6:
      return [y, bottom - x] as const
    case 7:
      return [right - y, bottom - x] as const
    case 8:
      return [right - y, x] as const
    default:
      return [x, y] as const
  }
}
