/** The form in which pictures are kept: tables applied or carried on, ranges of numbers, what never gets as far. */
import { describe, expect, it } from 'vitest'
import type { CleanInstance, Lut, Pixels } from './dicom/instance.ts'
import { readInstance } from './dicom/read.ts'
import { arrange, keptOf, type Slice, slicesOf } from './series.ts'
import { clean } from './testing/clean.ts'
import { HAVE_DATA, readData } from './testing/manifest.ts'
import { slice } from './testing/slice.ts'

const frame = (pixels: Pixels): CleanInstance['frames'][number] => ({
  pixels,
  position: null,
  orientation: null,
  spacing: null,
  rescale: { slope: 2, intercept: -7 },
  windows: [],
})
const instance = (pixels: Pixels[], also: Partial<CleanInstance> = {}): CleanInstance => ({
  technical: { ...slice().technical, padding: -5 },
  modality: 'CR',
  bodyPart: '',
  unit: '',
  windowNames: [],
  uids: { study: 's', series: 'r', instance: 'i', frameOfReference: null },
  frames: pixels.map(frame),
  ...also,
})
const table: Lut = { first: -1, bits: 12, values: Uint16Array.of(100, 200, 4000) }

describe('[I53] a Modality LUT', () => {
  it('is looked up in every frame, and no slope stands before what it gives', async () => {
    const kept = keptOf(
      instance([Int16Array.of(-9, -1, 0, 1), Int16Array.of(2, 9, 0, 0)], { modalityLut: table }),
    )
    expect(kept.frames.map(({ pixels }) => pixels)).toEqual([
      Uint16Array.of(100, 100, 200, 4000),
      Uint16Array.of(4000, 4000, 200, 200),
    ])
    expect(kept.frames.map(({ rescale }) => rescale)).toEqual(Array(2).fill({ slope: 1, intercept: 0 }))
    expect(kept.technical).toMatchObject({
      bits: { allocated: 16, stored: 12, signed: false },
      padding: null,
      mapped: 'applied',
    })
    expect(kept).not.toHaveProperty('modalityLut')
    expect(keptOf(kept)).toEqual(kept)
  })

  it('is nothing for floating-point numbers and colour', () => {
    for (const pixels of [Float32Array.of(0.5), Float64Array.of(0.5)])
      expect(keptOf(instance([pixels], { modalityLut: table })).frames[0]?.pixels).toBe(pixels)
    const colour = Uint8Array.of(1, 2, 3)
    const technical = { ...slice().technical, photometric: 'RGB' as const }
    expect(keptOf(instance([colour], { technical, modalityLut: table })).frames[0]?.pixels).toBe(colour)
  })

  it.skipIf(!HAVE_DATA)('of a real file gives values whose range is that of its entries in use', async () => {
    const read = await readInstance(readData('xray/CR-ModalitySequenceLUT.dcm'))
    const before = read.frames[0]?.pixels as Uint16Array
    const values = read.modalityLut?.values as Uint16Array
    const [volume] = await arrange(await slicesOf(clean(read)))
    const used = [...new Set(before)].map((value) => values[value] as number)
    expect(volume?.stored).toEqual({ min: Math.min(...used), max: Math.max(...used) })
    expect(volume?.rescaled).toEqual(volume?.stored)
    expect(volume?.warnings).toContain(
      'The files map their values by a table (Modality LUT); values are those that it gives.',
    )
  })
})

describe('[I53] VOI LUTs', () => {
  const lut = (...values: number[]): Lut => ({ first: 7, bits: 16, values: Uint16Array.from(values) })

  it('travel with the first frame of a file and reach the series as they were', async () => {
    const slices = await slicesOf(
      instance([Int16Array.of(1), Int16Array.of(2)], { voiLuts: [lut(0, 0x1234, 65535), lut(1)] }),
    )
    expect(slices.map(({ voiLuts }) => voiLuts?.length)).toEqual([2, undefined])
    const [volume] = await arrange(slices.toReversed())
    const [first] = volume?.voiLuts ?? []
    expect(first).toEqual({ first: 7, bits: 16, values: 'AAA0Ev//' })
  })

  it('are left out from where together they are larger than one table can be', async () => {
    const long = lut(...Array(40_000).fill(1))
    const [first] = await slicesOf(instance([Int16Array.of(1)], { voiLuts: [long, long] }))
    expect(first?.voiLuts).toHaveLength(1)
  })
})

it('[I53] of overlays nothing is kept', async () => {
  if (!HAVE_DATA) return
  const read = await readInstance(readData('pixel-format/examples_overlay.dcm'))
  expect(read.overlays?.length).toBeGreaterThan(0)
  expect(JSON.stringify(await slicesOf(clean(read)))).not.toMatch(/overlay/i)
})

it('grey of eight bits is kept in 16, because bytes are colour', async () => {
  const [grey] = await slicesOf(instance([Uint8Array.of(0, 255)]))
  expect([grey?.samples, grey?.stored]).toEqual(['uint16', { min: 0, max: 255 }])
})

describe('[I57] what is no number counts for no range', () => {
  const range = async (...values: number[]): Promise<Slice['stored'] | undefined> =>
    (await slicesOf(instance([Float32Array.from(values)])))[0]?.stored

  it('whatever stands first', async () => {
    const { NaN: nan, POSITIVE_INFINITY: more, NEGATIVE_INFINITY: less } = Number
    expect(await range(nan, more, 3, less, -2, nan)).toEqual({ min: -2, max: 3 })
    expect(await range(more, 5)).toEqual({ min: 5, max: 5 })
    expect(await range(nan, less)).toEqual({ min: 0, max: 0 })
  })
})

describe('[I59] a file of several frames without identifiers', () => {
  const uids = { study: null, series: null, instance: null, frameOfReference: null }
  const whole = async (pixels: Pixels[], also: Partial<CleanInstance> = { uids }) =>
    (await slicesOf(instance(pixels, also))).map((each) => each.whole)
  const [black, white] = [Int16Array.of(0), Int16Array.of(9)]

  it('is known by all of them, and by their places', async () => {
    const [one, other] = await whole([black, white])
    expect(one).toMatch(/^[0-9a-f]{64}$/)
    expect(other).toBe(one)
    expect((await whole([black, black]))[0]).not.toBe(one)
    const moved = instance([black, white], { uids })
    const elsewhere = moved.frames.map((each, z) => ({ ...each, position: [0, 0, z] as const }))
    expect((await slicesOf({ ...moved, frames: elsewhere }))[0]?.whole).not.toBe(one)
  })

  it('not so a single picture, or a file that has an identifier', async () => {
    expect(await whole([black])).toEqual([undefined])
    expect(await whole([black, white], {})).toEqual([undefined, undefined])
  })
})
