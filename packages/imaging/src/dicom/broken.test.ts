/** Files that are broken, lie, or mean harm: one sentence each, never a crash, a hang, or pixels nobody sent. */
import { describe, expect, it } from 'vitest'
import { ImagingFault } from '../fault.ts'
import { randomFrom } from '../phantom/random.ts'
import { imageElements, ramp } from '../testing/images.ts'
import { filesOf, HAVE_DATA, readData } from '../testing/manifest.ts'
import { readInstance } from './read.ts'
import {
  DEFLATED,
  type Element,
  EXPLICIT_LITTLE_ENDIAN,
  IMPLICIT_LITTLE_ENDIAN,
  RLE_LOSSLESS,
  writePart10,
} from './write.ts'

const faultOf = async (bytes: Uint8Array): Promise<string> => {
  const outcome = await readInstance(bytes).catch((fault: unknown) => fault)
  if (outcome instanceof ImagingFault) return outcome.message
  throw outcome instanceof Error ? outcome : new Error('it was read')
}

/** Demanded to be read although odd; their values are checked beside the others. */
const GOOD = ['broken/bad_sequence.dcm', 'broken/made/xss_name.dcm']

describe.skipIf(!HAVE_DATA)('broken files of others', () => {
  it.each(filesOf('broken').filter(({ file }) => !GOOD.includes(file)))(
    '[S2] $file is refused',
    async ({ file }) => {
      expect(await faultOf(readData(file))).toMatch(/^(Not|Damaged|Truncated|Too large).*\.$/)
    },
  )

  it.each([
    [
      'broken/MR_truncated.dcm',
      'Truncated: the header promises 8 192 bytes of pixels, the file holds 8 130.',
    ],
    ['broken/made/rows_65535.dcm', 'Too large: 65 535 × 65 535 × 1 frames.'],
    ['broken/made/html.dcm', 'Not a DICOM file: it begins as a web page.'],
    ['broken/made/empty.dcm', 'Not a DICOM file: it is empty.'],
    ['broken/made/preamble_only.dcm', 'Truncated: the file ends after its preamble.'],
    [
      'broken/emri_small_jpeg_2k_lossless_too_short.dcm',
      'Truncated: its compressed pixels lack the mark of their end.',
    ],
  ])('[S2] %s says %s', async (file, sentence) => expect(await faultOf(readData(file))).toBe(sentence))

  it('[S2] odd private sequences and hostile names do not keep a good picture out', async () => {
    for (const file of GOOD) expect((await readInstance(readData(file))).frames).toHaveLength(1)
  })
})

