/** What a file says beside its values: frames and moments, films, windows and tables, overlays, aspect; bare files and directories. */
import { describe, expect, it } from 'vitest'
import { ImagingFault } from '../fault.ts'
import { kindOf, type SampleKind } from '../samples.ts'
import { arrange, keptOf, slicesOf } from '../series.ts'
import { clean } from '../testing/clean.ts'
import { imageElements } from '../testing/images.ts'
import { readDirectory } from './directory.ts'
import { looked } from './luts.ts'
import { readInstance } from './read.ts'
import { type Element, IMPLICIT_LITTLE_ENDIAN, writePart10 } from './write.ts'

const us = (tag: number, ...value: number[]): Element => ({ tag, vr: 'US', value })
const ds = (tag: number, ...value: number[]): Element => ({ tag, vr: 'DS', value })
const cs = (tag: number, value: string): Element => ({ tag, vr: 'CS', value })
const sq = (tag: number, ...value: Element[][]): Element => ({ tag, vr: 'SQ', value })
const latin = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0))
const read = async (also: Element[], frames = 1) =>
  readInstance(await writePart10(imageElements({ frames, also })))

describe('[I48] frames', () => {
  it('have their moment, their windows and the function of these from their own groups, then the shared ones', async () => {
    const own = (moment: number, center: number): Element[] => [
      sq(0x00209111, [{ tag: 0x00209128, vr: 'UL', value: [moment] }]),
      sq(0x00209113, [ds(0x00200032, 0, 0, 5)]),
      ...(center > 0
        ? [sq(0x00289132, [ds(0x00281050, center), ds(0x00281051, 0.5), cs(0x00281056, 'LINEAR_EXACT')])]
        : []),
    ]
    const shared = [sq(0x00289132, [ds(0x00281050, 9), ds(0x00281051, 2), cs(0x00281056, 'SIGMOID')])]
    const { frames } = await read([sq(0x52009229, shared), sq(0x52009230, own(2, 7), own(1, 0))], 2)
    expect(frames.map(({ temporal, windows, voiFunction }) => [temporal, windows, voiFunction])).toEqual([
      [2, [{ center: 7, width: 0.5 }], 'LINEAR_EXACT'],
      [1, [{ center: 9, width: 2 }], 'SIGMOID'],
    ])
  })

  it('at one place stand in the order of their moments', async () => {
    const at = (moment: number): Element[] => [
      sq(0x00209111, [{ tag: 0x00209128, vr: 'UL', value: [moment] }]),
      sq(0x00209113, [ds(0x00200032, 0, 0, 5)]),
    ]
    const also = [
      sq(0x52009229, [sq(0x00209116, [ds(0x00200037, 1, 0, 0, 0, 1, 0)])]),
      sq(0x52009230, at(2), at(1)),
    ]
    const [volume, ...rest] = await arrange(await slicesOf(clean(await read(also, 2))))
    expect(rest).toEqual([])
    expect(volume?.slices.map(({ frame }) => frame)).toEqual([1, 0])
  })

  it('of several moments have the time between them, and no file tells the time of day', async () => {
    const at = (...said: Element[]): Element[] => [sq(0x00209111, said)]
    const dt = (value: string): Element => ({ tag: 0x00189151, vr: 'UN', value: latin(value) })
    const times = async (...groups: Element[][]) =>
      (await read([sq(0x52009230, ...groups)], groups.length)).frames.map(({ timeMs }) => timeMs)
    const three = ['20061219235959.5', '20061219235959.25', '20061220000001']
    expect(await times(...three.map((text) => at(dt(text))))).toEqual([250, 0, 1750])
    expect(await times(at(dt('20061219')), at(dt('20061220')))).toEqual([undefined, undefined])
    expect(await times(at(dt('20061219120000')), at())).toEqual([undefined, undefined])
  })

  it('of a beating heart have their delay after its beat', async () => {
    const after = (ms: number): Element[] => [
      sq(0x00189118, [{ tag: 0x00209153, vr: 'UN', value: new Uint8Array(Float64Array.of(ms).buffer) }]),
    ]
    const { frames } = await read([sq(0x52009230, after(40.5), after(12))], 2)
    expect(frames.map(({ timeMs }) => timeMs)).toEqual([40.5, 12])
    const still = await read([sq(0x52009230, after(0), after(0))], 2)
    expect(still.frames.map(({ timeMs }) => timeMs)).toEqual([undefined, undefined])
    const classic = await read([ds(0x00181060, 33.5), { tag: 0x00200100, vr: 'IS', value: [3] }])
    expect(classic.frames[0]).toMatchObject({ timeMs: 33.5, temporal: 3 })
  })

  it('of a film have their time, steady or by steps', async () => {
    const times = async (also: Element[]) => (await read(also, 3)).frames.map(({ timeMs }) => timeMs)
    expect(await times([ds(0x00181063, 40)])).toEqual([0, 40, 80])
    expect(await times([ds(0x00181063, 40), ds(0x00181065, 0, 30, 50)])).toEqual([0, 30, 80])
    expect(await times([{ tag: 0x00180040, vr: 'IS', value: [25] }])).toEqual([0, 40, 80])
    expect(await times([ds(0x00181065, 0, -30, 50)])).toEqual([undefined, undefined, undefined])
  })
})

