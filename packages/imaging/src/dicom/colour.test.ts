/** Colour in all its ways becomes red, green and blue of eight bits; grey of all widths stays what it is. */
import { describe, expect, it } from 'vitest'
import { imageElements } from '../testing/images.ts'
import type { Pixels } from './instance.ts'
import { readInstance } from './read.ts'
import { type Element, EXPLICIT_LITTLE_ENDIAN, RLE_LOSSLESS, writePart10 } from './write.ts'

const us = (tag: number, ...value: number[]): Element => ({ tag, vr: 'US', value })
const bytesOf = (
  values: Uint8Array | Uint16Array | Uint32Array | Int32Array | Float32Array | Float64Array,
): Uint8Array => new Uint8Array(values.buffer)

/** Two pixels, one line, unless said otherwise. */
async function pixelsOf(
  also: Element[],
  pixels: Uint8Array,
  size = [1, 2, 1],
  syntax: typeof EXPLICIT_LITTLE_ENDIAN | typeof RLE_LOSSLESS = EXPLICIT_LITTLE_ENDIAN,
): Promise<Pixels[]> {
  const [rows = 1, columns = 2, frames = 1] = size
  const elements = imageElements({ rows, columns, frames, allocated: 8, signed: false, pixels, also })
  return (await readInstance(await writePart10(elements, syntax))).frames.map((frame) => frame.pixels)
}

const colour = (model: string, allocated: number, planar = 0): Element[] => [
  us(0x00280002, 3),
  { tag: 0x00280004, vr: 'CS', value: model },
  us(0x00280006, planar),
  ...bits(allocated),
]
const bits = (allocated: number, stored = allocated, signed = 0): Element[] => [
  us(0x00280100, allocated),
  us(0x00280101, stored),
  us(0x00280102, stored - 1),
  us(0x00280103, signed),
]

describe('[I44] colour', () => {
  it.each<[string, Element[], Uint8Array]>([
    ['by pixels', colour('RGB', 8), Uint8Array.of(1, 2, 3, 250, 251, 252)],
    ['by planes', colour('RGB', 8, 1), Uint8Array.of(1, 250, 2, 251, 3, 252)],
    ['of 16 bits', colour('RGB', 16), bytesOf(Uint16Array.of(0x1ff, 0x200, 0x300, 0xfaff, 0xfb00, 0xfc80))],
    [
      'of 32 bits',
      colour('RGB', 32),
      bytesOf(Uint32Array.of(0x1ffffff, 0x2000000, 0x3000000, 0xfaffffff, 0xfb000000, 0xfc000000)),
    ],
  ])('%s', async (_, also, pixels) => {
    expect(await pixelsOf(also, pixels)).toEqual([Uint8Array.of(1, 2, 3, 250, 251, 252)])
  })

  it('of 16 bits, RLE coded', async () => {
    const pixels = bytesOf(Uint8Array.of(9, 8, 7, 6, 5, 4, 9, 8, 7, 6, 5, 4))
    const [rgb] = await pixelsOf(colour('RGB', 8), pixels, [2, 2])
    const [coded] = await pixelsOf(bits(16), pixels.slice(0, 8), [2, 2], RLE_LOSSLESS)
    expect(rgb).toEqual(Uint8Array.from(pixels))
    expect(coded).toEqual(Uint16Array.of(0x0809, 0x0607, 0x0405, 0x0809))
  })

  // PS3.3 C.7.6.3.1.2: Y = .299 R + .587 G + .114 B, and so on; pure red, and mid grey.
  it('from luminance and chrominance', async () => {
    expect(await pixelsOf(colour('YBR_FULL', 8), Uint8Array.of(76, 85, 255, 128, 128, 128))).toEqual([
      Uint8Array.of(254, 0, 0, 128, 128, 128),
    ])
  })

  it('shared by two columns', async () => {
    expect(await pixelsOf(colour('YBR_FULL_422', 8), Uint8Array.of(100, 200, 128, 128))).toEqual([
      Uint8Array.of(100, 100, 100, 200, 200, 200),
    ])
  })

  it('of television range is stretched', async () => {
    expect(await pixelsOf(colour('YBR_PARTIAL_422', 8), Uint8Array.of(16, 235, 128, 128))).toEqual([
      Uint8Array.of(0, 0, 0, 255, 255, 255),
    ])
  })

  it('shared by columns needs an even number of them', async () => {
    const odd = pixelsOf(colour('YBR_FULL_422', 8), new Uint8Array(6), [1, 3])
    await expect(odd).rejects.toThrow('Damaged: its columns cannot share their colour two by two.')
  })
})

