/** TIFF files of every layout and coding, held against another reader where it reads them; and such that lie. */

import { decode } from 'tiff'
import { describe, expect, it } from 'vitest'
import { ImagingFault } from '../fault.ts'
import { randomFrom } from '../phantom/random.ts'
import { readAny } from '../read.ts'
import { type TiffPage, tiffBytes } from '../testing/tiff.ts'

const faultOf = async (work: Promise<unknown>): Promise<string> => {
  const outcome = await work.catch((fault: unknown) => fault)
  if (outcome instanceof ImagingFault) return outcome.message
  throw outcome instanceof Error ? outcome : new Error('it was read')
}
const random = randomFrom(78)
/** Runs of equal values between others, so that every coding has something to do. */
const valuesOf = (count: number, bits: number): number[] => {
  let value = 0
  return Array.from({ length: count }, () => {
    if (random() < 0.4) value = Math.floor(random() * 2 ** bits)
    return value
  })
}
const pageOf = (bits: number, samples: number, more: Partial<TiffPage> = {}): TiffPage => {
  const [columns, rows] = [37, 23]
  const values = valuesOf(columns * rows * samples, bits)
  return { columns, rows, bits, samples, values, photometric: samples >= 3 ? 2 : 1, ...more }
}
const pixelsOf = async (file: Uint8Array): Promise<number[]> => [
  ...((await readAny(file)).frames[0]?.pixels ?? []),
]

const CODINGS = [
  ['uncompressed', 1],
  ['LZW', 5],
  ['deflate', 8],
  ['PackBits', 32773],
] as const
const LAYOUTS: [string, Partial<TiffPage>][] = [
  ['one strip', {}],
  ['strips of 5 rows', { strip: 5 }],
  ['tiles', { tile: [16, 16] }],
  ['strips of differences', { strip: 5, predictor: 2 }],
  ['tiles of differences', { tile: [16, 16], predictor: 2 }],
  ['planes', { strip: 7, planar: true }],
  ['planes in tiles', { tile: [16, 32], planar: true }],
]

describe.each(CODINGS)('[I77] TIFF, %s', (_, compression) => {
  it.each(LAYOUTS)('%s', async (_name, layout) => {
    for (const bits of [8, 16])
      for (const samples of [1, 3])
        for (const littleEndian of [true, false]) {
          const page = pageOf(bits, samples, { compression, ...layout })
          const file = tiffBytes([page], littleEndian)
          const { technical, words, frames } = await readAny(file)
          const photometric = samples === 3 ? 'RGB' : 'MONOCHROME2'
          expect(technical).toMatchObject({ columns: 37, rows: 23, photometric, lossy: false })
          expect(words.modality).toBe('XC')
          expect(frames[0]).toMatchObject({ position: null, orientation: null, spacing: null })
          const values = Array.from(page.values)
          const seen = samples === 3 && bits === 16 ? values.map((value) => value >> 8) : values
          expect([...(frames[0]?.pixels ?? [])]).toEqual(seen)
          // The other reader knows neither planes nor PackBits; of tiles it reads one sample, and differences across them.
          const other = !layout.planar && !layout.tile && compression !== 32773
          if (other) expect([...(decode(file)[0]?.data ?? [])]).toEqual(values)
        }
  })

  it('a long picture, whose codes reach twelve bits and begin anew', async () => {
    const values = Array.from({ length: 300 * 200 }, () => Math.floor(random() * 256))
    const file = tiffBytes([{ ...pageOf(8, 1), columns: 300, rows: 200, values, compression }])
    expect(await pixelsOf(file)).toEqual(values)
  })
})

describe('[I77] TIFF', () => {
  it.each([1, 2, 4])('grey of %i bits, and inverted', async (bits) => {
    const page = pageOf(bits, 1)
    expect(await pixelsOf(tiffBytes([page]))).toEqual(page.values)
    const inverted = await readAny(tiffBytes([{ ...page, photometric: 0 }]))
    expect(inverted.technical).toMatchObject({ photometric: 'MONOCHROME1', bits: { stored: bits } })
    expect([...(inverted.frames[0]?.pixels ?? [])]).toEqual(page.values)
  })

  it('through a palette', async () => {
    const palette = [0xff00, 0, 0x1200, 0x3400, 0, 0xff00, 0x5600, 0x7800, 0, 0, 0x9a00, 0xbc00]
    const page = { columns: 4, rows: 1, bits: 2, samples: 1, values: [0, 1, 2, 3], photometric: 3 }
    const file = tiffBytes([{ ...page, fields: { 320: palette } }])
    expect(await pixelsOf(file)).toEqual([255, 0, 0, 0, 255, 0, 0x12, 0x56, 0x9a, 0x34, 0x78, 0xbc])
  })

  it('what is transparent turns black; samples without a meaning are left out', async () => {
    const page = { columns: 2, rows: 1, bits: 8, samples: 4, photometric: 2 }
    const values = [200, 100, 50, 255, 200, 100, 50, 51]
    const said = (extra: number) => tiffBytes([{ ...page, values, fields: { 338: [extra] } }])
    expect(await pixelsOf(said(2))).toEqual([200, 100, 50, 40, 20, 10])
    expect(await pixelsOf(said(1))).toEqual([200, 100, 50, 200, 100, 50])
    expect(await pixelsOf(said(0))).toEqual([200, 100, 50, 200, 100, 50])
  })

  it('several pages of one shape are frames; smaller copies are passed over', async () => {
    const pages = [pageOf(8, 1), pageOf(8, 1), { ...pageOf(8, 1), columns: 5, rows: 5, fields: { 254: [1] } }]
    const { frames } = await readAny(tiffBytes(pages))
    expect(frames.map(({ pixels }) => [...pixels])).toEqual([pages[0]?.values, pages[1]?.values])
  })
})

