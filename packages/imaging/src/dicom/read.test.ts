/** Reading real files: what comes out must equal what pydicom, GDCM and DCMTK read. */
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { bytesOf } from '../slices.ts'
import { type Entry, filesOf, HAVE_DATA, readData } from '../testing/manifest.ts'
import type { Instance, StoredPixels } from './instance.ts'
import { readInstance } from './read.ts'

const GREY = filesOf('transfer-syntax', 'pixel-format', 'xray', 'multiframe', 'charset', 'dicomdir').filter(
  ({ expected }) =>
    expected.pixels &&
    /^u?int(8|16)$/.test(expected.pixels.pixel_dtype) &&
    expected.photometric.startsWith('MONO'),
)
/** Bits above BitsStored differ from the sign here. The tools report whole cells; PS3.5 8.1.1 counts only the stored bits. */
const CELLS = ['pixel-format/mlut_18.dcm', 'pixel-format/JLSL_16_15_1_1F.dcm']

describe.skipIf(!HAVE_DATA)('files read by independent tools', () => {
  it('[S1] finds enough of them', () => expect(GREY.length).toBeGreaterThan(35))

  it.each(GREY.filter(({ file }) => !file.includes('JPEGProcess10') && !file.includes('JPEGProcess6')))(
    '[S1] $file',
    async ({ file, expected }) => {
      const instance = await readInstance(readData(file))
      const { technical } = instance
      expect([technical.rows, technical.columns]).toEqual([expected.rows, expected.columns])
      expect(technical.bits.stored).toBe(expected.bits_stored)
      expect(technical.photometric).toBe(expected.photometric)
      expect(technical.transferSyntax).toBe(expected.transfer_syntax)
      expectPixels(file, instance, expected)
      expectPlace(instance, expected)
    },
  )

  it('[S1] keeps one last pixel that a library lost', async () => {
    const lossless = await readInstance(readData('transfer-syntax/CTImage_JPEGProcess14SV1.dcm'))
    expect(lossless.frames[0]?.pixels.at(-1)).toBe(-2000)
  })

  it.each(
    filesOf('seg', 'sr', 'rt', 'wsi', 'colour').filter(
      ({ expected }) => !GREY.some((g) => g.expected === expected),
    ),
  )('[S2] $file is read, or refused in words', async ({ file }) => {
    const outcome = await readInstance(readData(file)).catch((fault: Error) => fault)
    if (outcome instanceof Error) {
      expect(outcome.name).toBe('ImagingFault')
      expect(outcome.message).toMatch(/^(Not|Damaged|Truncated).*\.$/)
    } else expect(outcome.frames.length).toBeGreaterThan(0)
  })

  it.each([
    ['sr/sr_document.dcm', 'Not an image: it is a structured report.'],
    ['rt/rtdose.dcm', 'Not an image: it is a radiotherapy dose.'],
    ['seg/liver.dcm', 'Not an image: it is a segmentation.'],
    ['dicomdir/DICOMDIR', 'Not an image: it is a directory of other files (DICOMDIR).'],
    [
      'transfer-syntax/CTImage_JPEGProcess10_10_12.dcm',
      'Not supported: transfer syntax 1.2.840.10008.1.2.4.55 (JPEG full progression).',
    ],
  ])('[S2] %s says %s', async (file, sentence) => {
    await expect(readInstance(readData(file))).rejects.toThrow(sentence)
  })
})

function expectPixels(file: string, { frames, technical }: Instance, expected: Entry['expected']): void {
  const pixels = expected.pixels
  if (!pixels) throw new Error('no pixels expected')
  expect(frames.length).toBe(expected.frames ?? 1)
  if (CELLS.includes(file)) {
    const mask = (1 << technical.bits.stored) - 1
    const cells = Int16Array.from(frames[0]?.pixels ?? [], (value) => value & mask)
    expect(cells.reduce((a, b) => Math.max(a, b))).toBe(pixels.stored_max)
    return
  }
  const all = frames.flatMap((frame) => [...frame.pixels])
  if (expected.tolerance) {
    const slack = 0.01 * (pixels.stored_max - pixels.stored_min)
    expect(Math.abs(all.reduce((a, b) => Math.min(a, b)) - pixels.stored_min)).toBeLessThanOrEqual(slack)
    expect(Math.abs(all.reduce((a, b) => Math.max(a, b)) - pixels.stored_max)).toBeLessThanOrEqual(slack)
    expect(Math.abs(all.reduce((a, b) => a + b, 0) / all.length - pixels.stored_mean)).toBeLessThanOrEqual(
      slack,
    )
    return
  }
  const hash = createHash('sha256')
  for (const frame of frames)
    hash.update(
      pixels.pixel_dtype.endsWith('8')
        ? Uint8Array.from(frame.pixels)
        : bytesOf(frame.pixels as StoredPixels),
    )
  expect(hash.digest('hex')).toBe(pixels.pixel_sha256_le)
}

function expectPlace({ frames }: Instance, expected: Entry['expected']): void {
  const first = frames[0]
  const last = frames.at(-1)
  if (expected.image_position) expect(first?.position).toEqual(expected.image_position)
  if (expected.frame_positions_first_last) {
    expect([first?.position, last?.position]).toEqual(expected.frame_positions_first_last)
  }
  if (expected.image_orientation) {
    const { row, column } = first?.orientation ?? { row: [], column: [] }
    ;[...row, ...column].forEach((cosine, k) =>
      expect(cosine).toBeCloseTo(expected.image_orientation?.[k] ?? Number.NaN, 5),
    )
  }
  if (expected.pixel_spacing_row_col_mm) {
    const { row, column } = first?.spacing ?? {}
    expect([row, column]).toEqual(expected.pixel_spacing_row_col_mm)
  }
  if (expected.rescale_slope !== undefined) expect(first?.rescale.slope).toBe(expected.rescale_slope)
  if (expected.rescale_intercept !== undefined)
    expect(first?.rescale.intercept).toBe(expected.rescale_intercept)
}