describe('lies', () => {
  const us = (tag: number, value: number): Element => ({ tag, vr: 'US', value: [value] })

  it.each<[string, Element[], string]>([
    [
      'more rows than pixels',
      [us(0x00280010, 4000)],
      'Truncated: the header promises 48 000 bytes of pixels, the file holds 48.',
    ],
    ['no rows', [us(0x00280010, 0)], 'Damaged: its picture has no rows or no columns.'],
    ['32-bit Rows', [{ tag: 0x00280010, vr: 'UL', value: [4] }], 'Damaged: Rows is not one 16-bit number.'],
    [
      'frames beyond the limit',
      [us(0x00280010, 2048), us(0x00280011, 1536), { tag: 0x00280008, vr: 'IS', value: [9000] }],
      'Too large: 2 048 × 1 536 × 9 000 frames.',
    ],
    [
      'frames that are no number',
      [{ tag: 0x00280008, vr: 'IS', value: '1A' }],
      'Damaged: its number of frames is not a number of frames.',
    ],
    [
      'less than one frame',
      [{ tag: 0x00280008, vr: 'IS', value: [-1] }],
      'Damaged: its number of frames is not a number of frames.',
    ],
    [
      'bits that do not fit',
      [us(0x00280101, 17)],
      'Damaged: its pixels cannot have 17 bits of 16 ending at bit 15.',
    ],
    ['seven bits allocated', [us(0x00280100, 7)], 'Not supported: 7 bits per value.'],
    ['thirty-three bits allocated', [us(0x00280100, 33)], 'Not supported: 33 bits per value.'],
    [
      'a slope of zero',
      [{ tag: 0x00281053, vr: 'DS', value: [0] }],
      'Damaged: its rescale slope is zero, so every value would be the same.',
    ],
    [
      'grey with three values',
      [us(0x00280002, 3)],
      'Damaged: its pixels cannot be MONOCHROME2 with 3 values each.',
    ],
    [
      'a retired colour space',
      [us(0x00280002, 4), { tag: 0x00280004, vr: 'CS', value: 'CMYK' }],
      'Not supported: a picture in the colour space CMYK.',
    ],
    [
      'a palette that is not there',
      [{ tag: 0x00280004, vr: 'CS', value: 'PALETTE COLOR' }],
      'Damaged: its colours stand in a palette that is not there.',
    ],
    [
      'a report',
      [{ tag: 0x00080016, vr: 'UI', value: '1.2.840.10008.5.1.4.1.1.88.22' }],
      'Not an image: it is a structured report.',
    ],
  ])('[S2] %s', async (_, also, sentence) =>
    expect(await faultOf(await writePart10(imageElements({ also })))).toBe(sentence),
  )

  it.each([
    ['no pixels', [0x7fe00010], 'Not an image: it holds no pixel data.'],
    ['no columns', [0x00280011], 'Damaged: it does not say its Columns.'],
  ])('[S2] %s', async (_, without, sentence) =>
    expect(await faultOf(await writePart10(imageElements({ without })))).toBe(sentence),
  )

  it('[S2] more stored values than a file of the largest size could hold are never made', async () => {
    const also = [us(0x00280010, 32_768), us(0x00280011, 16_385)]
    expect(await faultOf(await writePart10(imageElements({ also })))).toBe(
      'Too large: 32 768 × 16 385 × 1 frames.',
    )
  })

  it('[S2] values that no number can hold after rescaling are refused', async () => {
    const also: Element[] = [{ tag: 0x00281053, vr: 'DS', value: '1e306' }]
    expect(await faultOf(await writePart10(imageElements({ also })))).toBe(
      'Damaged: its values leave every scale when they are rescaled.',
    )
  })

  it('[S2] an unknown transfer syntax is named', async () => {
    const bytes = await writePart10(imageElements(), '1.2.840.10008.1.2.4.100' as never)
    expect(await faultOf(bytes)).toBe('Not supported: transfer syntax 1.2.840.10008.1.2.4.100 (MPEG-2).')
  })

  it('[D4] a transfer syntax that is nobody’s standard is not repeated: a date of birth can stand in it', async () => {
    for (const uid of ['1.2.826.0.1.3680043.19310407', '1.2.840.10008.1.2.19310407', 'SECRET^NAME'])
      expect(await faultOf(await writePart10(imageElements(), uid as never))).toBe(
        'Not supported: a transfer syntax that is not in the standard.',
      )
  })

  it('[S2] missing or impossible geometry is null, and the picture is read all the same', async () => {
    const also: Element[] = [
      { tag: 0x00280030, vr: 'DS', value: ['0', 'NaN'] },
      { tag: 0x00200032, vr: 'DS', value: ['1', 'x', '3'] },
      { tag: 0x00200037, vr: 'DS', value: [1, 0, 0, 1, 0, 0] },
    ]
    const { frames } = await readInstance(await writePart10(imageElements({ also })))
    expect(frames[0]).toMatchObject({ spacing: null, position: null, orientation: null })
  })

  it('[D4] no sentence quotes the file', async () => {
    const also: Element[] = [{ tag: 0x00280004, vr: 'CS', value: 'SECRET^NAME' }]
    expect(await faultOf(await writePart10(imageElements({ also })))).not.toMatch(/secret/i)
  })
})

describe('bombs', () => {
  it('[S2] deflate: stops at the cap', async () => {
    const zeros = new Uint8Array(60 * 2 ** 20)
    const bytes = await writePart10(
      imageElements({ rows: 5000, columns: 6000, allocated: 16, pixels: zeros }),
      DEFLATED,
    )
    expect(bytes.length).toBeLessThan(100_000)
    expect(await faultOf(bytes)).toBe('Too large: the file unpacks to more than 16 777 216 bytes.')
  })

  it('[S2] very many frames of next to nothing', async () => {
    const bytes = await writePart10(
      imageElements({ rows: 1, columns: 1, frames: 100_001, allocated: 8, pixels: new Uint8Array(100_002) }),
    )
    expect(await faultOf(bytes)).toBe('Too large: 100 001 frames.')
  })

  it('[S2] RLE: a frame that cannot hold its pixels is refused before anything is made', async () => {
    const bytes = await writePart10(imageElements(), RLE_LOSSLESS)
    const lying = patched(bytes, [0x28, 0, 0x10, 0, 0x55, 0x53, 2, 0], [0xff, 0x7f])
    expect(await faultOf(lying)).toMatch(
      /^Truncated: the header promises 196 602 pixels, and \d+ compressed bytes cannot hold them\.$/,
    )
  })

  it('[S2] nesting', async () => {
    const nested = (depth: number): Element => ({
      tag: 0x00081140,
      vr: 'SQ',
      value: [depth === 0 ? [] : [nested(depth - 1)]],
    })
    const read = async (depth: number) => faultOf(await writePart10(imageElements({ also: [nested(depth)] })))
    expect(await read(17)).toBe('Too large: its sequences are nested deeper than 16.')
    await expect(
      readInstance(await writePart10(imageElements({ also: [nested(10)] }))),
    ).resolves.toBeDefined()
  })

  it('[S2] nesting without lengths, thousands deep', async () => {
    const good = await writePart10(imageElements({ without: [0x7fe00010] }))
    const open = Uint8Array.of(
      8,
      0,
      0x40,
      0x11,
      0x53,
      0x51,
      0,
      0,
      255,
      255,
      255,
      255,
      0xfe,
      0xff,
      0,
      0xe0,
      255,
      255,
      255,
      255,
    )
    const deep = new Uint8Array(good.length + open.length * 20_000)
    deep.set(good)
    for (let k = 0; k < 20_000; k++) deep.set(open, good.length + k * open.length)
    expect(await faultOf(deep)).toMatch(/^Too large|^Damaged|^Truncated/)
  })

  it('[S2] a header of very many elements', async () => {
    const items = Array.from({ length: 300_000 }, () => [])
    const bytes = await writePart10(imageElements({ also: [{ tag: 0x00081140, vr: 'SQ', value: items }] }))
    expect(await readInstance(bytes, { tags: 100_000 }).catch((fault: Error) => fault.message)).toBe(
      'Too large: its header holds more than 100 000 elements.',
    )
  })
})