describe('[I44] palettes', () => {
  const palette = (entries: number, first: number, width: number, ...tables: Element[]): Element[] => [
    { tag: 0x00280004, vr: 'CS', value: 'PALETTE COLOR' },
    ...[1, 2, 3].map((k) => us(0x00281100 + k, entries, first, width)),
    ...tables,
  ]
  const tables = (tag: number, ...colours: Uint16Array[]): Element[] =>
    colours.map((words, k) => ({ tag: tag + k + 1, vr: 'OW', value: bytesOf(words) }))

  it('of 16 bits; values before and behind take the ends', async () => {
    const words = [
      Uint16Array.of(0x1000, 0xff00),
      Uint16Array.of(0x2000, 0xfe00),
      Uint16Array.of(0x3000, 0xfd00),
    ]
    const found = await pixelsOf(palette(2, 10, 16, ...tables(0x00281200, ...words)), Uint8Array.of(3, 200))
    expect(found).toEqual([Uint8Array.of(0x10, 0x20, 0x30, 0xff, 0xfe, 0xfd)])
  })

  it('of 8 bits, two to a word', async () => {
    const packed = [1, 2, 3].map(
      (k): Element => ({ tag: 0x00281200 + k, vr: 'OW', value: Uint8Array.of(k, 10 * k) }),
    )
    expect(await pixelsOf(palette(2, 0, 8, ...packed), Uint8Array.of(0, 1))).toEqual([
      Uint8Array.of(1, 2, 3, 10, 20, 30),
    ])
  })

  it('in segments: as they are, in a line, and once more', async () => {
    // Discrete 2 values; linear 2 steps to 40; indirect: one segment again, from the start.
    const words = Uint16Array.of(0, 2, 10, 20, 1, 2, 40, 2, 1, 0, 0)
    const found = await pixelsOf(
      palette(6, 0, 16, ...tables(0x00281220, words, words, words)),
      Uint8Array.of(0, 1, 2, 3, 4, 5),
      [1, 6],
    )
    expect([...(found[0] as Uint8Array)].filter((_, k) => k % 3 === 0)).toEqual([10, 20, 30, 40, 10, 20])
  })

  it.each<[string, Uint16Array]>([
    ['too few values', Uint16Array.of(0, 1, 10)],
    ['too many values', Uint16Array.of(0, 7, 1, 2, 3, 4, 5, 6, 7)],
    ['a line from nowhere', Uint16Array.of(1, 6, 40)],
    ['segments that call each other without end', Uint16Array.of(2, 1, 0, 0)],
  ])('with %s are refused', async (_, words) => {
    const broken = pixelsOf(
      palette(6, 0, 16, ...tables(0x00281220, words, words, words)),
      Uint8Array.of(0, 1),
    )
    await expect(broken).rejects.toThrow('Damaged: its palette does not hold the colours that it promises.')
  })
})

describe('[I44] values', () => {
  it('of one bit, frames not aligned to bytes', async () => {
    // Two frames of five pixels: 10110 01011, lowest bit first.
    const found = await pixelsOf(bits(1), Uint8Array.of(0b01001101, 0b11), [1, 5, 2])
    expect(found.map((frame) => [...frame])).toEqual([
      [1, 0, 1, 1, 0],
      [0, 1, 0, 1, 1],
    ])
  })

  it('of 32 bits, signed and unsigned, and of 20 bits of them', async () => {
    const wide = bytesOf(Int32Array.of(-2_000_000_000, 2_000_000_000))
    expect(await pixelsOf(bits(32, 32, 1), wide)).toEqual([Int32Array.of(-2_000_000_000, 2_000_000_000)])
    expect(await pixelsOf(bits(32), bytesOf(Uint32Array.of(0, 4_294_967_295)))).toEqual([
      Uint32Array.of(0, 4_294_967_295),
    ])
    const twenty = bytesOf(Uint32Array.of(0xabcfffff, 0x7ffff))
    expect(await pixelsOf(bits(32, 20, 1), twenty)).toEqual([Int32Array.of(-1, 0x7ffff)])
  })

  it('of 12 bits in cells of 32 are 16-bit values', async () => {
    expect(await pixelsOf(bits(32, 12), bytesOf(Uint32Array.of(4095, 7)))).toEqual([Uint16Array.of(4095, 7)])
  })

  it.each([
    ['single', 0x7fe00008, 32, Float32Array.of(0.5, -3.25)],
    ['double', 0x7fe00009, 64, Float64Array.of(1e-300, -0.1)],
  ])('of floating point, %s', async (_, tag, allocated, values) => {
    const also: Element[] = [us(0x00280100, allocated), { tag, vr: 'OW', value: bytesOf(values) }]
    const elements = imageElements({
      rows: 1,
      columns: 2,
      also,
      without: [0x7fe00010, 0x00280101, 0x00280102],
    })
    const { frames, technical } = await readInstance(await writePart10(elements))
    expect(frames[0]?.pixels).toEqual(values)
    expect(technical.bits).toEqual({ allocated, stored: allocated, signed: true })
  })
})
