/** Which way is up: all eight ways, in each format that can say it. */
import { describe, expect, it } from 'vitest'
import { readAny } from '../read.ts'
import { exifBytes, jpegBytes, withSegment } from '../testing/jpeg.ts'
import { pngBytes } from '../testing/png.ts'
import { tiffBytes } from '../testing/tiff.ts'

/** The letter F, as it is to be seen; wider pictures are stored turned. */
const SEEN = ['###', '#..', '##.', '#..', '#..']
/** The same as EXIF's eight ways store it (the usual picture of the eight letters). */
const STORED: Record<number, string[]> = {
  1: ['###', '#..', '##.', '#..', '#..'],
  2: ['###', '..#', '.##', '..#', '..#'],
  3: ['..#', '..#', '.##', '..#', '###'],
  4: ['#..', '#..', '##.', '#..', '###'],
  5: ['#####', '#.#..', '#....'],
  6: ['#....', '#.#..', '#####'],
  7: ['....#', '..#.#', '#####'],
  8: ['#####', '..#.#', '....#'],
}
const WAYS = Object.keys(STORED).map(Number)
const shown = (
  { frames, technical }: Awaited<ReturnType<typeof readAny>>,
  block = 1,
  samples = 1,
): string[] => {
  const pixels = frames[0]?.pixels ?? []
  return Array.from({ length: technical.rows / block }, (_, row) =>
    Array.from({ length: technical.columns / block }, (__, column) =>
      (pixels[(row * technical.columns + column) * block * samples] as number) > 128 ? '#' : '.',
    ).join(''),
  )
}
const valueAt = (way: number, x: number, y: number): number => (STORED[way]?.[y]?.[x] === '#' ? 255 : 0)

describe('[I79] the picture is seen as it was taken', () => {
  it.each(WAYS)('PNG, way %i', async (way) => {
    const stored = STORED[way] as string[]
    const columns = (stored[0] as string).length
    const values = Array.from({ length: 15 }, (_, k) => valueAt(way, k % columns, Math.floor(k / columns)))
    for (const [bits, colour, samples] of [
      [8, 0, 1],
      [8, 2, 3],
    ] as const) {
      const all = values.flatMap((value) => Array<number>(samples).fill(value))
      const file = pngBytes({
        columns,
        rows: stored.length,
        bits,
        colour,
        values: all,
        also: [['eXIf', exifBytes(way)]],
      })
      expect(shown(await readAny(file), 1, samples)).toEqual(SEEN)
    }
  })

  it.each(WAYS)('JPEG, way %i, in either byte order', async (way) => {
    const stored = STORED[way] as string[]
    const block = 8
    const file = await jpegBytes({
      columns: (stored[0] as string).length * block,
      rows: stored.length * block,
      grey: true,
      pixel: (x, y) => {
        const value = valueAt(way, Math.floor(x / block), Math.floor(y / block))
        return [value, value, value]
      },
    })
    for (const littleEndian of [true, false]) {
      const exif = Buffer.concat([Buffer.from('Exif\0\0'), exifBytes(way, littleEndian)])
      expect(shown(await readAny(withSegment(file, 0xe1, exif)), block)).toEqual(SEEN)
    }
  })

  it.each(WAYS)('TIFF, way %i', async (way) => {
    const stored = STORED[way] as string[]
    const columns = (stored[0] as string).length
    const values = Array.from({ length: 15 }, (_, k) => valueAt(way, k % columns, Math.floor(k / columns)))
    const page = { columns, rows: stored.length, bits: 8, samples: 1, values, photometric: 1 }
    expect(shown(await readAny(tiffBytes([{ ...page, fields: { 274: [way] } }])))).toEqual(SEEN)
  })

  it('EXIF that is cut, or says what there is not, turns nothing', async () => {
    const values = Array.from({ length: 15 }, (_, k) => valueAt(1, k % 3, Math.floor(k / 3)))
    const said = (exif: Uint8Array) =>
      pngBytes({ columns: 3, rows: 5, bits: 8, colour: 0, values, also: [['eXIf', exif]] })
    expect(shown(await readAny(said(exifBytes(9))))).toEqual(SEEN)
    for (let length = 0; length < 34; length++)
      expect(shown(await readAny(said(exifBytes(3).subarray(0, length))))).toEqual(SEEN)
  })
})
