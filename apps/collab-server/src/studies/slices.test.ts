import type { Slice } from '@consilium/imaging/series'
import { expect, test } from 'vitest'
import { keyOf, studyKeyOf } from './slices.ts'

const slice: Slice = {
  uids: { study: '2.25.1', series: '2.25.2', instance: '2.25.3', frameOfReference: null },
  modality: 'CT',
  bodyPart: '',
  unit: 'HU',
  windowNames: [],
  samples: 'int16',
  technical: {
    sopClass: '',
    transferSyntax: '',
    rows: 2,
    columns: 2,
    photometric: 'MONOCHROME2',
    bits: { allocated: 16, stored: 16, signed: true },
    padding: null,
    instanceNumber: 1,
    acquisitionNumber: null,
    sliceThickness: null,
    lossy: false,
  },
  frame: 0,
  position: [0, 0, 1],
  orientation: { row: [1, 0, 0], column: [0, 1, 0] },
  spacing: { row: 1, column: 2, at: 'patient' },
  rescale: { slope: 1, intercept: -1024 },
  windows: [],
  sha256: 'a'.repeat(64),
  stored: { min: 0, max: 1 },
}

test('a slice is the same whatever order a database gives its fields in', () => {
  const back: Slice = {
    ...slice,
    spacing: { at: 'patient', column: 2, row: 1 },
    rescale: { intercept: -1024, slope: 1 },
    orientation: { column: [0, 1, 0], row: [1, 0, 0] },
  }
  expect(keyOf(back)).toBe(keyOf(slice))
})

test('other pixels, another place, another instance or another nameless file is another slice', () => {
  const others: Slice[] = [
    { ...slice, sha256: 'b'.repeat(64) },
    { ...slice, position: [0, 0, 2] },
    { ...slice, uids: { ...slice.uids, instance: null } },
    { ...slice, rescale: { slope: 2, intercept: -1024 } },
    { ...slice, whole: 'c'.repeat(64) },
  ]
  expect(new Set([slice, ...others].map(keyOf)).size).toBe(others.length + 1)
})

test('a study is known by its UID, else by its space, else by what it shows', () => {
  const fingerprint = 'f'.repeat(64)
  expect(studyKeyOf({ study: '2.25.1', frameOfReference: '2.25.4', fingerprint })).toBe('uid:2.25.1')
  expect(studyKeyOf({ study: null, frameOfReference: '2.25.4', fingerprint })).toBe('space:2.25.4')
  expect(studyKeyOf({ study: null, frameOfReference: null, fingerprint })).toBe(`content:${fingerprint}`)
})