describe('[I79] nothing that stands beside the pixels of a TIFF file is kept', () => {
  it('neither texts, times and places, nor what nobody knows', async () => {
    const page = pageOf(8, 1)
    const fields = { 270: [69, 77], 306: [1970], 282: [72], 34853: [8], 34665: [8], 50000: [1] }
    const instance = await readAny(tiffBytes([{ ...page, fields }]))
    const beside = ['EXIF', 'GPS', 'other data', 'resolution', 'texts', 'time']
    expect(instance).toEqual({ ...(await readAny(tiffBytes([page]))), beside })
  })
})

describe('[I78] a TIFF file that lies or is broken', () => {
  const page = pageOf(8, 1)
  const said = (fields: Record<number, number[]>, more: Partial<TiffPage> = {}) =>
    tiffBytes([{ ...page, ...more, fields }])
  it.each<[string, Uint8Array]>([
    ['Too large: 65 535 × 65 535 pixels.', said({ 256: [65535], 257: [65535] })],
    ['Damaged: it does not say its width and height.', said({ 256: [0] })],
    ['Damaged: it does not say where its pixels are.', said({ 278: [5] })],
    [
      'Truncated: the header promises 862 500 bytes, and 851 stored bytes cannot hold them.',
      said({ 256: [37500], 278: [23] }),
    ],
    [
      'Truncated: the header promises 67 000 000 bytes, and 851 stored bytes cannot hold them.',
      said({ 256: [20000], 257: [3350], 278: [3350] }, { compression: 1 }),
    ],
    ['Not supported: a TIFF file of uneven samples.', said({ 258: [8, 16] })],
    ['Not supported: a TIFF file of floating-point or signed numbers.', said({ 339: [3] })],
    ['Not supported: a TIFF file of 32 bits.', said({ 258: [32] })],
    ['Not supported: a TIFF file in CMYK.', said({ 262: [5] })],
    ['Not supported: a TIFF file with JPEG inside.', said({ 259: [7] })],
    ['Not supported: a TIFF file with fax coding.', said({ 259: [4] })],
    ['Not supported: a TIFF file with a predictor that is not read.', said({ 317: [3] })],
    ['Not supported: a TIFF file whose bits run backwards.', said({ 266: [2] })],
    ['Damaged: it lacks its palette.', said({ 262: [3] })],
    [
      'Not supported: a TIFF file whose pages are of several shapes; bring them one by one.',
      tiffBytes([page, pageOf(16, 1)]),
    ],
    ['Not supported: a BigTIFF file.', Buffer.from('II+\0\x08\0\0\0\x10\0\0\0\0\0\0\0', 'latin1')],
  ])('%s', async (sentence, file) => expect(await faultOf(readAny(file))).toBe(sentence))

  it('whose pages run in a circle, or whose parts share their bytes', async () => {
    const file = Buffer.from(tiffBytes([page]))
    const directory = file.readUInt32LE(4)
    file.writeUInt32LE(directory, directory + 2 + file.readUInt16LE(directory) * 12)
    expect(await faultOf(readAny(file))).toBe('Damaged: its pages run in a circle.')
    const shared = Buffer.from(tiffBytes([page, page]))
    const first = shared.readUInt32LE(4)
    shared.writeUInt32LE(10 * shared.length, entryAt(shared, first, 279) + 8)
    expect(await faultOf(readAny(shared))).toBe(
      'Damaged: its parts share their bytes, or lie behind its end.',
    )
  })

  it('whose codes name strings that were never made', async () => {
    const file = Buffer.from(tiffBytes([{ ...page, compression: 5 }]))
    // The code that begins the table, then one that stands for nothing yet.
    file.set([0b10000000, 0b01111111, 0b11000000], 8)
    expect(await faultOf(readAny(file))).toBe('Damaged: its compressed picture cannot be decoded.')
  })

  it('wherever it is cut, and whatever byte is another', async () => {
    for (const [, compression] of CODINGS) {
      const file = tiffBytes([pageOf(8, 3, { compression, strip: 5 })])
      for (let length = 4; length < file.length - 4; length += 11)
        expect(await faultOf(readAny(file.subarray(0, length)))).toMatch(/^(Truncated|Damaged|Not).*\.$/)
      for (let k = 0; k < 400; k++) {
        const changed = Uint8Array.from(file)
        changed[4 + Math.floor(random() * (file.length - 4))] = Math.floor(random() * 256)
        const outcome = await readAny(changed).catch((fault: unknown) => fault)
        if (!(outcome instanceof ImagingFault)) expect(outcome).toHaveProperty('frames')
      }
    }
  })
})

/** Where a field of a directory stands. */
function entryAt(file: Buffer, directory: number, tag: number): number {
  for (let k = 0; k < file.readUInt16LE(directory); k++)
    if (file.readUInt16LE(directory + 2 + 12 * k) === tag) return directory + 2 + 12 * k
  throw new Error('no such field')
}
