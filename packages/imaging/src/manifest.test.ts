/**
 * Every file of the public test data, read and held against what pydicom, GDCM, DCMTK and nibabel say of it; what is not read says so in
 * one sentence, which stands here. The account of it is the table in docs/formats.md, which this test writes (FORMATS=write) and checks.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readDirectory } from './dicom/directory.ts'
import type { Instance } from './dicom/instance.ts'
import { readInstance } from './dicom/read.ts'
import { readStored } from './dicom/readStored.ts'
import { ImagingFault } from './fault.ts'
import { readNifti } from './nifti/read.ts'
import { readAny } from './read.ts'
import { arrange, type Slice, slicesOf } from './series.ts'
import {
  expectKept,
  expectPlace,
  expectRescaled,
  expectSeen,
  expectTechnical,
  expectVolume,
  hashOf,
} from './testing/checks.ts'
import { clean } from './testing/clean.ts'
import {
  allEntries,
  type Entry,
  type Expected,
  type ExpectedNifti,
  type ExpectedOutlines,
  type ExpectedSeries,
  HAVE_DATA,
  namesIn,
  readData,
} from './testing/manifest.ts'
import { formatsTable, type Row } from './testing/table.ts'

/** Bits above BitsStored differ from the sign here. The tools report whole cells; only the stored bits count (PS3.5 8.1.1). */
const CELLS = ['pixel-format/mlut_18.dcm', 'pixel-format/JLSL_16_15_1_1F.dcm']

/** Where the manifest expects values and we refuse, or demands nothing exact: the sentence, and why it is right. */
const REFUSED: Record<string, readonly [sentence: string, why: string]> = {
  'transfer-syntax/CTImage_JPEGProcess10_10_12.dcm': [
    'Not supported: transfer syntax 1.2.840.10008.1.2.4.55 (JPEG full progression).',
    'retired from DICOM',
  ],
  'transfer-syntax/CTImage_JPEGProcess6_6_8.dcm': [
    'Not supported: transfer syntax 1.2.840.10008.1.2.4.53 (JPEG spectral selection).',
    'retired from DICOM',
  ],
  'broken/JPEG2000-embedded-sequence-delimiter.dcm': [
    'Damaged: the header says 1 024 × 256, the compressed picture 1 024 × 3 722 445 056.',
    'the size in the codestream was overwritten; what another reader shows there is noise',
  ],
  'nifti/complex.nii.gz': ['Not supported: NIfTI with complex numbers.', 'the file asks for it'],
  'nifti/test.mgz': [
    'Not supported: a FreeSurfer volume (MGH); convert it to NIfTI.',
    'its axes are not at right angles either',
  ],
  'phi/nested_priv_SQ.dcm': ['Damaged: it does not say its Rows.', 'it has pixels without a description'],
}

