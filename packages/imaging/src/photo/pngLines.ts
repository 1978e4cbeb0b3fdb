/** Lines of a PNG as they were filtered (clause 9) and interlaced (clause 8) -> one value per sample, row by row. */
import { ImagingFault } from '../fault.ts'
import type { PngHeader } from './pngHeader.ts'

interface Pass {
  readonly x: number
  readonly y: number
  readonly stepX: number
  readonly stepY: number
}

const WHOLE: readonly Pass[] = [{ x: 0, y: 0, stepX: 1, stepY: 1 }]
/** Adam7. */
const INTERLACED: readonly Pass[] = [
  { x: 0, y: 0, stepX: 8, stepY: 8 },
  { x: 4, y: 0, stepX: 8, stepY: 8 },
  { x: 0, y: 4, stepX: 4, stepY: 8 },
  { x: 2, y: 0, stepX: 4, stepY: 4 },
  { x: 0, y: 2, stepX: 2, stepY: 4 },
  { x: 1, y: 0, stepX: 2, stepY: 2 },
  { x: 0, y: 1, stepX: 1, stepY: 2 },
]

const passesOf = ({ interlaced }: PngHeader): readonly Pass[] => (interlaced ? INTERLACED : WHOLE)

function sizeOf({ columns, rows, samples, bits }: PngHeader, { x, y, stepX, stepY }: Pass) {
  const width = Math.max(0, Math.ceil((columns - x) / stepX))
  const height = width === 0 ? 0 : Math.max(0, Math.ceil((rows - y) / stepY))
  return { width, height, lineBytes: Math.ceil((width * samples * bits) / 8) }
}

/** What the zlib stream must hold: one byte more for each line, which names its filter. */
export const linesBytes = (header: PngHeader): number =>
  passesOf(header).reduce((sum, pass) => {
    const { height, lineBytes } = sizeOf(header, pass)
    return sum + height * (lineBytes + 1)
  }, 0)

export function unfiltered(lines: Uint8Array, header: PngHeader): Uint8Array | Uint16Array {
  const { columns, rows, samples, bits } = header
  const values = new (bits === 16 ? Uint16Array : Uint8Array)(columns * rows * samples)
  const pixelBytes = Math.max(1, (samples * bits) / 8)
  let at = 0
  for (const pass of passesOf(header)) {
    const { width, height, lineBytes } = sizeOf(header, pass)
    let above: Uint8Array = new Uint8Array(lineBytes)
    for (let k = 0; k < height; k++, at += lineBytes + 1) {
      const line = lines.subarray(at + 1, at + 1 + lineBytes)
      undo(lines[at] as number, line, above, pixelBytes)
      above = line
      const row = (pass.y + k * pass.stepY) * columns
      if (bits === 8 && !header.interlaced) values.set(line, row * samples)
      else
        for (let j = 0; j < width; j++) {
          const to = (row + pass.x + j * pass.stepX) * samples
          for (let sample = 0; sample < samples; sample++)
            values[to + sample] = valueAt(line, j * samples + sample, bits)
        }
    }
  }
  return values
}

function valueAt(line: Uint8Array, k: number, bits: number): number {
  if (bits === 8) return line[k] as number
  if (bits === 16) return ((line[2 * k] as number) << 8) | (line[2 * k + 1] as number)
  const bit = k * bits
  return ((line[bit >> 3] as number) >> (8 - bits - (bit & 7))) & (2 ** bits - 1)
}

/** In place. `above` is the line before, without its filter. */
function undo(filter: number, line: Uint8Array, above: Uint8Array, pixelBytes: number): void {
  if (filter > 4) throw new ImagingFault('damaged', 'a line is filtered in a way that a PNG does not know')
  if (filter === 0) return
  for (let k = 0; k < line.length; k++) {
    const left = k < pixelBytes ? 0 : (line[k - pixelBytes] as number)
    const up = above[k] as number
    const corner = k < pixelBytes ? 0 : (above[k - pixelBytes] as number)
    line[k] = (line[k] as number) + predicted(filter, left, up, corner)
  }
}

function predicted(filter: number, left: number, up: number, corner: number): number {
  if (filter === 1) return left
  if (filter === 2) return up
  if (filter === 3) return (left + up) >> 1
  const guess = left + up - corner
  const [byLeft, byUp, byCorner] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)]
  return byLeft <= byUp && byLeft <= byCorner ? left : byUp <= byCorner ? up : corner
}
