/** PNG files made here and by another encoder, of every kind, held against another decoder; and such that lie. */
import { deflateSync } from 'node:zlib'
import { decode } from 'fast-png'
import { describe, expect, it } from 'vitest'
import { ImagingFault } from '../fault.ts'
import { randomFrom } from '../phantom/random.ts'
import { readAny } from '../read.ts'
import { HAVE_DATA, namesIn, readData } from '../testing/manifest.ts'
import { type PngOptions, pngBytes } from '../testing/png.ts'

const faultOf = async (work: Promise<unknown>): Promise<string> => {
  const outcome = await work.catch((fault: unknown) => fault)
  if (outcome instanceof ImagingFault) return outcome.message
  throw outcome instanceof Error ? outcome : new Error('it was read')
}

const random = randomFrom(77)
const valuesOf = (count: number, bits: number): number[] =>
  Array.from({ length: count }, () => Math.floor(random() * 2 ** bits))
const pixelsOf = async (file: Uint8Array): Promise<number[]> => [
  ...((await readAny(file)).frames[0]?.pixels ?? []),
]

const KINDS: [name: string, colour: number, bits: number, samples: number][] = [
  ['grey of 1 bit', 0, 1, 1],
  ['grey of 2 bits', 0, 2, 1],
  ['grey of 4 bits', 0, 4, 1],
  ['grey of 8 bits', 0, 8, 1],
  ['grey of 16 bits', 0, 16, 1],
  ['colour of 8 bits', 2, 8, 3],
  ['colour of 16 bits', 2, 16, 3],
]

describe.each([
  ['by line', false],
  ['interlaced', true],
])('[I77] PNG %s', (_, interlaced) => {
  it.each(KINDS)('%s', async (_name, colour, bits, samples) => {
    for (const [columns, rows] of [
      [1, 1],
      [3, 2],
      [13, 11],
    ] as const) {
      const values = valuesOf(columns * rows * samples, bits)
      const file = pngBytes({ columns, rows, bits, colour, values, interlaced, filters: [0, 1, 2, 3, 4] })
      const { technical, words, frames } = await readAny(file)
      expect(technical).toMatchObject({
        columns,
        rows,
        photometric: samples === 3 ? 'RGB' : 'MONOCHROME2',
        lossy: false,
      })
      expect(technical.bits).toMatchObject({ stored: samples === 3 ? 8 : bits, signed: false })
      expect(words.modality).toBe('XC')
      expect(frames[0]).toMatchObject({ position: null, orientation: null, spacing: null })
      const seen = samples === 3 && bits === 16 ? values.map((value) => value >> 8) : values
      expect([...(frames[0]?.pixels ?? [])]).toEqual(seen)
      // The other decoder takes every pixel of an interlaced file for at least a byte.
      if (bits >= 8) expect([...decode(file).data]).toEqual(values)
    }
  })

  it('through a palette, of which some colours are transparent', async () => {
    const palette = Uint8Array.of(10, 20, 30, 40, 50, 60, 200, 100, 50)
    const values = [0, 1, 2, 1, 0, 2]
    for (const bits of [2, 4, 8]) {
      const file = pngBytes({
        columns: 3,
        rows: 2,
        bits,
        colour: 3,
        values,
        interlaced,
        also: [
          ['PLTE', palette],
          ['tRNS', Uint8Array.of(255, 0, 51)],
        ],
      })
      const seen = [10, 20, 30, 0, 0, 0, 40, 20, 10, 0, 0, 0, 10, 20, 30, 40, 20, 10]
      expect(await pixelsOf(file)).toEqual(seen)
    }
  })

  it('what is transparent turns black', async () => {
    const colours = pngBytes({
      columns: 2,
      rows: 1,
      bits: 8,
      colour: 6,
      values: [9, 8, 7, 255, 250, 100, 50, 0],
      interlaced,
    })
    expect(await pixelsOf(colours)).toEqual([9, 8, 7, 0, 0, 0])
    const greys = pngBytes({
      columns: 2,
      rows: 1,
      bits: 16,
      colour: 4,
      values: [60000, 65535, 60000, 13107],
      interlaced,
    })
    expect(await pixelsOf(greys)).toEqual([60000, 12000])
    const one = pngBytes({
      columns: 3,
      rows: 1,
      bits: 8,
      colour: 0,
      values: [7, 8, 7],
      interlaced,
      also: [['tRNS', Uint8Array.of(0, 7)]],
    })
    expect(await pixelsOf(one)).toEqual([0, 8, 0])
  })
})

const GREY: PngOptions = { columns: 4, rows: 3, bits: 8, colour: 0, values: valuesOf(12, 8) }
const text = (words: string): Uint8Array => new TextEncoder().encode(words)