/** Kept by other parts of the product, or tables of numbers: no reader here. */
const ELSEWHERE = [/^text\//, /^agreement\//, /^waveform\/wfdb\//, /^multi-reader\/stapler\/$/]

const rows: Row[] = []
const faultOf = async (work: Promise<unknown>): Promise<string> => {
  const outcome = await work.then(
    () => new Error('it was read'),
    (fault: unknown) => fault,
  )
  if (outcome instanceof ImagingFault) return outcome.message
  throw outcome
}

describe.skipIf(!HAVE_DATA)('the test data', () => {
  it('[I40] has files of every kind', () => expect(allEntries().length).toBeGreaterThan(170))

  it.each(allEntries().map((entry) => ({ file: entry.file, entry })))(
    '[S1][I40] $file',
    async ({ file, entry }) => {
      const [outcome, how] = await account(entry)
      rows.push({ file, category: entry.category, outcome, how })
    },
  )

  it('[I41] docs/formats.md says of every file what was found', () => {
    const path = join(import.meta.dirname, '../../../docs/formats.md')
    const text = readFileSync(path, 'utf8')
    const whole = formatsTable(text, rows)
    if (process.env.FORMATS === 'write') writeFileSync(path, whole)
    else expect(text).toBe(whole)
  })
})

async function account(entry: Entry<unknown>): Promise<readonly [outcome: string, how: string]> {
  const { file } = entry
  if (ELSEWHERE.some((part) => part.test(file))) return ['no picture', 'not for this reader']
  if (file.startsWith('multi-reader/BU-BIL')) return outlines(entry as Entry<ExpectedOutlines>)
  if (file.endsWith('/')) return series(entry as Entry<ExpectedSeries>)
  const nifti = /\.(nii|nii\.gz|hdr|mgz)$/.test(file)
  const read = () => (nifti ? readNifti(readData(file)) : readInstance(readData(file)))
  const known = REFUSED[file]
  if (known) {
    expect(await faultOf(read())).toBe(known[0])
    return ['refused', `“${known[0]}” (${known[1]})`]
  }
  const { must } = entry.expected as { must?: string }
  if (must && !/must be read/.test(must)) return ['refused', `“${await faultOf(read())}”`]
  if (nifti) return volume(entry as Entry<ExpectedNifti>)
  return dicom(entry as Entry<Expected>, await read().catch((fault: unknown) => fault as Error))
}

/** What numpy counts in these PNG files: the object is black. */
async function outlines({ file, expected }: Entry<ExpectedOutlines>): Promise<[string, string]> {
  for (const [folder, { size_h_w, object_pixels, gold_object_pixels }] of Object.entries(expected))
    for (const [name, count] of Object.entries({ ...object_pixels, gold: gold_object_pixels })) {
      const { technical, frames } = await readAny(readData(`${file}${folder}/${name}.png`))
      expect([technical.rows, technical.columns]).toEqual(size_h_w)
      const pixels = frames[0]?.pixels ?? []
      const samples = pixels.length / (technical.rows * technical.columns)
      let black = 0
      for (let at = 0; at < pixels.length; at += samples) if (pixels[at] === 0) black += 1
      expect(black).toBe(count)
    }
  return ['read', 'size and number of black pixels equal']
}

async function dicom(
  { file, expected }: Entry<Expected>,
  outcome: Instance | Error,
): Promise<[string, string]> {
  const { pixels } = expected
  if (expected.dicomdir) {
    const { records, files } = await readDirectory(readData(file))
    expect(records).toEqual(expected.dicomdir.record_counts)
    expect(files).toHaveLength(expected.dicomdir.n_files_referenced)
  }
  const stored = pixels ? await readStored(readData(file)) : []
  const values = stored.map((frame) => frame.values)
  if (outcome instanceof Error) {
    expect(outcome).toBeInstanceOf(ImagingFault)
    expect(outcome.message).toMatch(/^Not an image: it (is|holds) /)
    if (pixels) expect(hashOf(values, pixels.pixel_dtype)).toBe(pixels.pixel_sha256_le)
    return ['kept out', `“${outcome.message}”${pixels ? ' Stored values equal.' : ''}`]
  }
  if (pixels === undefined) {
    if (!/must be read/.test(expected.must ?? '')) {
      expectTechnical(outcome, expected)
      return ['read', 'header; no tool at hand decodes it']
    }
    return ['read', 'as it must be']
  }
  expectTechnical(outcome, expected)
  expectPlace(outcome, expected)
  await expectKept(outcome)
  if (CELLS.includes(file)) {
    const mask = (1 << outcome.technical.bits.stored) - 1
    const most = values.flatMap((frame) => [...frame].reduce((max, value) => Math.max(max, value & mask), 0))
    expect(Math.max(...most)).toBe(pixels.stored_max)
    return ['read', 'largest stored value; the tools keep bits above BitsStored']
  }
  expect(hashOf(values, pixels.pixel_dtype)).toBe(pixels.pixel_sha256_le)
  if (outcome.technical.photometric !== 'RGB') {
    expectRescaled(outcome.frames, pixels)
    return ['read', 'stored values, rescaled range, geometry equal']
  }
  if (expected.display_rgb)
    expectSeen(outcome.frames[0]?.pixels as Uint8Array, expected.columns, expected.display_rgb)
  return ['read', `stored values equal${expected.display_rgb ? ', colour as seen within 1' : ''}`]
}

async function volume({ file, expected }: Entry<ExpectedNifti>): Promise<[string, string]> {
  const found = await readNifti(readData(file))
  expectVolume(found, expected)
  await expectKept(found)
  const [kept, ...rest] = await arrange(await slicesOf(clean(found)))
  expect(rest).toEqual([])
  const [, , slices = 1, moments = 1] = expected.shape
  expect([kept?.positions.length, kept?.moments]).toEqual([slices, moments])
  return ['read', 'values, affine, sums equal']
}

async function series({ file, expected }: Entry<ExpectedSeries>): Promise<[string, string]> {
  const slices: Slice[] = []
  for (const name of namesIn(file))
    slices.push(...(await slicesOf(clean(await readInstance(readData(file + name))))))
  const [found, ...rest] = await arrange(slices)
  expect(rest).toEqual([])
  expect(found?.frameSha256).toEqual(expected.pixel_sha256_per_slice_in_that_order)
  expect(found?.positions[0]).toEqual(expected.first_position)
  expect(found?.positions.at(-1)).toEqual(expected.last_position)
  expect(found?.spacing.slice).toBeCloseTo(expected.slice_gap_min_max_mm[0] as number, 4)
  expect(found?.rescaled).toEqual({ min: expected.rescaled_min, max: expected.rescaled_max })
  return ['read', `${expected.slices} slices in order, stored values, spacing, rescaled range equal`]
}