describe('[I49] tables, overlays and aspect are kept as data', () => {
  const words = (...values: number[]): Uint8Array => new Uint8Array(Uint16Array.from(values).buffer)

  it('a Modality LUT and the VOI LUTs behind it', async () => {
    const table = (first: number, ...values: number[]): Element[] => [
      us(0x00283002, values.length, first, 16),
      { tag: 0x00283006, vr: 'OW', value: words(...values) },
    ]
    const found = await read([
      sq(0x00283000, table(65534, 5, 6, 7)),
      sq(0x00283010, table(5, 1), table(6, 2, 3)),
    ])
    expect(found.modalityLut).toEqual({ first: -2, bits: 16, values: Uint16Array.of(5, 6, 7) })
    expect(found.voiLuts?.map(({ first, values }) => [first, [...values]])).toEqual([
      [5, [1]],
      [6, [2, 3]],
    ])
    const lut = found.modalityLut
    expect([-9, -2, -1, 0, 9].map((value) => lut && looked(value, lut))).toEqual([5, 5, 6, 7, 7])
  })

  it('a series whose values are mapped by a table, or whose pixels are not square, says so', async () => {
    const table = [us(0x00283002, 1, 0, 16), { tag: 0x00283006, vr: 'OW', value: words(5) } as Element]
    const odd = imageElements({
      also: [sq(0x00283000, table), { tag: 0x00280034, vr: 'IS', value: ['4', '3'] }],
      without: [0x00280030],
    })
    const slices = await slicesOf(clean(await readInstance(await writePart10(odd))))
    const [volume] = await arrange(slices)
    expect(volume?.warnings).toEqual([
      'The files give no pixel spacing; distances are in pixels, not in mm.',
      'The files map their values by a table (Modality LUT); values are those that it gives.',
      'The pixels are not square; distances are in widths of a pixel.',
    ])
    expect(volume?.spacing).toEqual({ row: 4 / 3, column: 1, slice: null })
  })

  it('a table shorter than it says is no table', async () => {
    const short = [us(0x00283002, 4, 0, 16), { tag: 0x00283006, vr: 'OW', value: words(1, 2) } as Element]
    const found = await read([sq(0x00283000, short)])
    expect(found.modalityLut).toBeUndefined()
    const [volume] = await arrange(await slicesOf(clean(found)))
    expect(volume?.warnings).toEqual([
      'The files map their values by a table (Modality LUT) that cannot be read; values are given as stored.',
    ])
  })

  const overlay = (rows: number, columns: number, bits: Uint8Array): Element[] => [
    us(0x60020010, rows),
    us(0x60020011, columns),
    { tag: 0x60020050, vr: 'SS', value: [-3, 2] },
    { tag: 0x60023000, vr: 'OW', value: bits },
  ]

  it('an overlay larger than the picture and beginning outside of it', async () => {
    const { overlays } = await read(overlay(3, 9, Uint8Array.of(1, 2, 3, 4)))
    expect(overlays).toEqual([
      { rows: 3, columns: 9, origin: [-3, 2], firstFrame: 0, frames: 1, bits: Uint8Array.of(1, 2, 3, 4) },
    ])
  })

  it('an overlay that promises more than its bytes is none, and keeps no picture out', async () => {
    const found = await read(overlay(60_000, 60_000, Uint8Array.of(1, 2)))
    expect([found.overlays, found.frames.length]).toEqual([undefined, 1])
  })

  it('pixels that are not square', async () => {
    const aspect = async (text: string[]) =>
      (await read([{ tag: 0x00280034, vr: 'IS', value: text }])).technical.aspect
    expect([await aspect(['4', '3']), await aspect(['1', '1']), await aspect(['0', '1'])]).toEqual([
      4 / 3,
      undefined,
      undefined,
    ])
  })
})

