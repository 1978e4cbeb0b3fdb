import { expect, test } from 'vitest'
import { attributeName, inReadingOrder, titleOf } from './seriesText.ts'

test.each([
  ['SliceThickness', 'Slice thickness'],
  ['PatientID', 'Patient ID'],
  ['SOPInstanceUID', 'SOP instance UID'],
  ['KVP', 'KVP'],
  ['private tags', 'Private tags'],
  ['', ''],
])('%s reads %s', (keyword, name) => {
  expect(attributeName(keyword)).toBe(name)
})

test('a series without modality or part still has a name', () => {
  expect(titleOf({ modality: 'CT', bodyPart: 'CHEST' })).toBe('CT chest')
  expect(titleOf({ modality: 'MR', bodyPart: '' })).toBe('MR')
  expect(titleOf({ modality: '', bodyPart: '' })).toBe('Series')
})

test('removed attributes are listed with the patient first and the nameless last', () => {
  expect(inReadingOrder(['(0018,9305)', 'StudyDate', 'PatientName', 'AccessionNumber', 'PatientID'])).toEqual(
    ['PatientID', 'PatientName', 'AccessionNumber', 'StudyDate', '(0018,9305)'],
  )
})