describe('cut and changed bytes', () => {
  const SYNTAXES = [EXPLICIT_LITTLE_ENDIAN, IMPLICIT_LITTLE_ENDIAN, DEFLATED, RLE_LOSSLESS] as const

  it.each(SYNTAXES)('[S2] %s cut anywhere is refused', async (syntax) => {
    const whole = await writePart10(imageElements({ pixels: ramp(48) }), syntax)
    const end = syntax === DEFLATED ? whole.length - 2 : whole.length
    for (let length = 0; length < end; length++) {
      expect(await faultOf(whole.slice(0, length)), `cut at ${length}`).toMatch(/\.$/)
    }
  })

  it('[S2] changed bytes give a picture of the size the header says, or a fault', async () => {
    const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31)
    const random = randomFrom(seed)
    const pick = (n: number): number => Math.floor(random() * n)
    const sources = await Promise.all(
      SYNTAXES.map((syntax) => writePart10(imageElements({ frames: 2 }), syntax)),
    )
    sources.push(...CODED.map((file) => readData(file)))
    for (let round = 0; round < 1500; round++) {
      const bytes = Uint8Array.from(sources[pick(sources.length)] as Uint8Array)
      for (let k = pick(6) + 1; k > 0; k--) bytes[132 + pick(bytes.length - 132)] = pick(256)
      const outcome = await readInstance(bytes, { pixels: 2 ** 22 }).catch((fault: unknown) => fault)
      const about = `SEED=${seed} round ${round}`
      if (outcome instanceof Error) expect(outcome, `${about}: ${outcome.stack}`).toBeInstanceOf(ImagingFault)
      else {
        const { technical, frames } = outcome as Awaited<ReturnType<typeof readInstance>>
        for (const { pixels } of frames) expect(pixels.length, about).toBe(technical.rows * technical.columns)
      }
    }
  })
})

describe.skipIf(!HAVE_DATA)('changed codestreams', () => {
  it('[S2] JPEG-LS cut anywhere is refused, and a long row of zero bits does not keep the decoder busy', async () => {
    const whole = readData('transfer-syntax/MR_small_jpeg_ls_lossless.dcm')
    const start = whole.findIndex((_, k) => whole[k] === 0xff && whole[k + 1] === 0xda) + 10
    const end = whole.findLastIndex((byte, k) => byte === 0xff && whole[k + 1] === 0xd9)
    for (let at = start; at < end - 2; at += 97) {
      const marked = Uint8Array.from(whole)
      marked.set([0xff, 0xd9], at)
      expect(await faultOf(marked)).toBe('Truncated: its compressed picture ends early.')
    }
    expect(await faultOf(Uint8Array.from(whole).fill(0, start + 100, end))).toBe(
      'Damaged: its compressed picture holds a code that means nothing.',
    )
  })

  it.each(['JPEG2000LosslessOnly', 'JPEGProcess1'])('[S2] %s without its end is refused', async (name) => {
    const whole = Uint8Array.from(readData(`transfer-syntax/CTImage_${name}.dcm`))
    const end = whole.findLastIndex((byte, k) => byte === 0xff && whole[k + 1] === 0xd9)
    whole.fill(0, end, end + 2)
    expect(await faultOf(whole)).toBe('Truncated: its compressed picture ends early.')
  })

  it('[S2] lossless JPEG cut anywhere is refused', async () => {
    const whole = readData('transfer-syntax/CTImage_JPEGProcess14SV1.dcm')
    for (const at of [20_000, 90_000, 150_000, 190_000]) {
      const marked = Uint8Array.from(whole)
      marked.set([0xff, 0xd9], at)
      expect(await faultOf(marked)).toMatch(/^Truncated: its compressed picture ends early|^Damaged/)
    }
  })
})

/** Small files in the codings we cannot write ourselves. */
const CODED = HAVE_DATA
  ? [
      'transfer-syntax/MR_small_jp2klossless.dcm',
      'transfer-syntax/MR_small_jpeg_ls_lossless.dcm',
      'pixel-format/JPEGLSNearLossless_08.dcm',
      'multiframe/emri_small_jpeg_2k_lossless.dcm',
    ]
  : []

/** A copy in which the bytes after `mark` are replaced. */
function patched(bytes: Uint8Array, mark: number[], by: number[]): Uint8Array {
  const copy = Uint8Array.from(bytes)
  const at = copy.findIndex((_, k) => mark.every((byte, j) => copy[k + j] === byte))
  copy.set(by, at + mark.length)
  return copy
}
