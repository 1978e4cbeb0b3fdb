import { expect, test } from 'vitest'
import { attributeName, titleOf } from './seriesText.ts'

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