describe('[I61] the spacing of a projection is that of its detector, unless somebody calibrated it', () => {
  const spacing = async (...also: Element[]) =>
    (await readInstance(await writePart10(imageElements({ also })))).frames[0]?.spacing?.at
  const patient = ds(0x00280030, 0.2, 0.2)

  it.each([
    ['CT', [cs(0x00080060, 'CT'), patient], 'patient'],
    ['X-ray with one spacing', [cs(0x00080060, 'CR'), patient], 'detector'],
    ['both, the same', [cs(0x00080060, 'DX'), patient, ds(0x00181164, 0.2, 0.2)], 'detector'],
    ['both, the first corrected', [cs(0x00080060, 'DX'), patient, ds(0x00181164, 0.25, 0.25)], 'patient'],
    ['calibrated', [cs(0x00080060, 'XA'), patient, cs(0x00280a02, 'FIDUCIAL')], 'patient'],
  ])('%s', async (_, also, at) => {
    expect(await spacing(...also)).toBe(at)
  })
})

describe('[I50] a data set without preamble and file meta', () => {
  it.each([
    ['explicit', undefined],
    ['implicit', IMPLICIT_LITTLE_ENDIAN],
  ])('%s', async (_, syntax) => {
    const whole = await writePart10(imageElements(), syntax)
    const view = new DataView(whole.buffer)
    const { frames } = await readInstance(whole.slice(144 + view.getUint32(140, true)))
    expect(frames[0]?.pixels).toEqual((await readInstance(whole)).frames[0]?.pixels)
    expect((await readInstance(whole.slice(132))).frames).toHaveLength(1) // the meta group alone is kept
  })

  it.each([
    ['text', 'Dear colleague, thank you for sending me'],
    ['a first element that is too long', '\x08\0\x05\0\xff\xff\xff\x00 and so on and so on'],
    ['another group', '\x10\0\x10\0PN\x04\0Name and so on and so on'],
  ])('is not guessed from %s', async (_, text) => {
    const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0))
    await expect(readInstance(bytes)).rejects.toThrow(
      'Not a DICOM file: it lacks the DICM mark after the preamble.',
    )
  })
})

it('[S1] uncompressed frames in items are those of the same file without items', async () => {
  const item = (tag: number, bytes: Uint8Array): number[] => [
    0xfe,
    0xff,
    tag & 255,
    tag >> 8,
    ...new Uint8Array(Uint32Array.of(bytes.length).buffer),
    ...bytes,
  ]
  const pixels = Uint8Array.from({ length: 96 }, (_, k) => k)
  const head = await writePart10(
    imageElements({ frames: 2, without: [0x7fe00010] }),
    '1.2.840.10008.1.2.1.98' as never,
  )
  const start = [
    0xe0,
    0x7f,
    0x10,
    0,
    0x4f,
    0x42,
    0,
    0,
    255,
    255,
    255,
    255,
    ...item(0xe000, new Uint8Array(0)),
  ]
  const frames = [...item(0xe000, pixels.slice(0, 48)), ...item(0xe000, pixels.slice(48))]
  const whole = Uint8Array.from([...head, ...start, ...frames, ...item(0xe0dd, new Uint8Array(0))])
  const plain = await readInstance(await writePart10(imageElements({ frames: 2, pixels })))
  expect((await readInstance(whole)).frames).toEqual(plain.frames)
  const short = [...item(0xe000, pixels.slice(0, 46)), ...item(0xe000, pixels.slice(46))]
  await expect(
    readInstance(Uint8Array.from([...head, ...start, ...short, ...item(0xe0dd, new Uint8Array(0))])),
  ).rejects.toThrow('Truncated: the header promises 48 bytes of pixels, the file holds 46.')
})

