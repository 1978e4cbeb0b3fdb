import { readInstance } from '@consilium/imaging/dicom'
import { type Element, writePart10 } from '@consilium/imaging/write'
import { expect, it } from 'vitest'
import { deidentify } from './profile.ts'

const PLANTED = ['20260314', '110017', '100013', '163.25', '70.125', '370123456']

const file = (also: readonly Element[] = []) => {
  const elements: Element[] = [
    { tag: 0x00080016, vr: 'UI', value: '1.2.840.10008.5.1.4.1.1.128' },
    { tag: 0x00080018, vr: 'UI', value: '1.2.3.4.1' },
    { tag: 0x00080021, vr: 'DA', value: '20260314' },
    { tag: 0x00080031, vr: 'TM', value: '110017' },
    { tag: 0x00080060, vr: 'CS', value: 'PT' },
    { tag: 0x00100040, vr: 'CS', value: 'F' },
    { tag: 0x00101020, vr: 'DS', value: ['1.6325'] },
    { tag: 0x00101030, vr: 'DS', value: ['70.125'] },
    { tag: 0x00280002, vr: 'US', value: [1] },
    { tag: 0x00280004, vr: 'CS', value: 'MONOCHROME2' },
    { tag: 0x00280010, vr: 'US', value: [1] },
    { tag: 0x00280011, vr: 'US', value: [2] },
    { tag: 0x00280100, vr: 'US', value: [16] },
    { tag: 0x00280101, vr: 'US', value: [16] },
    { tag: 0x00280102, vr: 'US', value: [15] },
    { tag: 0x00280103, vr: 'US', value: [0] },
    {
      tag: 0x00540016,
      vr: 'SQ',
      value: [
        [
          { tag: 0x00181072, vr: 'TM', value: '100013' },
          { tag: 0x00181074, vr: 'DS', value: ['370123456'] },
          { tag: 0x00181075, vr: 'DS', value: ['6586.2'] },
        ],
      ],
    },
    { tag: 0x00541001, vr: 'CS', value: 'BQML' },
    { tag: 0x00541102, vr: 'CS', value: 'START' },
    { tag: 0x7fe00010, vr: 'OW', value: new Uint8Array([1, 0, 2, 0]) },
  ]
  const tags = new Set(also.map(({ tag }) => tag))
  return writePart10([...elements.filter(({ tag }) => !tags.has(tag)), ...also])
}
const cleaned = async (also?: readonly Element[]) =>
  deidentify(await readInstance(await file(also)), async (uid) => uid && `2.25.${uid.length}`)
const AS = ' (as a part of the uptake factor)'

it('[D41] of weight, height, dose and times of a PET file only the factor made of them is kept, and the account says so', async () => {
  const { instance, report } = await cleaned()
  expect(instance).toMatchObject({ modality: 'PT', unit: 'BQML', suv: { how: 'to-series' } })
  const kept = JSON.stringify({ ...instance, frames: [] })
  for (const text of PLANTED) expect(kept).not.toContain(text.replace('163.25', '1.6325'))
  expect(report.kept.filter((name) => name.endsWith(AS)).map((name) => name.replace(AS, ''))).toEqual([
    'DecayCorrection',
    'PatientSex',
    'PatientSize',
    'PatientWeight',
    'RadionuclideHalfLife',
    'RadionuclideTotalDose',
    'RadiopharmaceuticalInformationSequence',
    'RadiopharmaceuticalStartTime',
    'SeriesDate',
    'SeriesTime',
  ])
  expect(report.kept).toContain('Units')
})

it('[D41] what is in no factor is left out: of a file that lacks something, and of what is not of PET', async () => {
  const used = ['PatientWeight', 'PatientSize', 'PatientSex', 'SeriesTime', 'RadionuclideTotalDose']
  const weightless = await cleaned([{ tag: 0x00101030, vr: 'DS', value: [0] }])
  expect(weightless.instance.suv).toEqual({ how: 'weight', factors: {} })
  expect(weightless.report.dropped).toEqual(expect.arrayContaining(used))
  const ct = await cleaned([{ tag: 0x00080060, vr: 'CS', value: 'CT' }])
  expect(ct.instance.suv).toBeUndefined()
  expect(ct.report.dropped).toEqual(expect.arrayContaining([...used, 'Units']))
  const admin = await cleaned([{ tag: 0x00541102, vr: 'CS', value: 'ADMIN' }])
  expect(admin.report.dropped).toEqual(expect.arrayContaining(['SeriesTime', 'RadionuclideHalfLife']))
  expect(admin.report.kept).toContain(`PatientWeight${AS}`)
})