describe('[I78] a PNG that lies or is broken', () => {
  it.each<[string, PngOptions]>([
    ['Too large: 65 535 × 65 535 pixels.', { ...GREY, says: [65535, 65535] }],
    ['Damaged: it does not say its width and height.', { ...GREY, says: [0, 3] }],
    [
      'Truncated: the header promises 67 084 288 bytes, and 11 compressed bytes cannot hold them.',
      { ...GREY, says: [8188, 8192], packed: deflateSync(Buffer.alloc(12)).subarray(0, 20) },
    ],
    [
      'Damaged: its compressed part holds more than its header promises.',
      { ...GREY, packed: deflateSync(Buffer.alloc(40_000_000)) },
    ],
    [
      'Truncated: the header promises 15 bytes, its compressed part holds 14.',
      { ...GREY, packed: deflateSync(Buffer.alloc(14)) },
    ],
    [
      'Damaged: its compressed part ends early or is broken.',
      { ...GREY, packed: deflateSync(Buffer.alloc(15)).subarray(0, -2) },
    ],
    ['Damaged: a line is filtered in a way that a PNG does not know.', { ...GREY, filters: [5] }],
    ['Damaged: it lacks its palette.', { ...GREY, colour: 3 }],
    [
      'Damaged: a pixel has no colour in its palette.',
      { ...GREY, colour: 3, also: [['PLTE', new Uint8Array(3)]] },
    ],
    ['Damaged: its header is none that a PNG can have.', { ...GREY, bits: 3 }],
    ['Not supported: an animated PNG.', { ...GREY, also: [['acTL', new Uint8Array(8)]] }],
  ])('%s', async (sentence, options) => {
    const packed = options.packed ?? deflateSync(Buffer.alloc(15, options.filters?.[0] ?? 1))
    expect(await faultOf(readAny(pngBytes({ ...options, packed })))).toBe(sentence)
  })

  it('a changed byte of its header is found', async () => {
    const file = Buffer.from(pngBytes(GREY))
    file[19] = 3
    expect(await faultOf(readAny(file))).toBe('Damaged: one of its parts is not what was written.')
  })

  it('wherever it is cut', async () => {
    const file = pngBytes(GREY)
    for (let length = 8; length < file.length - 4; length++)
      expect(await faultOf(readAny(file.subarray(0, length)))).toMatch(/^(Truncated|Damaged).*\.$/)
  })
})

describe('[I79] nothing that stands beside the pixels of a PNG is kept', () => {
  it('texts, times, profiles and resolution', async () => {
    const also: [string, Uint8Array][] = [
      ['tEXt', text('Author\0Erika Mustermann')],
      ['iTXt', text('XML:com.adobe.xmp\0\0\0\0\0<x>Erika Mustermann</x>')],
      ['iCCP', text('Erika Mustermann\0\0not deflate')],
      ['pHYs', Uint8Array.of(0, 0, 11, 19, 0, 0, 11, 19, 1)],
      ['tIME', Uint8Array.of(7, 230, 1, 1, 1, 1, 1)],
    ]
    const instance = await readAny(pngBytes({ ...GREY, also }))
    const beside = ['ICC profile', 'resolution', 'texts', 'time']
    expect(instance).toEqual({ ...(await readAny(pngBytes(GREY))), beside })
    expect(JSON.stringify(instance)).not.toMatch(/Muster/)
  })
})

const FOLDER = 'multi-reader/BU-BIL_Dataset1'
const real = HAVE_DATA
  ? namesIn(FOLDER).flatMap((folder) =>
      namesIn(`${FOLDER}/${folder}`).map((name) => `${FOLDER}/${folder}/${name}`),
    )
  : []

describe.skipIf(!HAVE_DATA)('micrographs and outlines of others', () => {
  it.each(real.filter((name) => /image|gold|Person1/.test(name)))('[I77] %s', async (name) => {
    const file = readData(name)
    const theirs = decode(file)
    const { technical, frames } = await readAny(file)
    const { columns, rows, bits } = technical
    expect([columns, rows, bits.stored]).toEqual([theirs.width, theirs.height, theirs.depth])
    const lineBytes = Math.ceil((columns * theirs.depth) / 8)
    const bit = (k: number): number => {
      const column = k % columns
      const byte = theirs.data[Math.floor(k / columns) * lineBytes + (column >> 3)] as number
      return (byte >> (7 - (column & 7))) & 1
    }
    const differs = frames[0]?.pixels.findIndex(
      (value, k) => value !== (theirs.depth === 1 ? bit(k) : theirs.data[k]),
    )
    expect(differs).toBe(-1)
  })
})
