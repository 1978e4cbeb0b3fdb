/** A made ultrasound film with text in its pixels, as scanners write names into theirs. */
import { type Element, writePart10 } from '@consilium/imaging/write'
import type { SentFile } from './door.ts'

export const US_ROWS = 120
export const US_COLUMNS = 160
/** Where the text stands, in every frame. */
export const TEXT = { column: 6, row: 4, columns: 70, rows: 9 } as const

/** Five by seven pixels each; enough letters for a name that nobody has. */
const LETTERS: Record<string, readonly string[]> = {
  C: ['.###.', '#...#', '#....', '#....', '#....', '#...#', '.###.'],
  A: ['.###.', '#...#', '#...#', '#####', '#...#', '#...#', '#...#'],
  N: ['#...#', '##..#', '#.#.#', '#..##', '#...#', '#...#', '#...#'],
  R: ['####.', '#...#', '#...#', '####.', '#.#..', '#..#.', '#...#'],
  Y: ['#...#', '#...#', '.#.#.', '..#..', '..#..', '..#..', '..#..'],
  ' ': ['.....', '.....', '.....', '.....', '.....', '.....', '.....'],
}
const WORDS = 'CANARY ANNA'
const INK = 255

/** Grey of one pixel: a sector that darkens with depth, speckled, and the text above it. `at` tells frames apart, also in dots at the foot. */
export function greyAt(column: number, row: number, at: number): number {
  if (isInk(column, row)) return INK
  if (row === US_ROWS - 1 && column < 24) return (at >> column) & 1 ? 90 : 30
  const [across, down] = [column - US_COLUMNS / 2, row - 10]
  const depth = Math.hypot(across, down)
  if (down < 0 || Math.abs(across) > down * 0.75 || depth > 105) return 0
  const speckle = (column * 53 + row * 97 + at * 31 + ((column * row) % 13) * 17) % 60
  return Math.max(1, Math.round(150 - depth + speckle))
}

export function isInk(column: number, row: number): boolean {
  const [x, y] = [column - TEXT.column - 2, row - TEXT.row - 1]
  if (x < 0 || y < 0 || y >= 7) return false
  return LETTERS[WORDS[Math.floor(x / 6)] ?? ' ']?.[y]?.[x % 6] === '#'
}

interface Wanted {
  readonly frames?: number
  /** Tells one study and its pixels from another. */
  readonly variant?: number
  readonly colour?: boolean
}

export async function madeUltrasound({
  frames = 3,
  variant = 1,
  colour = false,
}: Wanted = {}): Promise<SentFile> {
  const channels = colour ? 3 : 1
  const size = US_ROWS * US_COLUMNS
  const pixels = new Uint8Array(frames * size * channels)
  for (let frame = 0; frame < frames; frame++)
    for (let i = 0; i < size; i++) {
      const grey = greyAt(i % US_COLUMNS, Math.floor(i / US_COLUMNS), variant * 1000 + frame)
      pixels.fill(grey, (frame * size + i) * channels, (frame * size + i + 1) * channels)
    }
  const bytes = await writePart10(elements(pixels, frames, variant, colour))
  return { name: `CANARYFAMILY/ultrasound ${variant}.dcm`, bytes }
}

function elements(pixels: Uint8Array, frames: number, variant: number, colour: boolean): Element[] {
  const uid = (what: number) => `1.2.826.0.1.3680043.99.4712.${variant}.${what}`
  return [
    { tag: 0x00080016, vr: 'UI', value: '1.2.840.10008.5.1.4.1.1.3.1' },
    { tag: 0x00080018, vr: 'UI', value: uid(1000) },
    { tag: 0x00080060, vr: 'CS', value: 'US' },
    { tag: 0x00100010, vr: 'PN', value: 'CANARYFAMILY^ANNA' },
    { tag: 0x00181063, vr: 'DS', value: [40] },
    { tag: 0x0020000d, vr: 'UI', value: uid(1) },
    { tag: 0x0020000e, vr: 'UI', value: uid(2) },
    { tag: 0x00200013, vr: 'IS', value: [1] },
    { tag: 0x00280002, vr: 'US', value: [colour ? 3 : 1] },
    { tag: 0x00280004, vr: 'CS', value: colour ? 'RGB' : 'MONOCHROME2' },
    ...(colour ? [{ tag: 0x00280006, vr: 'US', value: [0] } as const] : []),
    { tag: 0x00280008, vr: 'IS', value: [frames] },
    { tag: 0x00280010, vr: 'US', value: [US_ROWS] },
    { tag: 0x00280011, vr: 'US', value: [US_COLUMNS] },
    { tag: 0x00280100, vr: 'US', value: [8] },
    { tag: 0x00280101, vr: 'US', value: [8] },
    { tag: 0x00280102, vr: 'US', value: [7] },
    { tag: 0x00280103, vr: 'US', value: [0] },
    { tag: 0x7fe00010, vr: 'OW', value: pixels },
  ]
}