describe('[I51] directories and other objects', () => {
  const record = (kind: string, ...path: string[]): Element[] => [
    cs(0x00041430, kind),
    ...(path.length > 0 ? [{ tag: 0x00041500, vr: 'CS', value: path } as Element] : []),
  ]
  const directory = (...records: Element[][]) =>
    writePart10([{ tag: 0x00080016, vr: 'UI', value: '1.2.840.10008.1.3.10' }, sq(0x00041220, ...records)])

  it('a directory lists what it references, and no path that leaves its folder', async () => {
    const file = await directory(
      record('PATIENT'),
      record('IMAGE', 'A', 'IM0001'),
      record('IMAGE', '..', '..', 'ETC'),
      record('IMAGE', 'A/B', 'C'),
      record('SMITH^JOHN', 'X'),
    )
    expect(await readDirectory(file)).toEqual({
      records: { PATIENT: 1, IMAGE: 3, UNKNOWN: 1 },
      files: [['A', 'IM0001'], ['X']],
      unusable: 2,
    })
    await expect(readInstance(file)).rejects.toThrow('it is a directory of other files (DICOMDIR)')
    await expect(readDirectory(await writePart10(imageElements()))).rejects.toThrow(ImagingFault)
  })

  it.each([
    ['88.33', 'a structured report'],
    ['481.3', 'a set of radiotherapy structures'],
    ['481.5', 'a radiotherapy plan'],
    ['481.2', 'a radiotherapy dose'],
    ['66.4', 'a segmentation'],
    ['9.1.1', 'a waveform'],
    ['104.1', 'an encapsulated document'],
    ['77.1.6', 'a slide microscopy image'],
    ['11.1', 'a presentation state'],
  ])('%s is named: %s', async (suffix, what) => {
    const also: Element[] = [{ tag: 0x00080016, vr: 'UI', value: `1.2.840.10008.5.1.4.1.1.${suffix}` }]
    await expect(read(also)).rejects.toThrow(`Not an image: it is ${what}.`)
  })
})

describe('[I52] every kind of picture is kept in a type that holds it', () => {
  const kept = async (also: Element[], pixels = new Uint8Array(192)) =>
    keptOf(clean(await readInstance(await writePart10(imageElements({ pixels, also })))))
  const bits = (allocated: number, stored: number, signed: 0 | 1 = 0): Element[] => [
    us(0x00280100, allocated),
    us(0x00280101, stored),
    us(0x00280102, stored - 1),
    us(0x00280103, signed),
  ]

  it.each<[string, Element[], SampleKind]>([
    ['8 bits', bits(8, 8), 'uint16'],
    ['16 bits', bits(16, 16), 'uint16'],
    ['12 bits with a sign', bits(16, 12, 1), 'int16'],
    ['12 bits in cells of 32', bits(32, 12), 'uint16'],
    ['32 bits', bits(32, 32), 'uint32'],
    ['32 bits with a sign', bits(32, 32, 1), 'int32'],
    ['colour', [us(0x00280002, 3), cs(0x00280004, 'RGB'), ...bits(8, 8)], 'uint8x3'],
  ])('%s', async (_, also, kind) => {
    const { frames } = await kept(also)
    expect(frames.map(({ pixels }) => kindOf(pixels))).toEqual([kind])
  })
})
