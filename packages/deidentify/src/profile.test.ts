/** Nothing of a person gets through: whole files go in, and what comes out is searched for every text of theirs. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type CleanInstance, type Instance, readInstance } from '@consilium/imaging/dicom'
import { type Element, writePart10 } from '@consilium/imaging/write'
import { describe, expect, it } from 'vitest'
import { keywordOf } from './keywords.ts'
import { deidentify, mergeReports, type Report } from './profile.ts'
import { uidMapper } from './uids.ts'

const DATA = process.env.CONSILIUM_TEST_DATA ?? join(import.meta.dirname, '../../../../shared/data')
const mapUid = await uidMapper(new Uint8Array(32).fill(7))

const instance = (words: Partial<Instance['words']> = {}, present: string[] = []): Instance => ({
  technical: {
    sopClass: '1.2.840.10008.5.1.4.1.1.2',
    transferSyntax: '1.2.840.10008.1.2.1',
    rows: 1,
    columns: 1,
    photometric: 'MONOCHROME2',
    bits: { allocated: 16, stored: 16, signed: true },
    padding: null,
    instanceNumber: 1,
    acquisitionNumber: null,
    sliceThickness: null,
    lossy: false,
  },
  words: {
    modality: 'CT',
    bodyPart: 'CHEST',
    rescaleType: 'HU',
    windowNames: ['LUNG'],
    burnedIn: 'NO',
    ...words,
  },
  identity: { study: '1.2.3', series: '1.2.4', instance: '1.2.5', frameOfReference: null },
  present,
  frames: [],
})

describe('words', () => {
  it('[D1] of the closed lists are kept', async () => {
    const { instance: clean } = await deidentify(instance(), mapUid)
    expect(clean).toMatchObject({ modality: 'CT', bodyPart: 'CHEST', unit: 'HU', windowNames: ['LUNG'] })
  })

  it.each<[string, Partial<Instance['words']>, keyof CleanInstance, unknown]>([
    ['Modality', { modality: 'SMITH^JOHN' }, 'modality', ''],
    ['BodyPartExamined', { bodyPart: 'SMITH' }, 'bodyPart', ''],
    ['RescaleType', { rescaleType: 'Smith 1931', modality: 'MR' }, 'unit', ''],
    ['WindowCenterWidthExplanation', { windowNames: ['LUNG', 'for Dr. Smith'] }, 'windowNames', ['LUNG', '']],
  ])('[D1] other text in %s is dropped, and counted as dropped', async (name, words, field, value) => {
    const tags = {
      Modality: '00080060',
      BodyPartExamined: '00180015',
      RescaleType: '00281054',
      WindowCenterWidthExplanation: '00281055',
    }
    const { instance: clean, report } = await deidentify(instance(words, Object.values(tags)), mapUid)
    expect(clean[field]).toEqual(value)
    expect(report.dropped).toEqual([name])
    expect(JSON.stringify([clean, report])).not.toMatch(/smith/i)
  })
})

describe('[D5] suspicions', () => {
  const CT = '1.2.840.10008.5.1.4.1.1.2'
  const burned = 'The file says that text is written into its picture.'
  const ultrasound = 'It is an ultrasound picture; names and dates are often written into these.'
  const capture =
    'It is a secondary capture, a picture of a picture; names and dates are often written into these.'
  const converted = 'The file says that its picture was taken from a screen, a video, film or paper.'

  it.each<[string, Partial<Instance['words']>, string, string[]]>([
    ['a CT', {}, CT, []],
    ['what says that it has text', { burnedIn: 'YES' }, CT, [burned]],
    ['the same in small letters', { burnedIn: ' yes' }, CT, [burned]],
    ['ultrasound by its modality', { modality: 'US' }, '', [ultrasound]],
    ['ultrasound by its class', { modality: 'OT' }, '1.2.840.10008.5.1.4.1.1.3.1', [ultrasound]],
    ['ultrasound that says it has no text', { modality: 'US', burnedIn: 'NO' }, '', [ultrasound]],
    ['within a vessel', { modality: 'IVUS' }, '', [ultrasound]],
    ['a secondary capture', { modality: 'OT' }, '1.2.840.10008.5.1.4.1.1.7', [capture]],
    ['one of several frames', { modality: 'OT' }, '1.2.840.10008.5.1.4.1.1.7.4', [capture]],
    ['a picture of a screen', { modality: 'CT', conversion: 'WSD' }, CT, [converted]],
    ['a synthetic picture', { conversion: 'SYN' }, CT, []],
    ['a slide', { modality: 'SM' }, '1.2.840.10008.5.1.4.1.1.77.1.6', []],
    ['a photograph', { modality: 'XC' }, '', []],
    [
      'everything at once',
      { modality: 'US', burnedIn: 'YES', conversion: 'DV' },
      '1.2.840.10008.5.1.4.1.1.7.2',
      [burned, ultrasound, capture, converted],
    ],
  ])('%s', async (_, words, sopClass, sentences) => {
    const plain = instance(words)
    const { suspicions } = await deidentify({ ...plain, technical: { ...plain.technical, sopClass } }, mapUid)
    expect(suspicions).toEqual(sentences)
  })

  it('stand in the way of nothing: the pixels are there for whoever looks', async () => {
    const file = await writePart10([
      { tag: 0x00080016, vr: 'UI', value: '1.2.840.10008.5.1.4.1.1.7' },
      { tag: 0x00080064, vr: 'CS', value: 'SD' },
      { tag: 0x00280004, vr: 'CS', value: 'MONOCHROME2' },
      { tag: 0x00280010, vr: 'US', value: [1] },
      { tag: 0x00280011, vr: 'US', value: [2] },
      { tag: 0x00280100, vr: 'US', value: [8] },
      { tag: 0x00280301, vr: 'CS', value: 'YES' },
      { tag: 0x7fe00010, vr: 'OW', value: Uint8Array.of(1, 2) },
    ])
    const { instance: clean, suspicions } = await deidentify(await readInstance(file), mapUid)
    expect(suspicions).toEqual([burned, capture, converted])
    expect(clean.frames[0]?.pixels).toEqual(Uint16Array.of(1, 2))
  })
})

it('[D2] what stood beside the pixels of a photograph is said to be left out', async () => {
  const photograph = { ...instance({}, ['00280010']), beside: ['GPS', 'EXIF'] as const }
  const { instance: clean, report } = await deidentify(photograph, mapUid)
  expect(report).toEqual({ kept: ['Rows'], dropped: ['EXIF', 'GPS'] })
  expect(clean).not.toHaveProperty('beside')
})

it('[D2] the account names attributes, private ones by group, replaced UIDs as replaced', async () => {
  const present = [
    '00100010',
    '00280010',
    '0020000d',
    '00091001',
    '00090010',
    '60003000',
    'fffee00d',
    '00189999',
  ]
  const { report } = await deidentify(instance({}, present), mapUid)
  expect(report.kept).toEqual(['Rows', 'StudyInstanceUID (replaced)'])
  expect(report.dropped).toEqual([
    '(0018,9999)',
    'Overlay (group 60xx)',
    'PatientName',
    'Private attributes (group 0009)',
  ])
})

it('[D2] accounts of many files become one; dropped once is dropped', () => {
  const one: Report = { kept: ['Modality', 'Rows'], dropped: ['PatientName'] }
  const other: Report = { kept: ['Rows'], dropped: ['Modality'] }
  expect(mergeReports([one, other])).toEqual({ kept: ['Rows'], dropped: ['Modality', 'PatientName'] })
})

it('[D3] UIDs are mapped, a missing one stays missing', async () => {
  const { instance: clean } = await deidentify(instance(), mapUid)
  expect(clean.uids.study).toBe(await mapUid('1.2.3'))
  expect(clean.uids.frameOfReference).toBeNull()
})

it('[D1] nothing of a file full of names comes out', async () => {
  const SECRET = 'ZEBRA'
  const text = (tag: number, vr: Element['vr']): Element => ({ tag, vr, value: SECRET })
  const us = (tag: number, value: number): Element => ({ tag, vr: 'US', value: [value] })
  const elements: Element[] = [
    { tag: 0x00080016, vr: 'UI', value: '1.2.840.10008.5.1.4.1.1.2' },
    text(0x00080060, 'CS'),
    text(0x0008103e, 'LO'),
    { tag: 0x00081140, vr: 'SQ', value: [[text(0x00100010, 'PN')]] },
    text(0x00090010, 'LO'),
    text(0x00100010, 'PN'),
    text(0x00180015, 'CS'),
    text(0x00204000, 'LO'),
    { tag: 0x0020000d, vr: 'UI', value: '1.2.999.424242' },
    us(0x00280002, 1),
    { tag: 0x00280004, vr: 'CS', value: 'MONOCHROME2' },
    us(0x00280010, 1),
    us(0x00280011, 2),
    us(0x00280100, 16),
    { tag: 0x00280030, vr: 'DS', value: SECRET },
    text(0x00281054, 'LO'),
    text(0x00281055, 'LO'),
    { tag: 0x7fe00010, vr: 'OW', value: Uint8Array.of(1, 2, 3, 4) },
  ]
  const { instance: clean, report } = await deidentify(
    await readInstance(await writePart10(elements)),
    mapUid,
  )
  const all = JSON.stringify([clean, report])
  expect(all).not.toContain(SECRET)
  expect(all).not.toContain('424242')
  expect(report.dropped).toContain('PatientName')
  expect(report.dropped).toContain('Modality')
})

it.skipIf(!existsSync(DATA))('[D1] real headers with synthetic identities leave nothing behind', async () => {
  const folder = join(DATA, 'series/phi-tcia-mr-original')
  const identities =
    /MILLER|BEVERLY|9894340694|SMITH|WADE|Walnut|555-225|597B9256|19970416|19310227|115502210980931447594853482093891665398/i
  for (const file of readdirSync(folder)) {
    const { instance: clean, report } = await deidentify(
      await readInstance(readFileSync(join(folder, file))),
      mapUid,
    )
    const { frames, ...rest } = clean
    const places = frames.map((frame) => ({ ...frame, pixels: null }))
    expect(JSON.stringify([rest, places, report])).not.toMatch(identities)
    expect(report.dropped).toContain('PatientName')
    expect(report.dropped.some((name) => name.startsWith('Private attributes'))).toBe(true)
    expect(clean.modality).toBe('MR')
  }
})

it('names attributes as the standard does', () => {
  expect(['00100010', '0020000d', '7fe00010', '00280030'].map(keywordOf)).toEqual([
    'PatientName',
    'StudyInstanceUID',
    'PixelData',
    'PixelSpacing',
  ])
})
