/** JPEG photographs: baseline and progressive, grey and colour, held against the other JPEG decoder of this package; and broken ones. */
import { describe, expect, it } from 'vitest'
import { jpegDct } from '../dicom/codecs/jpegDct.ts'
import { toRgb } from '../dicom/colour.ts'
import { ImagingFault } from '../fault.ts'
import { readAny } from '../read.ts'
import { exifBytes, type JpegOptions, jpegBytes, withSegment } from '../testing/jpeg.ts'

const faultOf = async (work: Promise<unknown>): Promise<string> => {
  const outcome = await work.catch((fault: unknown) => fault)
  if (outcome instanceof ImagingFault) return outcome.message
  throw outcome instanceof Error ? outcome : new Error('it was read')
}
const SMOOTH: JpegOptions = {
  columns: 45,
  rows: 29,
  pixel: (x, y) => [x * 5, y * 8, 255 - x * 2 - y * 3],
}
const pixelsOf = async (file: Uint8Array): Promise<number[]> => [
  ...((await readAny(file)).frames[0]?.pixels ?? []),
]
const farthest = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((most, value, k) => Math.max(most, Math.abs(value - (b[k] as number))), 0)

describe('[I77] JPEG', () => {
  it.each([
    ['in colour', {}],
    ['in grey', { grey: true }],
  ])('%s: the values that the other decoder gives, within 2', async (_name, options) => {
    const file = await jpegBytes({ ...SMOOTH, ...options })
    const { technical, words, frames } = await readAny(file)
    const samples = 'grey' in options ? 1 : 3
    expect(technical).toMatchObject({ columns: 45, rows: 29, lossy: true, bits: { stored: 8 } })
    expect(technical.photometric).toBe(samples === 1 ? 'MONOCHROME2' : 'RGB')
    expect(words.modality).toBe('XC')
    expect(frames[0]).toMatchObject({ position: null, orientation: null, spacing: null })
    const cells = await jpegDct.decode(file, { columns: 45, rows: 29, allocated: 8, samples })
    const theirs = samples === 1 ? cells : toRgb(cells as Uint8Array, 'YBR_FULL', { stored: 8 })
    expect(frames[0]?.pixels).toHaveLength(45 * 29 * samples)
    expect(farthest(frames[0]?.pixels ?? [], theirs)).toBeLessThanOrEqual(2)
  })

  it.each([{}, { grey: true }, { halved: true }])(
    'progressive as baseline, within 2: %j',
    async (options) => {
      const [progressive, baseline] = await Promise.all(
        [true, false].map((progressive) => jpegBytes({ ...SMOOTH, ...options, progressive })),
      )
      expect(Buffer.from(progressive as Uint8Array).includes(Buffer.of(0xff, 0xc2))).toBe(true)
      const [mine, theirs] = await Promise.all(
        [progressive, baseline].map((file) => pixelsOf(file as Uint8Array)),
      )
      expect(mine).toHaveLength(theirs?.length ?? 0)
      expect(farthest(mine ?? [], theirs ?? [])).toBeLessThanOrEqual(2)
    },
  )

  it('several at once', async () => {
    const file = await jpegBytes(SMOOTH)
    const alone = await pixelsOf(file)
    for (const pixels of await Promise.all([file, file, file].map(pixelsOf))) expect(pixels).toEqual(alone)
  })
})

describe('[I79] nothing that stands beside the pixels of a JPEG is kept', () => {
  it('neither EXIF, XMP, profiles and comments, nor what follows its end', async () => {
    const file = await jpegBytes(SMOOTH)
    let full = withSegment(file, 0xfe, Buffer.from('Erika Mustermann'))
    full = withSegment(full, 0xe2, Buffer.from('ICC_PROFILE\0\x01\x01Erika Mustermann'))
    full = withSegment(full, 0xe1, Buffer.from('http://ns.adobe.com/xap/1.0/\0<x>Erika Mustermann</x>'))
    full = withSegment(full, 0xe1, Buffer.concat([Buffer.from('Exif\0\0'), exifBytes(1)]))
    const instance = await readAny(Buffer.concat([full, Buffer.from('a film of Erika Mustermann')]))
    const beside = ['EXIF', 'ICC profile', 'XMP', 'other data', 'texts']
    expect(instance).toEqual({ ...(await readAny(file)), beside })
    expect(JSON.stringify(instance)).not.toMatch(/Muster/)
  })
})

describe('[I78] a JPEG that lies or is broken', () => {
  /** Second byte of a marker -> where its segment begins. */
  const at = (file: Uint8Array, marker: number): number => {
    const found = file.findIndex((byte, k) => byte === 0xff && file[k + 1] === marker)
    if (found < 0) throw new Error('no such marker')
    return found
  }
  const changed = async (marker: number, offset: number, bytes: number[]): Promise<Uint8Array> => {
    const file = await jpegBytes(SMOOTH)
    file.set(bytes, at(file, marker) + offset)
    return file
  }

  it.each<[string, number, number, number[]]>([
    ['Too large: 65 535 × 65 535 pixels.', 0xc0, 5, [255, 255, 255, 255]],
    ['Damaged: it does not say its width and height.', 0xc0, 5, [0, 0]],
    ['Not supported: a JPEG of 12 bits outside of DICOM.', 0xc0, 4, [12]],
    ['Not supported: a JPEG in CMYK; save it in RGB.', 0xc0, 9, [4]],
    ['Not supported: a JPEG of 2 components.', 0xc0, 9, [2]],
    ['Not supported: lossless JPEG outside of DICOM.', 0xc0, 1, [0xc3]],
    ['Not supported: a JPEG of a coding that no camera uses.', 0xc0, 1, [0xc9]],
    ['Damaged: its compressed picture cannot be decoded.', 0xc0, 5, [0, 90]],
  ])('%s', async (sentence, marker, offset, bytes) => {
    expect(await faultOf(readAny(await changed(marker, offset, bytes)))).toBe(sentence)
  })

  it('that promises more than its bytes can hold', async () => {
    expect(await faultOf(readAny(await changed(0xc0, 5, [31, 255, 31, 255])))).toMatch(
      /^Truncated: the header promises 8 191 × 8 191 pixels, and [\d ]+ compressed bytes cannot hold them\.$/,
    )
  })

  it('of which a colour is missing, or made of too many scans', async () => {
    const file = await jpegBytes({ ...SMOOTH, progressive: true })
    const scans = [...file.keys()].filter((k) => file[k] === 0xff && file[k + 1] === 0xda)
    const first = scans[0] as number
    const without = Buffer.concat([file.subarray(0, first), file.subarray(scans[1])])
    expect(await faultOf(readAny(without))).toBe('Truncated: a part of its colours is missing.')
    const scan = file.subarray(first, scans[1])
    const many = Buffer.concat([file.subarray(0, first), ...Array(101).fill(scan), file.subarray(scans[1])])
    expect(await faultOf(readAny(many))).toBe('Too large: a JPEG of more than 100 scans.')
  })

  it('wherever it is cut', async () => {
    const file = await jpegBytes(SMOOTH)
    for (let length = 4; length < file.length - 1; length += 7)
      expect(await faultOf(readAny(file.subarray(0, length)))).toMatch(/^(Truncated|Damaged|Not).*\.$/)
    const closed = Buffer.concat([file.subarray(0, file.length - 60), Buffer.of(0xff, 0xd9)])
    expect(await faultOf(readAny(closed))).toBe('Damaged: its compressed picture cannot be decoded.')
  })
})
